import { Mat, NotImplementedError, Sequence } from "unrolled";

/**
 * Cross-entropy behind a softmax, at every step and in total, from the scores z.
 *
 * @param z - scores (before the softmax), (n_y, m) a step
 * @param y - labels, one-hot, (n_y, m) a step
 * @param mask - 1 for a step that an example has, 0 for padding, (1, m) a step; all 1
 *   if left out
 * @returns perStep (1, T_y): L⟨t⟩ = (1/m) Σ_i mask · (−Σ_k y_k log ŷ_k), in nats;
 *   total: Σ_t L⟨t⟩; dz: the gradient of total, (n_y, m) a step
 */
export function softmaxCrossEntropy(
  z: Sequence<"n_y", "m">,
  y: Sequence<"n_y", "m">,
  mask?: Sequence<"1", "m">,
): { total: number; perStep: Mat<"1", "T_y">; dz: Sequence<"n_y", "m"> } {
  throw new NotImplementedError("softmaxCrossEntropy");
}
