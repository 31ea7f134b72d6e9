import {
  Mat,
  type RnnCache,
  type RnnCell,
  type RnnParameters,
  Sequence,
} from "unrolled";

/**
 * One input, many outputs: each prediction is the next input, x⟨t+1⟩ = ŷ⟨t⟩.
 *
 * @param x_1 - the only input, (n_x, m)
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - the same for all steps; n_y = n_x
 * @param T_y - how many steps
 * @param cell - one step: cell(x_t, a_prev, parameters) gives { a_next, yhat_t, cache }
 * @returns a and yhat: T_y steps; caches: one per step
 */
export function oneToMany(
  x_1: Mat<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  T_y: number,
  cell: RnnCell,
): {
  a: Sequence<"n_a", "m">;
  yhat: Sequence<"n_y", "m">;
  caches: readonly RnnCache[];
} {
  if (!Number.isInteger(T_y) || T_y < 1) {
    throw new RangeError(`oneToMany: T_y must be a whole number from 1 on, got ${T_y}`);
  }
  const a: Mat<"n_a", "m">[] = [];
  const yhat: Mat<"n_y", "m">[] = [];
  const caches: RnnCache[] = [];
  let x_t: Mat = x_1;
  let a_prev = a_0;
  for (let t = 1; t <= T_y; t++) {
    const { a_next, yhat_t, cache } = cell(x_t, a_prev, parameters);
    a.push(a_next);
    yhat.push(yhat_t);
    caches.push(cache);
    x_t = yhat_t;
    a_prev = a_next;
  }
  return { a: Sequence.of(a), yhat: Sequence.of(yhat), caches };
}
