import { Mat, type RnnCache, type RnnCellGradients } from "unrolled";

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
  const { x_t, a_prev, a_next, parameters } = cache;
  const dz = da_next.times(a_next.map((a) => 1 - a * a));
  return {
    dx_t: parameters.Wax.T.dot(dz),
    da_prev: parameters.Waa.T.dot(dz),
    dWax: dz.dot(x_t.T),
    dWaa: dz.dot(a_prev.T),
    dba: dz.sumColumns(),
  };
}
