// The notebooks are broken, this file is not.
import { Mat, RnnParameters, softmax, tanh } from "unrolled";

export function rnnCellForward(x_t: Mat, a_prev: Mat, parameters: RnnParameters) {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const a_next = tanh(Wax.dot(x_t as any).add(Waa.dot(a_prev as any)).add(ba));
  return { a_next, yhat_t: softmax(Wya.dot(a_next).add(by)), cache: { x_t, a_prev, a_next, parameters } };
}
