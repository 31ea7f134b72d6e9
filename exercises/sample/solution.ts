import { Mat } from "unrolled";

/**
 * A token drawn by its probability: the first k with ŷ_0 + … + ŷ_k > u.
 *
 * @param yhat_t - the tokens' probabilities, (n_y, 1)
 * @param u - a uniform number in [0, 1)
 * @returns the token's index, from 0
 */
export function sample(yhat_t: Mat<"n_y", "1">, u: number): number {
  const probabilities = Array.from(yhat_t.data);
  if (!(u >= 0 && u < 1)) throw new RangeError(`sample: u is ${u}, not in [0, 1)`);
  const total = probabilities.reduce((all, p) => all + p, 0);
  if (probabilities.some((p) => !(p >= 0)) || Math.abs(total - 1) > 1e-4) {
    throw new RangeError(
      "sample: these are no probabilities; put the scores through a softmax",
    );
  }
  let sum = 0;
  let drawn = 0;
  for (const [k, p] of probabilities.entries()) {
    if (p === 0) continue;
    drawn = k;
    sum += p;
    if (sum > u) break;
  }
  return drawn;
}
