import { Mat, sigmoid } from "../../src/index.js";
import { smallNumbers } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
import { forMinusLog, placesOf } from "../otherFunctions.js";
import type * as starter from "./starter.js";

const boundedLog = (p: number): number => Math.max(Math.log(p), -100);

/** Each example's sum of `loss(ŷ_k, y_k)` over its outputs. */
function lossOf(yhat_t: Mat, y_t: Mat, loss: (p: number, y: number) => number): Mat<"1", "m"> {
  return yhat_t.map((p, k, i) => loss(p, y_t.get(k, i))).sumRows() as Mat<"1", "m">;
}

/** The wrong ways to write this loss. */
export const mutants: readonly Mutant<typeof starter.binaryCrossEntropy>[] = [
  {
    name: "zero-labels-ignored",
    mistake: "The term for labels 0 is missing: only −y log ŷ is summed.",
    hint: "What does it cost to say 0.9 where the label is 0?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) => y_t.times(yhat_t.map(boundedLog)).sumRows().times(-1),
  },
  {
    name: "sign-flipped",
    mistake: "The minus signs are missing: the loss is negative.",
    hint: "A logarithm of a probability is negative, a loss is not.",
    caughtBy: "several outputs",
    wrong: (right) => (yhat_t, y_t) => right(yhat_t, y_t).times(-1),
  },
  {
    name: "mean-for-sum",
    mistake: "The outputs of an example were averaged in place of summed.",
    hint: "Σ_k is a sum over the outputs, without a division.",
    caughtBy: "several outputs",
    wrong: (right) => (yhat_t, y_t) => right(yhat_t, y_t).times(1 / y_t.rows),
  },
  {
    name: "arguments-swapped",
    mistake: "Label and prediction are swapped: −ŷ log y in place of −y log ŷ.",
    hint: "The logarithm is taken of the prediction.",
    caughtBy: "several outputs",
    wrong: (right) => (yhat_t, y_t) => right(y_t, yhat_t),
  },
  {
    name: "infinite-or-nan",
    mistake: "log 0 was taken: the loss of a sure prediction is infinite or not a number.",
    hint: "0 · log 0 is NaN for a computer; bound the logarithm from below.",
    caughtBy: "sure and right",
    wrong: () => (yhat_t, y_t) =>
      y_t
        .times(yhat_t.map(Math.log))
        .add(y_t.map((y) => 1 - y).times(yhat_t.map((p) => Math.log(1 - p))))
        .sumRows()
        .times(-1),
  },
  {
    name: "log-base-two",
    mistake: "The logarithm to base 2 was taken: the loss is in bits, not in nats.",
    hint: "The course's log is the natural one.",
    caughtBy: "one output",
    wrong: (right) => (yhat_t, y_t) => right(yhat_t, y_t).times(1 / Math.LN2),
  },
  {
    name: "summed-over-examples",
    mistake: "The sum runs over the examples: one number per output is left, not one per example.",
    hint: "A column is an example; which of Mat's two sums adds up a column?",
    caughtBy: "several outputs",
    wrong: (right) => (yhat_t, y_t) => right(yhat_t.T as Mat, y_t.T as Mat).T,
  },
  {
    name: "mean-over-the-batch",
    mistake: "All examples were put together into one number.",
    hint: "The answer is (1, m): the mean over the examples is taken later.",
    caughtBy: "several outputs",
    wrong: (right) => (yhat_t, y_t) => right(yhat_t, y_t).sum() / y_t.cols,
  },
  {
    name: "one-labels-ignored",
    mistake: "The term for labels 1 is missing: only −(1 − y) log(1 − ŷ) is summed.",
    hint: "What does it cost to say 0.1 where the label is 1?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) => lossOf(yhat_t, y_t, (p, y) => -(1 - y) * boundedLog(1 - p)),
  },
  {
    name: "terms-subtracted",
    mistake: "The two terms were subtracted from each other in place of added.",
    hint: "Each label pays, whichever it is. Can a loss make up for another?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) =>
      lossOf(yhat_t, y_t, (p, y) => -y * boundedLog(p) + (1 - y) * boundedLog(1 - p)),
  },
  {
    name: "same-logarithm-for-both",
    mistake: "Where the label is 0, the logarithm of ŷ was taken in place of that of 1 − ŷ.",
    hint: "How probable was a 0, if a 1 had the probability ŷ?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) =>
      lossOf(yhat_t, y_t, (p, y) => -y * boundedLog(p) - (1 - y) * boundedLog(p)),
  },
  {
    name: "same-label-for-both",
    mistake: "The second term is −y log(1 − ŷ): 1 − y was written as y.",
    hint: "For a given label, how many of the two terms count?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) =>
      lossOf(yhat_t, y_t, (p, y) => -y * boundedLog(p) - y * boundedLog(1 - p)),
  },
  {
    name: "labels-exchanged",
    mistake: "The terms are exchanged: a label of 1 pays for 1 − ŷ, and a label of 0 for ŷ.",
    hint: "Which of the two labels should pay much when ŷ is near 1?",
    caughtBy: "several outputs",
    wrong: (right) => (yhat_t, y_t) =>
      right(
        yhat_t,
        y_t.map((y) => 1 - y),
      ),
  },
  {
    name: "sigmoid-again",
    mistake: "A sigmoid was applied to ŷ, which comes out of one already.",
    hint: "yhat_t holds probabilities, not scores.",
    caughtBy: "several outputs",
    wrong: (right) => (yhat_t, y_t) => right(sigmoid(yhat_t), y_t),
  },
  {
    name: "squared-error",
    mistake: "The squared error (ŷ − y)² was summed.",
    hint: "Which function of ŷ tells how surprising the label was?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) => lossOf(yhat_t, y_t, (p, y) => (p - y) ** 2),
  },
  {
    name: "bounded-from-above",
    mistake: "min was written for max: every logarithm became −100 or less.",
    hint: "A bound from below: which of the two numbers should win?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) => {
      const log = (p: number): number => Math.min(Math.log(p), -100);
      return lossOf(yhat_t, y_t, (p, y) => (y === 1 ? -log(p) : -log(1 - p)));
    },
  },
  {
    name: "second-logarithm-not-bounded",
    mistake: "Only log ŷ was bounded; log(1 − ŷ) can still be −Infinity.",
    hint: "ŷ can be 0, and ŷ can be 1. What becomes of each of your logarithms?",
    caughtBy: "sure and right",
    wrong: () => (yhat_t, y_t) =>
      lossOf(yhat_t, y_t, (p, y) => -y * boundedLog(p) - (1 - y) * Math.log(1 - p)),
  },
  {
    name: "sum-over-the-batch",
    mistake: "All examples were added up to one number.",
    hint: "The answer is (1, m): each example has a loss of its own.",
    caughtBy: "several outputs",
    wrong: (right) => (yhat_t, y_t) => right(yhat_t, y_t).sum(),
  },
  {
    name: "not-summed",
    mistake: "The outputs of an example were not added up: one number for each output is left.",
    hint: "Σ_k: how many rows does the answer have?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) =>
      yhat_t.map((p, k, i) => {
        const y = y_t.get(k, i);
        return -y * boundedLog(p) - (1 - y) * boundedLog(1 - p);
      }),
  },
  {
    name: "bounded-log-base-two",
    mistake: "The logarithm to base 2 was taken and then bounded by −100: the loss is not in nats.",
    hint: "The course's log is the natural one.",
    caughtBy: "one output",
    wrong: () => (yhat_t, y_t) => {
      const log = (p: number): number => Math.max(Math.log2(p), -100);
      return lossOf(yhat_t, y_t, (p, y) => -y * log(p) - (1 - y) * log(1 - p));
    },
  },
  {
    name: "bounded-log-base-ten",
    mistake:
      "The logarithm to base 10 was taken and then bounded by −100: the loss is not in nats.",
    hint: "The course's log is the natural one.",
    caughtBy: "one output",
    wrong: () => (yhat_t, y_t) => {
      const log = (p: number): number => Math.max(Math.log10(p), -100);
      return lossOf(yhat_t, y_t, (p, y) => -y * log(p) - (1 - y) * log(1 - p));
    },
  },
  {
    name: "absolute-error",
    mistake: "The absolute error |ŷ − y| was summed.",
    hint: "Which function of ŷ tells how surprising the label was?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) => lossOf(yhat_t, y_t, (p, y) => Math.abs(p - y)),
  },
  {
    name: "last-output-left-out",
    mistake: "The last output was left out of the sum.",
    hint: "Where does the sum over k end?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) =>
      yhat_t
        .map((p, k, i) => {
          const y = y_t.get(k, i);
          return k === yhat_t.rows - 1 ? 0 : -y * boundedLog(p) - (1 - y) * boundedLog(1 - p);
        })
        .sumRows(),
  },
  {
    name: "first-output-left-out",
    mistake: "The first output was left out of the sum.",
    hint: "Where does the sum over k begin?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) =>
      yhat_t
        .map((p, k, i) => {
          const y = y_t.get(k, i);
          return k === 0 ? 0 : -y * boundedLog(p) - (1 - y) * boundedLog(1 - p);
        })
        .sumRows(),
  },
  {
    name: "one-minus-the-logarithm",
    mistake: "1 − log ŷ was written for log(1 − ŷ).",
    hint: "The logarithm of which probability belongs to the label 0?",
    caughtBy: "several outputs",
    wrong: () => (yhat_t, y_t) =>
      lossOf(yhat_t, y_t, (p, y) => -y * boundedLog(p) - (1 - y) * (1 - boundedLog(p))),
  },
  {
    name: "last-output-alone",
    mistake: "= was written in place of +=: the last output's loss alone is left.",
    hint: "What happens to the first output's loss when the second one comes?",
    caughtBy: "several outputs",
    wrong: (right) => (yhat_t, y_t) => {
      const last = (of: Mat<"n_y", "m">): Mat<"n_y", "m"> =>
        Mat.build(1, of.cols, (_, i) => of.get(of.rows - 1, i));
      return right(last(yhat_t), last(y_t));
    },
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.binaryCrossEntropy>[] = [
  {
    name: "small-number-in-the-logarithm",
    mistake: (k) => `log(ŷ + ${k}) was taken in place of log ŷ.`,
    hint: "What keeps log 0 finite here, and does it change other losses?",
    constants: smallNumbers,
    wrong: (_right, k) => (yhat_t, y_t) =>
      lossOf(yhat_t, y_t, (p, y) => -y * Math.log(p + k) - (1 - y) * Math.log(1 - p + k)),
  },
  {
    name: "clipped-prediction",
    mistake: (k) => `ŷ was clipped to [${k}, 1 − ${k}] before its logarithm was taken.`,
    hint: "What keeps log 0 finite here: a bound of ŷ, or one of the logarithm?",
    constants: smallNumbers,
    wrong: (_right, k) => (yhat_t, y_t) =>
      lossOf(yhat_t, y_t, (p, y) => {
        const bounded = Math.min(1 - k, Math.max(k, p));
        return -y * Math.log(bounded) - (1 - y) * Math.log(1 - bounded);
      }),
  },
  {
    name: "another-bound",
    mistake: (k) => `The logarithms were bounded by −${k} in place of −100.`,
    hint: "Which bound does the statement name?",
    constants: () => [1, 2, 5, 10, 20, 30, 50, 200, 500, 1000, 1e4, 1e6],
    wrong: (_right, k) => (yhat_t, y_t) =>
      lossOf(yhat_t, y_t, (p, y) => {
        const log = (value: number): number => Math.max(Math.log(value), -k);
        return -y * log(p) - (1 - y) * log(1 - p);
      }),
  },
  {
    name: "another-function-for-minus-log",
    mistake: (k) =>
      `${forMinusLog[k]!.words} was summed in place of −log p, with p the label's probability.`,
    hint: "Which function of a probability tells how surprising it is, and is 0 for 1?",
    constants: placesOf(forMinusLog),
    wrong: (_right, k) => (yhat_t, y_t) =>
      lossOf(yhat_t, y_t, (p, y) => forMinusLog[k]!.of(y === 1 ? p : 1 - p)),
  },
];
