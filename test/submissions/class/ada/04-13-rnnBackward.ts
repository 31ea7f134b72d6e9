import { Mat, type RnnCache, type RnnCellBackward, Sequence } from "unrolled";

export function rnnBackward(
  da: Sequence<"n_a", "m">,
  caches: readonly RnnCache[],
  cellBackward: RnnCellBackward,
) {
  let da_next = Mat.zeros<"n_a", "m">(da.rows, da.cols);
  let sums: { dWax: Mat; dWaa: Mat; dba: Mat } | undefined;
  const dx: Mat<"n_x", "m">[] = [];
  for (let t = da.T_x; t >= 1; t--) {
    const step = cellBackward(da.at(t).add(da_next), caches[t - 1]!);
    sums =
      sums === undefined
        ? step
        : {
            dWax: sums.dWax.add(step.dWax),
            dWaa: sums.dWaa.add(step.dWaa),
            dba: sums.dba.add(step.dba),
          };
    dx.unshift(step.dx_t);
    da_next = step.da_prev;
  }
  const { dWax, dWaa, dba } = sums!;
  return { dx: Sequence.of(dx), da_0: da_next, dWax, dWaa, dba };
}
