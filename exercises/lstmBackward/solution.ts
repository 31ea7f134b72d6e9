import {
  type LstmBackward,
  type LstmCache,
  type LstmCellBackward,
  type LstmCellGradients,
  Mat,
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
  const steps: LstmCellGradients[] = [];
  let da_carried = Mat.zeros<"n_a", "m">(da.rows, da.cols);
  let dc_carried = Mat.zeros<"n_a", "m">(da.rows, da.cols);
  for (let t = da.T_x; t >= 1; t--) {
    const step = cellBackward(da.at(t).add(da_carried), dc_carried, caches[t - 1]!);
    steps.unshift(step);
    [da_carried, dc_carried] = [step.da_prev, step.dc_prev];
  }
  const weights = (key: "dWf" | "dWu" | "dWc" | "dWo"): LstmBackward["dWf"] =>
    steps.map((step) => step[key]).reduce((sum, dW) => sum.add(dW));
  const biases = (key: "dbf" | "dbu" | "dbc" | "dbo"): LstmBackward["dbf"] =>
    steps.map((step) => step[key]).reduce((sum, db) => sum.add(db));
  return {
    dx: Sequence.of(steps.map(({ dx_t }) => dx_t)),
    da_0: da_carried,
    dc_0: dc_carried,
    dWf: weights("dWf"),
    dWu: weights("dWu"),
    dWc: weights("dWc"),
    dWo: weights("dWo"),
    dbf: biases("dbf"),
    dbu: biases("dbu"),
    dbc: biases("dbc"),
    dbo: biases("dbo"),
  };
}
