import { Mat, type RnnCache } from "unrolled";

export function rnnCellBackward(da_next: Mat<"n_a", "m">, cache: RnnCache) {
  const { x_t, a_prev, a_next, parameters } = cache;
  const dz = a_next.map((a, i, j) => (1 - a * a) * da_next.get(i, j));
  return {
    dx_t: parameters.Wax.T.dot(dz),
    da_prev: parameters.Waa.T.dot(dz),
    dWax: dz.dot(x_t.T),
    dWaa: dz.dot(a_prev.T),
    dba: dz.sumColumns(),
  };
}
