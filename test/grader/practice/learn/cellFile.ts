/** A learner's file whose cell is right up to what `body` does first. */
export function cellFile(body = "", tail = ""): string {
  return `import { Mat, softmax, tanh } from "unrolled";
interface P { Wax: Mat; Waa: Mat; Wya: Mat; ba: Mat; by: Mat }
export function rnnCellForward(x_t: Mat, a_prev: Mat, parameters: P) {
  ${body}
  const { Wax, Waa, Wya, ba, by } = parameters;
  const a_next = tanh(Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba));
  return { a_next, yhat_t: softmax(Wya.dot(a_next).add(by)), cache: { x_t, a_prev, a_next, parameters } };
}
${tail}`;
}
