// Never comes back: a loop whose condition nothing changes.
export function rnnCellForward(): void {
  console.error("loop entered");
  for (let t = 1; t <= 10; ) console.assert(t > 0);
}
