import { Mat, rnnCellForward, rnnForward, Sequence } from "../../src/index.js";
import { stepsWithin } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
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
  {
    name: "state-not-carried",
    mistake: "Every step starts from a⟨0⟩: the answer knows the last input alone.",
    hint: "After a step, which state should the next one be given?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(x, a_0, parameters, (x_t, _a_prev, shared) => cell(x_t, a_0, shared), mask),
  },
  {
    name: "backwards",
    mistake: "The sequence is read from its end: the first step gets x⟨T_x⟩.",
    hint: "Time runs from 1 to T_x.",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(x.reverse(), a_0, parameters, cell, mask),
  },
  {
    name: "first-input-repeated",
    mistake: "Every step reads x⟨1⟩.",
    hint: "Which step's input does the cell get in the second round?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x.map(() => x.at(1)),
        a_0,
        parameters,
        cell,
        mask,
      ),
  },
  {
    name: "input-one-step-late",
    mistake: "Every step reads the input of the step before it, and the first one reads zeros.",
    hint: "Write down which x the cell gets at t = 1 and at t = 2.",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x.map((x_t, t) => (t === 1 ? x_t.times(0) : x.at(t - 1))),
        a_0,
        parameters,
        cell,
        mask,
      ),
  },
  {
    name: "inputs-added-up",
    mistake: "All inputs were added up and read in one step: their order is lost.",
    hint: "How often is the cell called for a sequence of T_x steps?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const words = x.map((x_t, t) => (mask === undefined ? x_t : x_t.times(mask.at(t))));
      const total = Array.from(words).reduce((sum, x_t) => sum.add(x_t));
      return right(Sequence.of([total]), a_0, parameters, cell);
    },
  },
  {
    name: "input-masked",
    mistake:
      "The mask was put on the input only: short examples are read on, with zeros, to the batch's end.",
    hint: "Reading zeros is a step too: does a prediction stand still when the input is zero?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        mask === undefined ? x : x.map((x_t, t) => x_t.times(mask.at(t))),
        a_0,
        parameters,
        cell,
      ),
  },
  {
    name: "last-prediction-masked",
    mistake:
      "The mask was put on the last step's prediction: short examples are answered with zeros.",
    hint: "Every example gets an answer, the short ones too. At which step was theirs?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const { yhat } = right(x, a_0, parameters, cell);
      return { yhat: mask === undefined ? yhat : yhat.times(mask.at(x.T_x)) };
    },
  },
  {
    name: "one-step-late",
    mistake: "Short examples are read one step into their padding.",
    hint: "Count: a mask of 1, 1, 1, 0 is an example of three steps.",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        cell,
        mask?.map((mask_t, t) => (t === 1 ? mask_t : mask.at(t - 1))),
      ),
  },
  {
    name: "shortest-decides",
    mistake: "All examples are answered where the shortest one ends.",
    hint: "Each example has an end of its own.",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        cell,
        mask?.map((mask_t) => mask_t.map(() => Math.min(...mask_t.data))),
      ),
  },
  {
    name: "mean-of-its-own-predictions",
    mistake: "The answer is the mean of the predictions at an example's own steps.",
    hint: "The question is asked once, at the end.",
    caughtBy: "equal lengths",
    wrong: () => (x, a_0, parameters, cell, mask) => {
      const { yhat } = rnnForward(x, a_0, parameters, cell);
      const own = yhat.map((yhat_t, t) => (mask === undefined ? yhat_t : yhat_t.times(mask.at(t))));
      const total = Array.from(own).reduce((sum, yhat_t) => sum.add(yhat_t));
      const steps = (i: number): number =>
        mask === undefined
          ? x.T_x
          : Array.from(mask).reduce((sum, mask_t) => sum + mask_t.get(0, i), 0);
      return { yhat: total.map((value, _k, i) => value / steps(i)) };
    },
  },
  {
    name: "largest-prediction",
    mistake: "The answer is each output's largest value over all steps.",
    hint: "The question is asked once, at the end.",
    caughtBy: "equal lengths",
    wrong: () => (x, a_0, parameters, cell) => {
      const { yhat } = rnnForward(x, a_0, parameters, cell);
      return {
        yhat: Array.from(yhat).reduce((largest, yhat_t) =>
          largest.map((value, k, i) => Math.max(value, yhat_t.get(k, i))),
        ),
      };
    },
  },
  {
    name: "all-predictions-returned",
    mistake: "The predictions of all steps were returned, in place of one for each example.",
    hint: "Many inputs, one output: yhat is one matrix.",
    caughtBy: "equal lengths",
    wrong: () => (x, a_0, parameters, cell) => ({
      yhat: rnnForward(x, a_0, parameters, cell).yhat,
    }),
  },
  {
    name: "state-for-prediction",
    mistake: "The answer is the last state, not the prediction made of it.",
    hint: "How many rows has your answer, n_a or n_y?",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        (x_t, a_prev, shared) => {
          const step = cell(x_t, a_prev, shared);
          return { ...step, yhat_t: step.a_next as Mat };
        },
        mask,
      ),
  },
  {
    name: "written-into-a-0",
    mistake: "The states were written into a⟨0⟩: the caller's matrix is changed.",
    hint: "Whoever called you may start again from the same a⟨0⟩.",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const start = a_0.times(1);
      return right(
        x,
        start,
        parameters,
        (x_t, a_prev, shared) => {
          const step = cell(x_t, a_prev, shared);
          a_0.data.set(step.a_next.data);
          return step;
        },
        mask,
      );
    },
  },
  {
    name: "predictions-summed",
    mistake: "The answer is the sum of the predictions at an example's own steps.",
    hint: "The question is asked once, at the end.",
    caughtBy: "equal lengths",
    wrong: () => (x, a_0, parameters, cell, mask) => {
      const { yhat } = rnnForward(x, a_0, parameters, cell);
      return {
        yhat: Array.from(
          yhat.map((yhat_t, t) => (mask === undefined ? yhat_t : yhat_t.times(mask.at(t)))),
        ).reduce((sum, yhat_t) => sum.add(yhat_t)),
      };
    },
  },
  {
    name: "first-example-s-length",
    mistake: "The first example's length was taken for all.",
    hint: "Each example has an end of its own: which column of the mask is its?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        cell,
        mask?.map((mask_t) => mask_t.map(() => mask_t.get(0, 0))),
      ),
  },
  {
    name: "mean-of-the-last-two",
    mistake: "The answer is the mean of each example's last two predictions.",
    hint: "The question is asked once, at the end.",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const last = right(x, a_0, parameters, cell, mask).yhat;
      const lengths = lengthsOf(x, mask);
      const { yhat } = rnnForward(x, a_0, parameters, cell);
      return {
        yhat: last.map(
          (value, k, i) => (value + yhat.at(Math.max(1, lengths[i]! - 1)).get(k, i)) / 2,
        ),
      };
    },
  },
  {
    name: "middle-step",
    mistake: "Each example is answered in the middle of its steps.",
    hint: "After which step has everything been read?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const last = right(x, a_0, parameters, cell, mask).yhat;
      const lengths = lengthsOf(x, mask);
      const { yhat } = rnnForward(x, a_0, parameters, cell);
      return { yhat: last.map((_, k, i) => yhat.at(Math.ceil(lengths[i]! / 2)).get(k, i)) };
    },
  },
  {
    name: "one-step-before-the-end",
    mistake: "Where there is a mask, the answer is taken one step before the example's last one.",
    hint: "Is the mask 1 or 0 at an example's last step?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      if (mask === undefined) return right(x, a_0, parameters, cell);
      const ends = lengthsOf(x, mask).map((T) => Math.max(1, T - 1));
      const shorter = mask.map((mask_t, t) => mask_t.map((_, _row, i) => (t <= ends[i]! ? 1 : 0)));
      return right(x, a_0, parameters, cell, shorter);
    },
  },
  {
    name: "last-step-not-read",
    mistake:
      "The loop ends a step before x does: the longest examples are read one step too short.",
    hint: "For which t does your loop run? How many steps has x?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const T = Math.max(1, x.T_x - 1);
      return right(x.slice(1, T), a_0, parameters, cell, mask?.slice(1, T));
    },
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.manyToOne>[] = [
  {
    name: "stopped-after-k",
    mistake: (k) => `It reads ${k} step${k === 1 ? "" : "s"} of x and no more.`,
    hint: "The answer is given when everything has been read.",
    constants: stepsWithin("T_x"),
    wrong: (right, k) => (x, a_0, parameters, cell, mask) => {
      const T = Math.min(k, x.T_x);
      return right(x.slice(1, T), a_0, parameters, cell, mask?.slice(1, T));
    },
  },
];

/** How many steps each example has. */
function lengthsOf(
  x: Sequence<"n_x", "m">,
  mask: Sequence<"1", "m"> | undefined,
): readonly number[] {
  return Array.from({ length: x.cols }, (_, i) =>
    mask === undefined
      ? x.T_x
      : Array.from(mask).reduce((sum, mask_t) => sum + mask_t.get(0, i), 0),
  );
}
