import {
  Mat,
  NotImplementedError,
  type RnnCell,
  type RnnParameters,
  Sequence,
} from "unrolled";

/**
 * An output at every step; an example that has ended keeps its state and predicts
 * nothing.
 *
 * @param x - x⟨1⟩ … x⟨T_x⟩, (n_x, m) each
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - the same for all steps
 * @param cell - one step: cell(x_t, a_prev, parameters) gives { a_next, yhat_t, cache }
 * @param mask - (1, m) a step: 1 while an example runs, 0 after its end
 * @returns a: where the mask is 0 the state of the step before; yhat: zero there
 */
export function manyToManySynced(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  cell: RnnCell,
  mask: Sequence<"1", "m">,
): { a: Sequence<"n_a", "m">; yhat: Sequence<"n_y", "m"> } {
  throw new NotImplementedError("manyToManySynced");
}
