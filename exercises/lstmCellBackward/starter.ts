import {
  type LstmCache,
  type LstmCellGradients,
  Mat,
  NotImplementedError,
} from "unrolled";

/**
 * The step backwards: from ∂L/∂a⟨t⟩ and what comes back into c⟨t⟩ to the gradients of
 * everything that they were made of.
 *
 * @param da_next - ∂L/∂a⟨t⟩, (n_a, m)
 * @param dc_next - the part of ∂L/∂c⟨t⟩ that the step after carries back, (n_a, m)
 * @param cache - { x_t, a_prev, c_prev, gamma_f, gamma_u, gamma_o, c_tilde, c_next,
 *   parameters } of the forward step
 * @returns dx_t (n_x, m), da_prev and dc_prev (n_a, m),
 *   dWf, dWu, dWc, dWo (n_a, n_a + n_x),
 *   dbf, dbu, dbc, dbo (n_a, 1); the parameters' gradients are summed over the examples
 */
export function lstmCellBackward(
  da_next: Mat<"n_a", "m">,
  dc_next: Mat<"n_a", "m">,
  cache: LstmCache,
): LstmCellGradients {
  throw new NotImplementedError("lstmCellBackward");
}
