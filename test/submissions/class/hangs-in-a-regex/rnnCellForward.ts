// A regular expression that takes 2^n steps.
export function rnnCellForward(): boolean {
  console.error("matching");
  return /^(a+)+$/.test("a".repeat(60) + "!");
}
