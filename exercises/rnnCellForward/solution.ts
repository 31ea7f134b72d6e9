import { Mat, type RnnParameters, type RnnStep, softmax, tanh } from "unrolled";

/**
 * One step: a⟨t⟩ = tanh(Wax x⟨t⟩ + Waa a⟨t−1⟩ + ba), ŷ⟨t⟩ = softmax(Wya a⟨t⟩ + by).
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state a⟨t−1⟩, (n_a, m)
 * @param parameters - Wax (n_a, n_x), Waa (n_a, n_a), Wya (n_y, n_a), ba (n_a, 1), by
 *   (n_y, 1)
 * @returns a_next (n_a, m), yhat_t (n_y, m), and the cache { x_t, a_prev, a_next,
 *   parameters }
 */
export function rnnCellForward(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: RnnParameters,
): RnnStep {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const a_next = tanh(Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba));
  const yhat_t = softmax(Wya.dot(a_next).add(by));
  return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } };
}
