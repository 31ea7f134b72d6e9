// Fills memory outside the heap with typed arrays.
export function rnnCellForward(): void {
  console.error("hoarding buffers");
  const hoard: Float64Array[] = [];
  for (;;) hoard.push(new Float64Array(1_000_000).fill(1));
}
