import { Mat, type RnnCell, type RnnParameters, Sequence } from "unrolled";

export function manyToManySynced(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  cell: RnnCell,
  mask?: Sequence<"1", "m">,
) {
  const a: Mat<"n_a", "m">[] = [];
  const yhat: Mat<"n_y", "m">[] = [];
  const caches = [];
  let a_prev = a_0;
  for (let t = 1; t <= x.T_x; t++) {
    const step = cell(x.at(t), a_prev, parameters);
    const runs = (i: number) => mask === undefined || mask.at(t).get(0, i) === 1;
    const before = a_prev;
    a_prev = step.a_next.map((value, k, i) => (runs(i) ? value : before.get(k, i)));
    a.push(a_prev);
    yhat.push(step.yhat_t.map((value, _, i) => (runs(i) ? value : 0)));
    caches.push(step.cache);
  }
  return { a: Sequence.of(a), yhat: Sequence.of(yhat), caches };
}
