import {
  Mat,
  NotImplementedError,
  type RnnCell,
  type RnnParameters,
  Sequence,
} from "unrolled";

/**
 * Many inputs, one output: each example is answered once, after its own last step.
 *
 * @param x - x⟨1⟩ … x⟨T_x⟩, (n_x, m) each
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - the same for all steps
 * @param cell - one step: cell(x_t, a_prev, parameters) gives { a_next, yhat_t, cache }
 * @param mask - (1, m) a step: 1 while an example runs, 0 after its end; all 1 if left
 *   out
 * @returns yhat, (n_y, m): each example's prediction at its own last step
 */
export function manyToOne(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  cell: RnnCell,
  mask?: Sequence<"1", "m">,
): { yhat: Mat<"n_y", "m"> } {
  throw new NotImplementedError("manyToOne");
}
