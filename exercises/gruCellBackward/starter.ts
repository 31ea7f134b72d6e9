import {
  type GruCache,
  type GruCellGradients,
  Mat,
  NotImplementedError,
} from "unrolled";

/**
 * The GRU's step backwards: from ∂L/∂c⟨t⟩ to the gradients of all that c⟨t⟩ was made of.
 *
 * @param da_next - ∂L/∂c⟨t⟩ = ∂L/∂a⟨t⟩, (n_a, m)
 * @param cache - the forward step's
 *   { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters }
 * @returns dx_t (n_x, m); da_prev (n_a, m); dWu, dWr, dWc (n_a, n_a + n_x);
 *   dbu, dbr, dbc (n_a, 1); the parameters' gradients are summed over the examples
 */
export function gruCellBackward(
  da_next: Mat<"n_a", "m">,
  cache: GruCache,
): GruCellGradients {
  throw new NotImplementedError("gruCellBackward");
}
