import { Mat } from "unrolled";

export function binaryCrossEntropy(yhat_t: Mat<"n_y", "m">, y_t: Mat<"n_y", "m">): Mat<"1", "m"> {
  if (yhat_t.rows !== y_t.rows || yhat_t.cols !== y_t.cols) throw new RangeError("shapes differ");
  const log = (p: number) => Math.max(-100, Math.log(p));
  return Mat.build(1, y_t.cols, (_, i) => {
    let loss = 0;
    for (let k = 0; k < y_t.rows; k++) {
      const p = yhat_t.get(k, i);
      const y = y_t.get(k, i);
      loss -= y * log(p) + (1 - y) * log(1 - p);
    }
    return loss;
  });
}
