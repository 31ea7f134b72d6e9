import { Mat, type RnnCell, type RnnParameters, Sequence } from "unrolled";
import { oneToMany } from "./05-14-oneToMany.ts";
import { manyToManySynced } from "./05-16-manyToManySynced.ts";

export function encodeDecode(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: { encoder: RnnParameters; decoder: RnnParameters },
  y_0: Mat<"n_y", "m">,
  T_y: number,
  cell: RnnCell,
  mask?: Sequence<"1", "m">,
) {
  const read = manyToManySynced(x, a_0, parameters.encoder, cell, mask);
  const written = oneToMany(y_0, read.a.at(x.T_x), parameters.decoder, T_y, cell);
  return {
    a: read.a,
    s: written.a,
    yhat: written.yhat,
    caches: { encoder: read.caches, decoder: written.caches },
  };
}
