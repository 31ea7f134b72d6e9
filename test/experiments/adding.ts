/** The adding problem as lesson 09 trains it: settings, the sum as a share of 2, and its error. */
import { Mat, Sequence } from "unrolled";

/** The settings of every training. */
export const adding = {
  T_x: 100,
  n_a: 32,
  m: 32,
  steps: 2000,
  learningRate: 0.01,
  maxNorm: 1,
  seeds: 20,
  /** Solved: the mean error of so many batches in a row is below this. */
  window: 50,
  solved: 0.01,
  testBatches: 32,
} as const;

/**
 * The sum as what a softmax of two outputs can say: its share of 2, and the rest.
 *
 * @param y - sums from 0 to 2, (1, m)
 * @returns one step of (2, m), whose columns sum to 1
 */
export function shares(y: Mat<"1", "m">): Sequence<"n_y", "m"> {
  return Sequence.of([
    Mat.build(2, y.cols, (k, i) => (k === 0 ? y.get(0, i) : 2 - y.get(0, i)) / 2),
  ]);
}

/**
 * The mean squared error of 2 ŷ_1 against the sum.
 *
 * @param yhat - the two outputs, (2, m)
 * @param y - the sums, (1, m)
 * @returns the mean over the examples
 */
export function meanSquaredError(yhat: Mat, y: Mat): number {
  return y.map((sum, _k, i) => (2 * yhat.get(0, i) - sum) ** 2).sum() / y.cols;
}
