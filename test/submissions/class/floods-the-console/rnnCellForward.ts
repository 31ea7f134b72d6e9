// Prints without end.
export function rnnCellForward(): void {
  for (;;) console.log("step ".repeat(1000));
}
