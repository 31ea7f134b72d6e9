import {
  Mat,
  NotImplementedError,
  type RnnCache,
  type RnnCellBackward,
  Sequence,
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
  throw new NotImplementedError("rnnBackward");
}
