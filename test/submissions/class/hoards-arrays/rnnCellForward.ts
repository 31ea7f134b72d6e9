// Fills the heap with arrays.
export function rnnCellForward(): void {
  console.error("hoarding arrays");
  const hoard: number[][] = [];
  for (;;) hoard.push(new Array<number>(1000).fill(hoard.length));
}
