/**
 * From a network's predictions to a token, and how good predictions are. Randomness comes in as uniform numbers, so
 * that the same numbers give the same text.
 */
import { inWords } from "./core/arguments.js";
import { OutOfRangeError } from "./core/errors.js";
import { type Mat, requireMat } from "./core/matrix.js";
import { requireColumn, requireProbabilities } from "./core/probabilities.js";
import { softmaxAt } from "./core/scores.js";

/**
 * A token drawn by its probability: the first k with ŷ_0 + … + ŷ_k > u · Σ ŷ.
 *
 * A token of probability 0 is never drawn, whatever u is.
 *
 * @param yhat_t - ŷ⟨t⟩, the tokens' probabilities, (n_y, 1)
 * @param u - a uniform number in [0, 1), such as `random.uniform()`
 * @returns the token's index, from 0 to n_y − 1
 * @throws ShapeError when ŷ⟨t⟩ is not one column with an entry; OutOfRangeError when its entries are no probabilities
 *   that sum to 1, or u lies outside [0, 1)
 * @example
 * sample(Mat.column([0.5, 0, 0.5]), 0.2) // → 0
 * sample(Mat.column([0.5, 0, 0.5]), 0.5) // → 2
 */
export function sample(yhat_t: Mat<"n_y", "1">, u: number): number {
  requireColumn("sample", "yhat_t", yhat_t);
  if (!(typeof u === "number" && u >= 0 && u < 1)) {
    throw new OutOfRangeError(`sample: expected a uniform number u in [0, 1), got ${inWords(u)}`);
  }
  const total = requireProbabilities("sample", yhat_t);
  const { data } = yhat_t;
  let sum = 0;
  let last = 0;
  for (let k = 0; k < data.length; k++) {
    if (data[k] === 0) continue;
    sum += data[k]!;
    if (sum > u * total) return k;
    last = k;
  }
  return last; // u · Σ ŷ was rounded up to Σ ŷ
}

/**
 * softmax(z / τ), for each column by itself. A temperature τ below 1 sharpens the probabilities, one above 1 flattens
 * them; as τ nears 0 all goes to the largest score.
 *
 * @param z - the scores, (n_y, m)
 * @param temperature - τ, a finite number above 0
 * @returns (n_y, m) probabilities; each column sums to 1
 * @throws OutOfRangeError when τ is no finite number above 0; ShapeError when z is no matrix
 * @example
 * temperatureSoftmax(Mat.column([0, Math.log(4)]), 2).get(1, 0).toFixed(6) // → "0.666667"
 */
export function temperatureSoftmax<R extends string, C extends string>(
  z: Mat<R, C>,
  temperature: number,
): Mat<R, C> {
  requireMat("temperatureSoftmax", "z", z);
  if (!(typeof temperature === "number" && temperature > 0 && temperature < Infinity)) {
    throw new OutOfRangeError(
      `temperatureSoftmax: expected a finite temperature above 0, got ${inWords(temperature)}; for the most probable token take the largest score`,
    );
  }
  return softmaxAt(z, temperature);
}

/**
 * e^L of a mean loss L per token: from how many equally probable tokens the network would choose as uncertainly.
 *
 * @param loss - the mean negative log-likelihood of a token, in nats, at least 0
 * @returns at least 1
 * @throws OutOfRangeError when the loss is negative or NaN
 * @example
 * perplexity(Math.log(27)).toFixed(6) // → "27.000000"
 */
export function perplexity(loss: number): number {
  if (!(typeof loss === "number" && loss >= 0)) {
    throw new OutOfRangeError(
      `perplexity: expected a mean loss of at least 0 nats, got ${inWords(loss)}`,
    );
  }
  return Math.exp(loss);
}
