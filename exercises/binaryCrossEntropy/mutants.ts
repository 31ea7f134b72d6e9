import { Mat } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

const boundedLog = (p: number): number => Math.max(Math.log(p), -100);

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
];
