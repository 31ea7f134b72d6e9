import {
  type GruParameters,
  type GruStep,
  Mat,
  sigmoid,
  softmax,
  stackRows,
  tanh,
} from "unrolled";

/**
 * One step of the GRU: two gates, a candidate c̃⟨t⟩, and their blend
 * c⟨t⟩ = Γu ∗ c̃⟨t⟩ + (1 − Γu) ∗ c⟨t−1⟩.
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the memory before, c⟨t−1⟩ = a⟨t−1⟩, (n_a, m)
 * @param parameters - Wu, Wr, Wc (n_a, n_a + n_x); bu, br, bc (n_a, 1);
 *   Wya (n_y, n_a); by (n_y, 1)
 * @returns a_next (n_a, m), yhat_t (n_y, m), and the cache
 *   { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters }
 */
export function gruCellForward(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: GruParameters,
): GruStep {
  const { Wu, Wr, Wc, bu, br, bc, Wya, by } = parameters;
  const stack = stackRows(a_prev, x_t);
  const gamma_u = sigmoid(Wu.dot(stack).add(bu));
  const gamma_r = sigmoid(Wr.dot(stack).add(br));
  const c_tilde = tanh(Wc.dot(stackRows(gamma_r.times(a_prev), x_t)).add(bc));
  const a_next = gamma_u.times(c_tilde).add(gamma_u.map((u) => 1 - u).times(a_prev));
  const yhat_t = softmax(Wya.dot(a_next).add(by));
  return {
    a_next,
    yhat_t,
    cache: { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters },
  };
}
