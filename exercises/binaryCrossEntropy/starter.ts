import { Mat, NotImplementedError } from "unrolled";

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
  throw new NotImplementedError("binaryCrossEntropy");
}
