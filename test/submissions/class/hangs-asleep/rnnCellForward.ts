// Sleeps without using the processor.
export function rnnCellForward(): void {
  console.error("sleeping");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
