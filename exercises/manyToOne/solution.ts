import { Mat, type RnnCell, type RnnParameters, Sequence } from "unrolled";

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
  const yhat: Mat<"n_y", "m">[] = [];
  let a_prev = a_0;
  for (const x_t of x) {
    const { a_next, yhat_t } = cell(x_t, a_prev, parameters);
    yhat.push(yhat_t);
    a_prev = a_next;
  }
  // An example's own last step: what comes behind it is padding.
  const T_x = Array.from({ length: x.cols }, (_, i) =>
    mask === undefined
      ? x.T_x
      : Array.from(mask).filter((mask_t) => mask_t.get(0, i) === 1).length,
  );
  const empty = T_x.indexOf(0);
  if (empty >= 0)
    throw new RangeError(`manyToOne: example ${empty + 1} is all padding`);
  return { yhat: yhat[0]!.map((_, k, i) => yhat[T_x[i]! - 1]!.get(k, i)) };
}
