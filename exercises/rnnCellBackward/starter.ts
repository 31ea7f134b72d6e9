import {
  Mat,
  NotImplementedError,
  type RnnCache,
  type RnnCellGradients,
} from "unrolled";

/**
 * The step backwards: from ∂L/∂a⟨t⟩ to the gradients of everything a⟨t⟩ was made of.
 *
 * @param da_next - ∂L/∂a⟨t⟩, (n_a, m)
 * @param cache - the forward step's { x_t, a_prev, a_next, parameters }
 * @returns dx_t (n_x, m), da_prev (n_a, m), dWax (n_a, n_x), dWaa (n_a, n_a), dba (n_a,
 *   1);
 *   the parameters' gradients are summed over the examples
 */
export function rnnCellBackward(
  da_next: Mat<"n_a", "m">,
  cache: RnnCache,
): RnnCellGradients {
  throw new NotImplementedError("rnnCellBackward");
}
