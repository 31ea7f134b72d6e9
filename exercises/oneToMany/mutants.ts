import {
  Mat,
  mostLikely,
  type RnnCell,
  rnnCellForward,
  rnnForward,
  type RnnStep,
  Sequence,
} from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to feed the prediction back. */
export const mutants: readonly Mutant<typeof starter.oneToMany>[] = [
  {
    name: "input-repeated",
    mistake: "x⟨1⟩ is read again at every step: ŷ is never fed back.",
    hint: "The first input starts the sequence; then the network reads what it said.",
    caughtBy: "two steps",
    wrong: () => (x_1, a_0, parameters, T_y, cell) =>
      rnnForward(
        Sequence.build(T_y, () => x_1),
        a_0,
        parameters,
        cell,
      ),
  },
  {
    name: "zeros-after-the-first",
    mistake: "The steps after the first read zeros.",
    hint: "What could the second step read that the first one has made?",
    caughtBy: "two steps",
    wrong: () => (x_1, a_0, parameters, T_y, cell) =>
      rnnForward(
        Sequence.build(T_y, (t) => (t === 1 ? x_1 : x_1.times(0))),
        a_0,
        parameters,
        cell,
      ),
  },
  {
    name: "state-not-carried",
    mistake: "Every step starts from a⟨0⟩: only the prediction is handed on.",
    hint: "Two things go from step to step: the prediction and the state.",
    caughtBy: "two steps",
    wrong: () => (x_1, a_0, parameters, T_y, cell) => {
      const steps: RnnStep[] = [];
      let x_t: Mat = x_1;
      for (let t = 1; t <= T_y; t++) {
        const step = cell(x_t, a_0, parameters);
        steps.push(step);
        x_t = step.yhat_t;
      }
      return {
        a: Sequence.of(steps.map((step) => step.a_next)),
        yhat: Sequence.of(steps.map((step) => step.yhat_t)),
        caches: steps.map((step) => step.cache),
      };
    },
  },
  {
    name: "a-0-ignored",
    mistake: "The given a⟨0⟩ is ignored: the first step starts from zeros.",
    hint: "a⟨0⟩ is usually zero, but it is an argument: where do you use it?",
    caughtBy: "one step",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) =>
      right(x_1, a_0.times(0), parameters, T_y, cell),
  },
  {
    name: "own-cell",
    mistake: "The RNN's own cell was called in place of the one that was handed in.",
    hint: "The cell is an argument: another one must work as well.",
    caughtBy: "one step",
    wrong: (right) => (x_1, a_0, parameters, T_y) =>
      right(x_1, a_0, parameters, T_y, rnnCellForward),
  },

  {
    name: "most-likely-fed-back",
    mistake: "The most likely class was fed back as a one-hot column, not ŷ itself.",
    hint: "Here the whole of ŷ⟨t⟩ is the next input; choosing one class comes with sampling.",
    caughtBy: "two steps",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      let isFirst = true;
      const choosing: RnnCell = (x_t, a_prev, shared) => {
        const input: Mat = isFirst ? x_t : mostLikely(x_t as Mat);
        isFirst = false;
        return cell(input, a_prev, shared);
      };
      return right(x_1, a_0, parameters, T_y, choosing);
    },
  },
];
