import {
  Mat,
  type RnnCache,
  type RnnCell,
  type RnnParameters,
  Sequence,
} from "unrolled";

/**
 * The cell used T_x times: each step gets x⟨t⟩ and the state of the step before.
 *
 * @param x - x⟨1⟩ … x⟨T_x⟩, (n_x, m) each; x.at(t) with t from 1
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - the same for all steps
 * @param cell - one step: cell(x_t, a_prev, parameters) gives { a_next, yhat_t, cache }
 * @returns a: a⟨1⟩ … a⟨T_x⟩; yhat: ŷ⟨1⟩ … ŷ⟨T_x⟩; caches: one per step, in order
 */
export function rnnForward(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  cell: RnnCell,
): {
  a: Sequence<"n_a", "m">;
  yhat: Sequence<"n_y", "m">;
  caches: readonly RnnCache[];
} {
  const a: Mat<"n_a", "m">[] = [];
  const yhat: Mat<"n_y", "m">[] = [];
  const caches: RnnCache[] = [];
  let a_prev = a_0;
  for (const x_t of x) {
    const { a_next, yhat_t, cache } = cell(x_t, a_prev, parameters);
    a.push(a_next);
    yhat.push(yhat_t);
    caches.push(cache);
    a_prev = a_next;
  }
  return { a: Sequence.of(a), yhat: Sequence.of(yhat), caches };
}
