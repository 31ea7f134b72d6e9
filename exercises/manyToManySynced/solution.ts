import { Mat, type RnnCell, type RnnParameters, Sequence } from "unrolled";

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
  const a: Mat<"n_a", "m">[] = [];
  const yhat: Mat<"n_y", "m">[] = [];
  let a_prev = a_0;
  for (let t = 1; t <= x.T_x; t++) {
    const { a_next, yhat_t } = cell(x.at(t), a_prev, parameters);
    const isRunning = (i: number): boolean => mask.at(t).get(0, i) === 1;
    const held = a_prev;
    a_prev = a_next.map((value, k, i) => (isRunning(i) ? value : held.get(k, i)));
    a.push(a_prev);
    yhat.push(yhat_t.map((value, _k, i) => (isRunning(i) ? value : 0)));
  }
  return { a: Sequence.of(a), yhat: Sequence.of(yhat) };
}
