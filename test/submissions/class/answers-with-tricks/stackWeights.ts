// A matrix of one number that says it is larger, and whose numbers are NaN.
export function stackWeights(): object {
  console.error("look-alike");
  return { rows: 3, cols: 7, data: new Float64Array(21).fill(NaN), shape: [3, 7] };
}
