import { Mat, Sequence } from "unrolled";

export function softmaxCrossEntropy(
  z: Sequence<"n_y", "m">,
  y: Sequence<"n_y", "m">,
  mask?: Sequence<"1", "m">,
) {
  const m = z.cols;
  const n_y = z.rows;
  const losses = new Array<number>(z.T_y).fill(0);
  const dz = z.map((z_t, t) => {
    const dz_t = new Mat<"n_y", "m">(n_y, m);
    for (let i = 0; i < m; i++) {
      const weight = mask === undefined ? 1 : mask.at(t).get(0, i);
      const scores = Array.from(z_t.column(i).data);
      const largest = Math.max(...scores);
      const total = scores.reduce((sum, score) => sum + Math.exp(score - largest), 0);
      for (let k = 0; k < n_y; k++) {
        const logProbability = scores[k]! - largest - Math.log(total);
        const label = y.at(t).get(k, i);
        if (label !== 0) losses[t - 1]! -= (weight * label * logProbability) / m;
        dz_t.data[k * m + i] = (weight * (Math.exp(logProbability) - label)) / m;
      }
    }
    return dz_t;
  });
  const perStep = new Mat<"1", "T_y">(1, z.T_y, losses);
  return { total: losses.reduce((sum, loss) => sum + loss, 0), perStep, dz };
}
