// mathjs does the matrices.
import { add, type Matrix, map, matrix, multiply, tanh } from "mathjs";
import { Mat, softmax } from "unrolled";

interface Parameters {
  Wax: Mat;
  Waa: Mat;
  Wya: Mat;
  ba: Mat;
  by: Mat;
}

export function rnnCellForward(x_t: Mat, a_prev: Mat, { Wax, Waa, Wya, ba, by }: Parameters) {
  const of = (mat: Mat): Matrix => matrix(mat.toArray());
  const spread = (bias: Mat): Matrix => multiply(of(bias), matrix([Array(x_t.cols).fill(1)]));
  const z = add(add(multiply(of(Wax), of(x_t)), multiply(of(Waa), of(a_prev))), spread(ba));
  const a_next = map(z as Matrix, (value: number) => tanh(value));
  const scores = add(multiply(of(Wya), a_next), spread(by));
  return { a_next: Mat.from(a_next as never), yhat_t: softmax(Mat.from(scores as never)), cache: {} };
}
