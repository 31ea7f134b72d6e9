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

export function rnnCellForward(x_t: Mat, a_prev: Mat, parameters: Parameters) {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const of = (mat: Mat): Matrix => matrix(mat.toArray());
  const spread = (bias: Mat): Matrix => multiply(of(bias), matrix([Array(x_t.cols).fill(1)]));
  const z = add(add(multiply(of(Wax), of(x_t)), multiply(of(Waa), of(a_prev))), spread(ba));
  const a_next = Mat.from(map(z as Matrix, (value: number) => tanh(value)) as never);
  const scores = add(multiply(of(Wya), of(a_next)), spread(by));
  return {
    a_next,
    yhat_t: softmax(Mat.from(scores as never)),
    cache: { x_t, a_prev, a_next, parameters },
  };
}
