// The usual slips of a first try at the backward pass.
import { Mat, type RnnCache, type RnnCellBackward, Sequence } from "unrolled";

/** Leaves out tanh′: 1 − a². */
export function rnnCellBackward(da_next: Mat<"n_a", "m">, cache: RnnCache) {
  const { x_t, a_prev, parameters } = cache;
  return {
    dx_t: parameters.Wax.T.dot(da_next),
    da_prev: parameters.Waa.T.dot(da_next),
    dWax: da_next.dot(x_t.T),
    dWaa: da_next.dot(a_prev.T),
    dba: da_next.sumColumns(),
  };
}

/** Keeps the last step's parameter gradients in place of their sum. */
export function rnnBackward(
  da: Sequence<"n_a", "m">,
  caches: readonly RnnCache[],
  cellBackward: RnnCellBackward,
) {
  let carried = Mat.zeros<"n_a", "m">(da.rows, da.cols);
  let step!: ReturnType<RnnCellBackward>;
  const dx: Mat<"n_x", "m">[] = [];
  for (let t = da.T_x; t >= 1; t--) {
    step = cellBackward(da.at(t).add(carried), caches[t - 1]!);
    dx.unshift(step.dx_t);
    carried = step.da_prev;
  }
  const { dWax, dWaa, dba } = step;
  return { dx: Sequence.of(dx), da_0: carried, dWax, dWaa, dba };
}

/** Forward differences in place of central ones. */
export function numericalGradient(f: (theta: Mat) => number, theta: Mat, h = 1e-5): Mat {
  return theta.map((value, i, j) => {
    const above = theta.map((other, k, l) => (k === i && l === j ? value + h : other));
    return (f(above) - f(theta)) / h;
  });
}
