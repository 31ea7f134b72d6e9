// Honest, and wrong about the shape of things: `parameters` has no W.
import type { Mat } from "unrolled";
export function rnnCellForward(x_t: Mat, a_prev: Mat, parameters: { W: Mat }): Mat {
  return parameters.W.dot(x_t).add(a_prev);
}
