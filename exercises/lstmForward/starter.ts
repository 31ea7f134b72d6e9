import {
  type LstmCache,
  type LstmCell,
  type LstmParameters,
  Mat,
  NotImplementedError,
  Sequence,
} from "unrolled";

/**
 * The LSTM cell used T_x times: each step gets x⟨t⟩, and what the step before hands on.
 *
 * @param x - x⟨1⟩ … x⟨T_x⟩, (n_x, m) each; x.at(t) with t from 1
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - the same for all steps
 * @param options - c_0, the memory before the first step, (n_a, m), and the cell:
 *   cell(x_t, a_prev, c_prev, parameters) gives { a_next, c_next, yhat_t, cache }
 * @returns a: a⟨1⟩ … a⟨T_x⟩; c: c⟨1⟩ … c⟨T_x⟩; yhat: ŷ⟨1⟩ … ŷ⟨T_x⟩;
 *   caches: one per step
 */
export function lstmForward(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: LstmParameters,
  { c_0, cell }: { c_0: Mat<"n_a", "m">; cell: LstmCell },
): {
  a: Sequence<"n_a", "m">;
  c: Sequence<"n_a", "m">;
  yhat: Sequence<"n_y", "m">;
  caches: readonly LstmCache[];
} {
  throw new NotImplementedError("lstmForward");
}
