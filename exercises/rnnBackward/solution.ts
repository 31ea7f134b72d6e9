import {
  Mat,
  type RnnCache,
  type RnnCellBackward,
  Sequence,
  type RnnCellGradients,
} from "unrolled";

/**
 * Backpropagation through time: the backward step used from t = T_x down to 1.
 *
 * @param da - the gradient that enters each state from its own step's output, (n_a, m)
 *   a step
 * @param caches - the forward pass's caches, step 1 first
 * @param cellBackward - one step back: cellBackward(da_next, cache) gives
 *   { dx_t, da_prev, dWax, dWaa, dba }
 * @returns dx: T_x steps of (n_x, m); da_0 (n_a, m); dWax, dWaa, dba summed over all
 *   steps
 */
export function rnnBackward(
  da: Sequence<"n_a", "m">,
  caches: readonly RnnCache[],
  cellBackward: RnnCellBackward,
): {
  dx: Sequence<"n_x", "m">;
  da_0: Mat<"n_a", "m">;
  dWax: Mat<"n_a", "n_x">;
  dWaa: Mat<"n_a", "n_a">;
  dba: Mat<"n_a", "1">;
} {
  const steps: RnnCellGradients[] = [];
  let da_next = Mat.zeros<"n_a", "m">(da.rows, da.cols);
  for (let t = da.T_x; t >= 1; t--) {
    const step = cellBackward(da.at(t).add(da_next), caches[t - 1]!);
    steps.unshift(step);
    da_next = step.da_prev;
  }
  return {
    dx: Sequence.of(steps.map(({ dx_t }) => dx_t)),
    da_0: da_next,
    dWax: steps.map(({ dWax }) => dWax).reduce((sum, dW) => sum.add(dW)),
    dWaa: steps.map(({ dWaa }) => dWaa).reduce((sum, dW) => sum.add(dW)),
    dba: steps.map(({ dba }) => dba).reduce((sum, db) => sum.add(db)),
  };
}
