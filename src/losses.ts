/**
 * Losses, in nats. L⟨t⟩ is the loss of step t, a mean over the examples; the total L is the sum
 * of L⟨t⟩ over the steps.
 */
import { softmax } from "./core/activations.js";
import { belowLargest } from "./core/scores.js";
import { OutOfRangeError } from "./core/errors.js";
import { checkShapes, Mat } from "./core/matrix.js";
import { checkMask, checkSteps, masked } from "./notation/padding.js";
import { Sequence } from "./notation/sequence.js";

/** Logarithms count as −100 at least, so that a probability of 0 does not make the loss infinite. */
const lowestLog = -100;

/**
 * Binary cross-entropy of 0/1 labels behind a sigmoid, for each example:
 * L⁽ⁱ⁾ = −Σ_k ( y_k log ŷ_k + (1 − y_k) log(1 − ŷ_k) ).
 *
 * It belongs to outputs that are true or false each by itself, not to a softmax's. Logarithms
 * are bounded below at −100.
 *
 * @param yhat_t - ŷ⟨t⟩, probabilities, (n_y, m)
 * @param y_t - y⟨t⟩, labels from 0 to 1, (n_y, m)
 * @returns the examples' losses in nats, (1, m)
 * @throws ShapeError when the shapes differ; OutOfRangeError when an entry of either lies outside [0, 1]
 * @example
 * binaryCrossEntropy(Mat.from([[0.5, 0]]), Mat.from([[1, 1]])).toArray() // → [[0.6931471805599453, 100]]
 */
export function binaryCrossEntropy(yhat_t: Mat<"n_y", "m">, y_t: Mat<"n_y", "m">): Mat<"1", "m"> {
  checkShapes("binaryCrossEntropy", { yhat_t: [yhat_t, "n_y", "m"], y_t: [y_t, "n_y", "m"] });
  requireUnit("yhat_t", yhat_t);
  requireUnit("y_t", y_t);
  const boundedLog = (p: number): number => Math.max(Math.log(p), lowestLog);
  const whereTrue = y_t.times(yhat_t.map(boundedLog)); //                          y_k log ŷ_k
  const whereFalse = y_t.map((y) => 1 - y).times(yhat_t.map((p) => boundedLog(1 - p))); // (1 − y_k) log(1 − ŷ_k)
  return whereTrue.add(whereFalse).sumRows().times(-1);
}

function requireUnit(symbol: string, { data, cols }: Mat): void {
  const wrong = data.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong < 0) return;
  throw new OutOfRangeError(
    `binaryCrossEntropy: ${symbol} is ${data[wrong]} in row ${Math.floor(wrong / cols) + 1} of example ${(wrong % cols) + 1}: expected numbers from 0 to 1${symbol === "y_t" ? "" : "; scores become probabilities by sigmoid"}`,
  );
}

/** The result of {@link softmaxCrossEntropy}. */
export interface SequenceLoss {
  /** L = Σ_t L⟨t⟩, in nats. */
  readonly total: number;
  /** L⟨t⟩ in column t − 1, in nats, (1, T_y). */
  readonly perStep: Mat<"1", "T_y">;
  /** ∂L/∂z⟨t⟩, (n_y, m) at each step. */
  readonly dz: Sequence<"n_y", "m">;
}

/**
 * Softmax and cross-entropy in one, and the gradient by the scores:
 * L⟨t⟩ = (1/m) Σ_i mask⁽ⁱ⁾⟨t⟩ · −Σ_k y_k log softmax(z)_k, dz⟨t⟩ = mask ∗ (ŷ⟨t⟩ − y⟨t⟩) / m.
 *
 * The scores z go in rather than ŷ: log softmax(z)_k = z_k − max z − log Σ_j e^(z_j − max z) stays exact where
 * ŷ_k would round to 0 and where the scores are huge. A score of −∞ is a class that cannot be; equal scores
 * are equally probable, infinite ones too. The mean is over all
 * m examples, padded ones too.
 *
 * @param z - the scores z⟨t⟩ = Wya a⟨t⟩ + by, (n_y, m) at each step
 * @param y - the labels y⟨t⟩, one-hot (in general: columns that sum to 1), (n_y, m) at each step
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns the sum and each step's loss in nats, and dz⟨t⟩, (n_y, m) at each step
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ, without an example, or when an
 *   unmasked label column is no distribution
 */
export function softmaxCrossEntropy(
  z: Sequence<"n_y", "m">,
  y: Sequence<"n_y", "m">,
  mask?: Sequence<"1", "m">,
): SequenceLoss {
  checkSteps("softmaxCrossEntropy", { z, y });
  checkShapes("softmaxCrossEntropy", { z: [z.at(1), "n_y", "m"], y: [y.at(1), "n_y", "m"] });
  checkMask("softmaxCrossEntropy", mask, "z", z);
  const m = z.cols;
  if (m === 0) {
    throw new OutOfRangeError(
      "softmaxCrossEntropy: the batch is empty: expected one example or more",
    );
  }
  requireDistributions("softmaxCrossEntropy", y, mask);
  const logLikelihoods = masked(
    z.map((z_t, t) => expectedLog(y.at(t), logSoftmax(z_t))), //     Σ_k y_k log softmax(z)_k
    mask,
  );
  const perStep = Mat.build<"1", "T_y">(1, z.T_y, (_, index) => {
    return -logLikelihoods.at(index + 1).sum() / m; //              L⟨t⟩ = −(1/m) Σ_i mask ∗ …
  });
  const errors = z.map((z_t, t) => softmax(z_t).sub(y.at(t))); //    ŷ⟨t⟩ − y⟨t⟩
  const dz = masked(errors, mask).map((error) => error.times(1 / m)); // dz⟨t⟩ = mask ∗ (ŷ⟨t⟩ − y⟨t⟩) / m
  return { total: perStep.sum(), perStep, dz };
}

/** log softmax(z)_k = z_k − max − log Σ_j e^(z_j − max), for each column by itself. */
function logSoftmax<R extends string, C extends string>(z: Mat<R, C>): Mat<R, C> {
  const below = belowLargest(z);
  const logTotals = below.map(Math.exp).sumRows().map(Math.log); // max + log total would lose log total where max is huge
  return below.sub(logTotals);
}

/** Σ_k y_k log p_k of each column, where 0 · log 0 is 0, as its limit is. */
function expectedLog(y: Mat<"n_y", "m">, logs: Mat<"n_y", "m">): Mat<"1", "m"> {
  return y.map((y_k, k, i) => (y_k === 0 ? 0 : y_k * logs.get(k, i))).sumRows();
}

/** Asks that each label column that counts has entries ≥ 0 that sum to 1, as the gradient ŷ − y takes for granted. */
function requireDistributions(
  caller: string,
  y: Sequence<"n_y", "m">,
  mask: Sequence<"1", "m"> | undefined,
): void {
  for (let t = 1; t <= y.T_x; t++) {
    const { data, cols: m } = y.at(t);
    for (let i = 0; i < m; i++) {
      if (mask?.at(t).get(0, i) === 0) continue;
      let total = 0;
      let isBelow = false;
      for (let n = i; n < data.length; n += m) {
        total += data[n]!;
        isBelow ||= data[n]! < 0;
      }
      if (Math.abs(total - 1) <= 1e-6 && !isBelow) continue;
      throw new OutOfRangeError(
        `${caller}: the labels of example ${i + 1} at step ⟨${t}⟩ ${isBelow ? "have an entry below 0" : `sum to ${total}`}: expected entries of at least 0 that sum to 1, such as a one-hot column; a step without a label is masked by a 0`,
      );
    }
  }
}
