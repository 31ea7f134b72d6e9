import { Mat, Sequence } from "unrolled";

/**
 * Cross-entropy behind a softmax, at every step and in total, from the scores z.
 *
 * @param z - scores (before the softmax), (n_y, m) a step
 * @param y - labels, one-hot, (n_y, m) a step
 * @param mask - 1 for a step that an example has, 0 for padding, (1, m) a step; all 1
 *   if left out
 * @returns perStep (1, T_y): L⟨t⟩ = (1/m) Σ_i mask · (−Σ_k y_k log ŷ_k), in nats;
 *   total: Σ_t L⟨t⟩; dz: the gradient of total, (n_y, m) a step
 */
export function softmaxCrossEntropy(
  z: Sequence<"n_y", "m">,
  y: Sequence<"n_y", "m">,
  mask?: Sequence<"1", "m">,
): { total: number; perStep: Mat<"1", "T_y">; dz: Sequence<"n_y", "m"> } {
  const m = z.cols;
  const isRunning = (t: number, i: number): boolean =>
    mask === undefined || mask.at(t).get(0, i) === 1;
  // log softmax(z) = z − log Σ e^z, with the largest score taken out of the sum
  const logYhat = z.map((z_t) => {
    const logTotals = Array.from({ length: m }, (_, i) => {
      const scores = z_t.column(i).data;
      const largest = Math.max(...scores);
      return (
        largest +
        Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0))
      );
    });
    return z_t.map((score, _k, i) => score - logTotals[i]!);
  });
  const perStep = Mat.build<"1", "T_y">(1, z.T_y, (_, index) => {
    const t = index + 1;
    let loss = 0;
    y.at(t).map((label, k, i) => {
      if (label !== 0 && isRunning(t, i)) loss -= (label * logYhat.at(t).get(k, i)) / m;
      return label;
    });
    return loss;
  });
  const dz = logYhat.map((log, t) =>
    log.map((value, k, i) =>
      isRunning(t, i) ? (Math.exp(value) - y.at(t).get(k, i)) / m : 0,
    ),
  );
  return { total: perStep.sum(), perStep, dz };
}
