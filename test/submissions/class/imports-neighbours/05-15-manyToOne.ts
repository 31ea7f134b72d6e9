import { Mat, type RnnCell, type RnnParameters, Sequence } from "unrolled";
import { manyToManySynced } from "./05-16-manyToManySynced.ts";

export function manyToOne(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  cell: RnnCell,
  mask?: Sequence<"1", "m">,
) {
  const { a, yhat, caches } = manyToManySynced(x, a_0, parameters, cell, mask);
  const last = Array.from({ length: x.cols }, (_, i) => {
    if (mask === undefined) return x.T_x;
    for (let t = x.T_x; t >= 1; t--) if (mask.at(t).get(0, i) === 1) return t;
    throw new RangeError(`example ${i + 1} is empty`);
  });
  return { a, yhat: Mat.build(yhat.rows, x.cols, (k, i) => yhat.at(last[i]!).get(k, i)), caches };
}
