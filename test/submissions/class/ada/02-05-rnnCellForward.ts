import { Mat, type RnnParameters, softmax, tanh } from "unrolled";

export function rnnCellForward(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: RnnParameters,
) {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const z = Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba);
  const a_next = tanh(z);
  const yhat_t = softmax(Wya.dot(a_next).add(by));
  return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } };
}
