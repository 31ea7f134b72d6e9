import {
  type LstmBackward,
  type LstmCache,
  type LstmCellBackward,
  Mat,
  NotImplementedError,
  Sequence,
} from "unrolled";

/**
 * Backpropagation through time: the backward step used from t = T_x down to 1.
 *
 * @param da - the gradient that enters each state from its own step's output, (n_a, m)
 * @param caches - the forward pass's caches, step 1 first
 * @param cellBackward - one step back: cellBackward(da_next, dc_next, cache) gives
 *   { dx_t, da_prev, dc_prev, dWf, dWu, dWc, dWo, dbf, dbu, dbc, dbo }
 * @returns dx: T_x steps of (n_x, m); da_0 and dc_0 (n_a, m);
 *   dWf, dWu, dWc, dWo, dbf, dbu, dbc, dbo summed over all steps
 */
export function lstmBackward(
  da: Sequence<"n_a", "m">,
  caches: readonly LstmCache[],
  cellBackward: LstmCellBackward,
): LstmBackward {
  throw new NotImplementedError("lstmBackward");
}
