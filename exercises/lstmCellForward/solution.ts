import {
  type LstmParameters,
  type LstmStep,
  Mat,
  sigmoid,
  softmax,
  stackRows,
  tanh,
} from "unrolled";

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
  const { Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by } = parameters;
  const ax_t = stackRows(a_prev, x_t);
  const gamma_f = sigmoid(Wf.dot(ax_t).add(bf));
  const gamma_u = sigmoid(Wu.dot(ax_t).add(bu));
  const gamma_o = sigmoid(Wo.dot(ax_t).add(bo));
  const c_tilde = tanh(Wc.dot(ax_t).add(bc));
  const c_next = gamma_u.times(c_tilde).add(gamma_f.times(c_prev));
  const a_next = gamma_o.times(tanh(c_next));
  const yhat_t = softmax(Wya.dot(a_next).add(by));
  const gates = { gamma_f, gamma_u, gamma_o, c_tilde };
  return {
    a_next,
    c_next,
    yhat_t,
    cache: { x_t, a_prev, c_prev, ...gates, c_next, parameters },
  };
}
