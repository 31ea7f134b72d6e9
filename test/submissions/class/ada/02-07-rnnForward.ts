import { Mat, type RnnCell, type RnnParameters, Sequence } from "unrolled";

export function rnnForward(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  cell: RnnCell,
) {
  const a = [];
  const yhat = [];
  const caches = [];
  let a_prev = a_0;
  for (let t = 1; t <= x.T_x; t++) {
    const { a_next, yhat_t, cache } = cell(x.at(t), a_prev, parameters);
    a.push(a_next);
    yhat.push(yhat_t);
    caches.push(cache);
    a_prev = a_next;
  }
  return { a: Sequence.of(a), yhat: Sequence.of(yhat), caches };
}
