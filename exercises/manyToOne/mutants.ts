import { Mat, rnnCellForward, rnnForward } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to answer once. */
export const mutants: readonly Mutant<typeof starter.manyToOne>[] = [
  {
    name: "padding-read",
    mistake:
      "The answer is taken after the last step of the batch: short examples are read on into their padding.",
    hint: "A short example ends before the batch does.",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell) => right(x, a_0, parameters, cell),
  },
  {
    name: "first-prediction",
    mistake: "The answer is ŷ⟨1⟩: given after one step.",
    hint: "After which step has everything been read?",
    caughtBy: "equal lengths",
    wrong: () => (x, a_0, parameters, cell) => ({
      yhat: rnnForward(x, a_0, parameters, cell).yhat.at(1),
    }),
  },
  {
    name: "mean-of-predictions",
    mistake: "The answer is the mean of the predictions of all steps.",
    hint: "The question is asked once, at the end.",
    caughtBy: "equal lengths",
    wrong: () => (x, a_0, parameters, cell) => {
      const { yhat } = rnnForward(x, a_0, parameters, cell);
      const total = Array.from(yhat).reduce((sum, yhat_t) => sum.add(yhat_t));
      return { yhat: total.times(1 / x.T_x) };
    },
  },
  {
    name: "one-step-early",
    mistake: "Each example is read one step too short.",
    hint: "Count: a mask of 1, 1, 1, 0 is an example of three steps.",
    caughtBy: "equal lengths",
    wrong: () => (x, a_0, parameters, cell, mask) => {
      const lengths = Array.from({ length: x.cols }, (_, i) =>
        mask === undefined
          ? x.T_x
          : Array.from(mask).reduce((sum, mask_t) => sum + mask_t.get(0, i), 0),
      );
      const { yhat } = rnnForward(x, a_0, parameters, cell);
      return {
        yhat: Mat.build(yhat.rows, yhat.cols, (k, i) =>
          yhat.at(Math.max(1, lengths[i]! - 1)).get(k, i),
        ),
      };
    },
  },
  {
    name: "a-0-ignored",
    mistake: "The given a⟨0⟩ is ignored: the first step starts from zeros.",
    hint: "a⟨0⟩ is usually zero, but it is an argument: where do you use it?",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(x, a_0.times(0), parameters, cell, mask),
  },
  {
    name: "own-cell",
    mistake: "The RNN's own cell was called in place of the one that was handed in.",
    hint: "The cell is an argument: another one must work as well.",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, _cell, mask) =>
      right(x, a_0, parameters, rnnCellForward, mask),
  },
];
