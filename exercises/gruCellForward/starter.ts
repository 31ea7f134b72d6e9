import { type GruParameters, type GruStep, Mat, NotImplementedError } from "unrolled";

/**
 * One step of the GRU: two gates, a candidate c̃⟨t⟩, and their blend
 * c⟨t⟩ = Γu ∗ c̃⟨t⟩ + (1 − Γu) ∗ c⟨t−1⟩.
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the memory before, c⟨t−1⟩ = a⟨t−1⟩, (n_a, m)
 * @param parameters - Wu, Wr, Wc (n_a, n_a + n_x); bu, br, bc (n_a, 1);
 *   Wya (n_y, n_a); by (n_y, 1)
 * @returns a_next (n_a, m), yhat_t (n_y, m), and the cache
 *   { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters }
 */
export function gruCellForward(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: GruParameters,
): GruStep {
  throw new NotImplementedError("gruCellForward");
}
