import { Mat } from "unrolled";

/**
 * The loss of yes-or-no outputs, Σ_k −y_k log ŷ_k − (1 − y_k) log(1 − ŷ_k), for each
 * example.
 *
 * @param yhat_t - probabilities ŷ⟨t⟩ behind a sigmoid, (n_y, m)
 * @param y_t - labels 0 or 1, (n_y, m)
 * @returns the loss of each example in nats, (1, m); logarithms are bounded below by
 *   −100
 */
export function binaryCrossEntropy(
  yhat_t: Mat<"n_y", "m">,
  y_t: Mat<"n_y", "m">,
): Mat<"1", "m"> {
  if (yhat_t.rows !== y_t.rows || yhat_t.cols !== y_t.cols) {
    throw new RangeError("binaryCrossEntropy: yhat_t and y_t have different shapes");
  }
  const log = (p: number): number => Math.max(-100, Math.log(p));
  return Mat.build(1, y_t.cols, (_, i) => {
    let loss = 0;
    for (let k = 0; k < y_t.rows; k++) {
      const p = yhat_t.get(k, i);
      const y = y_t.get(k, i);
      loss -= y * log(p) + (1 - y) * log(1 - p);
    }
    return loss;
  });
}
