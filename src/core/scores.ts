/** Scores before a softmax, as it can be computed without overflow: by how much each lies below its column's largest. */
import { Mat } from "./matrix.js";

/**
 * z_k − max_j z_j, for each column by itself; 0 for the largest, also where that is infinite.
 *
 * @param z - scores, (n_y, m)
 * @returns differences of at most 0, (n_y, m); NaN in a column that holds a NaN
 */
export function belowLargest<R extends string, C extends string>(z: Mat<R, C>): Mat<R, C> {
  const { rows, cols, data } = z;
  const result = new Mat<R, C>(rows, cols);
  for (let j = 0; j < cols; j++) {
    let largest = -Infinity;
    for (let k = 0; k < rows; k++) largest = Math.max(largest, data[k * cols + j]!);
    for (let n = j; n < data.length; n += cols) {
      result.data[n] = data[n] === largest ? 0 : data[n]! - largest; // ∞ − ∞ is no number
    }
  }
  return result;
}

/**
 * softmax(z / τ), for each column by itself. The differences are divided: z / τ would overflow where τ is tiny. Where
 * τ is above 1 both are halved, which changes no digit: huge scores' differences would overflow.
 *
 * @param z - scores, (n_y, m)
 * @param tau - the temperature τ, above 0
 * @returns probabilities, (n_y, m)
 */
export function softmaxAt<R extends string, C extends string>(
  z: Mat<R, C>,
  tau: number,
): Mat<R, C> {
  const { rows, cols } = z;
  const [scores, divisor] = tau > 1 ? [z.times(1 / 2), tau / 2] : [z, tau];
  const { data } = belowLargest(scores);
  const result = new Mat<R, C>(rows, cols);
  for (let j = 0; j < cols; j++) {
    let total = 0;
    for (let n = j; n < data.length; n += cols) {
      const e = Math.exp(data[n]! / divisor);
      result.data[n] = e;
      total += e;
    }
    for (let n = j; n < data.length; n += cols) result.data[n]! /= total;
  }
  return result;
}
