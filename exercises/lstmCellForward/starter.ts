import { type LstmParameters, type LstmStep, Mat, NotImplementedError } from "unrolled";

/**
 * One step of the LSTM: what the memory forgets, takes in, and shows.
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state a⟨t−1⟩, (n_a, m)
 * @param c_prev - the memory c⟨t−1⟩, (n_a, m)
 * @param parameters - Wf, Wu, Wc, Wo (n_a, n_a + n_x), bf, bu, bc, bo (n_a, 1),
 *   Wya (n_y, n_a), by (n_y, 1)
 * @returns a_next and c_next (n_a, m), yhat_t (n_y, m), and the cache
 *   { x_t, a_prev, c_prev, gamma_f, gamma_u, gamma_o, c_tilde, c_next, parameters }
 */
export function lstmCellForward(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  c_prev: Mat<"n_a", "m">,
  parameters: LstmParameters,
): LstmStep {
  throw new NotImplementedError("lstmCellForward");
}
