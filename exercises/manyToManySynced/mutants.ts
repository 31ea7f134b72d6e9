import { Mat, rnnCellForward, rnnForward, Sequence } from "../../src/index.js";
import type { Family, Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type A = Mat<"n_a", "m">;

/** The wrong ways to treat padding. */
export const mutants: readonly Mutant<typeof starter.manyToManySynced>[] = [
  {
    name: "mask-ignored",
    mistake:
      "The mask is ignored, or only its first step is used: the network reads the padding and predicts there.",
    hint: "What should an example do at a step that it does not have?",
    caughtBy: "different lengths",
    wrong: () => (x, a_0, parameters, cell) => rnnForward(x, a_0, parameters, cell),
  },
  {
    name: "state-zeroed",
    mistake: "At padded steps the state becomes zero in place of staying as it was.",
    hint: "The state after an example's end is the state at its end.",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0, parameters, cell, mask);
      return { ...answer, a: answer.a.map((a_t, t) => a_t.times(mask.at(t))) };
    },
  },
  {
    name: "prediction-not-masked",
    mistake: "The state stands still at padded steps, but the prediction there is not zero.",
    hint: "No step, no prediction.",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0, parameters, cell, mask);
      const yhat = x.map((x_t, t) => {
        const a_prev = t === 1 ? a_0 : answer.a.at(t - 1);
        return cell(x_t, a_prev, parameters).yhat_t;
      });
      return { ...answer, yhat };
    },
  },
  {
    name: "mask-turned-round",
    mistake: "The mask is used the wrong way round: padding is read and words are skipped.",
    hint: "The mask is 1 where there is a word.",
    caughtBy: "equal lengths",
    wrong: () => (x, a_0, parameters, cell, mask) => {
      const turned = mask.map((mask_t) => mask_t.map((value) => 1 - value));
      const states: Mat<"n_a", "m">[] = [];
      const predictions: Mat<"n_y", "m">[] = [];
      let a_prev: A = a_0;
      for (let t = 1; t <= x.T_x; t++) {
        const { a_next, yhat_t } = cell(x.at(t), a_prev, parameters);
        a_prev = a_next.times(turned.at(t)).add(a_prev.times(mask.at(t)));
        states.push(a_prev);
        predictions.push(yhat_t.times(turned.at(t)));
      }
      return { a: Sequence.of(states), yhat: Sequence.of(predictions) };
    },
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
    name: "a-0-ignored",
    mistake: "The given a⟨0⟩ is ignored: the first step starts from zeros.",
    hint: "a⟨0⟩ is usually zero, but it is an argument: where do you use it?",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(x, a_0.times(0), parameters, cell, mask),
  },
  {
    name: "input-masked",
    mistake:
      "The mask was put on the input only: the network goes on with zeros behind an example's end.",
    hint: "Reading zeros is a step too: does a state stand still when its input is zero?",
    caughtBy: "different lengths",
    wrong: () => (x, a_0, parameters, cell, mask) =>
      rnnForward(
        x.map((x_t, t) => x_t.times(mask.at(t))),
        a_0,
        parameters,
        cell,
      ),
  },
  {
    name: "state-not-held",
    mistake: "The predictions are zero at padded steps, but the state goes on there.",
    hint: "The state after an example's end is the state at its end.",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => ({
      ...right(x, a_0, parameters, cell, mask),
      a: rnnForward(x, a_0, parameters, cell).a,
    }),
  },
  {
    name: "last-prediction-held",
    mistake: "At padded steps the last prediction is said again in place of nothing.",
    hint: "The state stays; does an example that has ended still predict?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0, parameters, cell, mask);
      let said = answer.yhat.at(1);
      const yhat = answer.yhat.map((yhat_t, t) => {
        const before = said;
        said = yhat_t.map((value, k, i) => (mask.at(t).get(0, i) === 1 ? value : before.get(k, i)));
        return said;
      });
      return { ...answer, yhat };
    },
  },
  {
    name: "state-back-to-a-0",
    mistake: "At padded steps the state goes back to a⟨0⟩.",
    hint: "The state after an example's end is the state at its end.",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0, parameters, cell, mask);
      const a = answer.a.map((a_t, t) =>
        a_t.map((value, k, i) => (mask.at(t).get(0, i) === 1 ? value : a_0.get(k, i))),
      );
      return { ...answer, a };
    },
  },
  {
    name: "mask-one-step-late",
    mistake: "Each step used the mask of the step before it.",
    hint: "Does the mask of step t say whether there is an x⟨t⟩, or an x⟨t+1⟩?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        cell,
        mask.map((mask_t, t) => (t === 1 ? mask_t : mask.at(t - 1))),
      ),
  },
  {
    name: "mask-one-step-early",
    mistake: "Each step used the mask of the step after it: the last word is not read.",
    hint: "Does the mask of step t say whether there is an x⟨t⟩, or an x⟨t+1⟩?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        cell,
        mask.map((_, t) => mask.at(Math.min(t + 1, x.T_x))),
      ),
  },
  {
    name: "one-end-for-all",
    mistake: "All examples stop where the shortest one ends.",
    hint: "Each example has a mask of its own.",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        cell,
        mask.map((mask_t) => mask_t.map(() => Math.min(...mask_t.data))),
      ),
  },
  {
    name: "last-mask-for-all",
    mistake: "The last step's mask was used at every step: short examples read nothing at all.",
    hint: "The mask has a row for each step. Which one does your loop look at?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        cell,
        mask.map(() => mask.at(x.T_x)),
      ),
  },
  {
    name: "state-not-carried",
    mistake: "Every step starts from a⟨0⟩: the state is not handed to the next step.",
    hint: "After a step, which state should the next one be given?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(x, a_0, parameters, (x_t, _a_prev, shared) => cell(x_t, a_0, shared), mask),
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
    name: "backwards",
    mistake: "The sequence is read from its end: the first step gets x⟨T_x⟩.",
    hint: "Time runs from 1 to T_x.",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(x.reverse(), a_0, parameters, cell, mask),
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
    name: "states-shifted",
    mistake: "a holds a⟨0⟩, …, a⟨T_x−1⟩: each state stands one step too late.",
    hint: "Which state belongs to step 1: the one before x⟨1⟩ was read, or the one after?",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0, parameters, cell, mask);
      return { ...answer, a: answer.a.map((_, t) => (t === 1 ? a_0 : answer.a.at(t - 1))) };
    },
  },
  {
    name: "loop-ends-early",
    mistake: "The loop ends at T_x − 1: one step is missing.",
    hint: "How many states do you return, and how many inputs are there?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(x.slice(1, x.T_x - 1), a_0, parameters, cell, mask.slice(1, x.T_x - 1)),
  },

  {
    name: "written-into-a-0",
    mistake: "The states were written into a⟨0⟩: the caller's matrix is changed.",
    hint: "Whoever called you may start again from the same a⟨0⟩.",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0.times(1), parameters, cell, mask);
      a_0.data.set(answer.a.at(x.T_x).data);
      return answer;
    },
  },
  {
    name: "unheld-state-carried",
    mistake: "The held state was returned, but the next step starts from the cell's own.",
    hint: "Which state does the step after a padded one start from?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const { a, yhat } = rnnForward(x, a_0, parameters, cell);
      const held = a.map((a_t, t) =>
        a_t.map((value, k, i) =>
          mask.at(t).get(0, i) === 1 ? value : (t === 1 ? a_0 : a.at(t - 1)).get(k, i),
        ),
      );
      return {
        ...right(x, a_0, parameters, cell, mask),
        a: held,
        yhat: yhat.map((yhat_t, t) => yhat_t.times(mask.at(t))),
      };
    },
  },
  {
    name: "input-late",
    mistake: "Each step reads the input of the step before it.",
    hint: "Which x belongs to step t?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x.map((_x_t, t) => x.at(Math.max(1, t - 1))),
        a_0,
        parameters,
        cell,
        mask,
      ),
  },
  {
    name: "prediction-mask-turned-round",
    mistake: "The mask is the wrong way round for the predictions: those of words became zero.",
    hint: "The mask is 1 where there is a word.",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0, parameters, cell, mask);
      const yhat = x.map((x_t, t) => {
        const a_prev = t === 1 ? a_0 : answer.a.at(t - 1);
        return cell(x_t, a_prev, parameters).yhat_t.times(mask.at(t).times(-1).add(1));
      });
      return { ...answer, yhat };
    },
  },
  {
    name: "states-for-predictions",
    mistake: "yhat holds the states.",
    hint: "What does the cell return beside the state?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const { a } = right(x, a_0, parameters, cell, mask);
      return { a, yhat: a };
    },
  },
  {
    name: "first-example-s-mask",
    mistake: "The first example's mask was used for all.",
    hint: "Each example has an end of its own: which column of the mask is its?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        cell,
        mask.map((mask_t) => mask_t.map(() => mask_t.get(0, 0))),
      ),
  },
  {
    name: "states-one-step-late",
    mistake:
      "a is one step late: each entry is the state of the step before, and the first one is repeated.",
    hint: "Which state belongs to step 1: the one before x⟨1⟩ was read, or the one after?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0, parameters, cell, mask);
      return { ...answer, a: answer.a.map((_, t) => answer.a.at(Math.max(1, t - 1))) };
    },
  },
  {
    name: "ones-for-predictions",
    mistake: "At padded steps the prediction is 1 in place of zero.",
    hint: "No step, no prediction.",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0, parameters, cell, mask);
      const yhat = answer.yhat.map((yhat_t, t) =>
        yhat_t.map((value, _k, i) => (mask.at(t).get(0, i) === 1 ? value : 1)),
      );
      return { ...answer, yhat };
    },
  },
  {
    name: "nothing-carried",
    mistake:
      "Every step starts from a⟨0⟩, and padded ones go back to it: no state is handed to the next step.",
    hint: "Which variable does the next round of your loop start from?",
    caughtBy: "equal lengths",
    wrong: () => (x, a_0, parameters, cell, mask) => {
      const steps = Array.from(x, (x_t) => cell(x_t, a_0, parameters));
      const isOn = (t: number, i: number): boolean => mask.at(t).get(0, i) === 1;
      return {
        a: Sequence.build(x.T_x, (t) =>
          a_0.map((value, k, i) => (isOn(t, i) ? steps[t - 1]!.a_next.get(k, i) : value)),
        ),
        yhat: Sequence.build(x.T_x, (t) => steps[t - 1]!.yhat_t.times(mask.at(t))),
      };
    },
  },
  {
    name: "last-example-s-mask",
    mistake: "The last example's mask was used for all.",
    hint: "Each example has an end of its own: which column of the mask is its?",
    caughtBy: "different lengths",
    wrong: (right) => (x, a_0, parameters, cell, mask) =>
      right(
        x,
        a_0,
        parameters,
        cell,
        mask.map((mask_t) => mask_t.map(() => mask_t.get(0, mask_t.cols - 1))),
      ),
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.manyToManySynced>[] = [
  {
    name: "state-mixed-at-padding",
    mistake: (k) =>
      `At padded steps the state is ${k} of the new one and ${Number((1 - k).toFixed(2))} of the old one.`,
    hint: "The state after an example's end is the state at its end.",
    constants: () => [0.5, 0.1, 0.9],
    wrong: (right, k) => (x, a_0, parameters, cell, mask) => {
      const a: A[] = [];
      let a_prev = a_0;
      for (let t = 1; t <= x.T_x; t++) {
        const old = a_prev;
        const share = (i: number): number => (mask.at(t).get(0, i) === 1 ? 1 : k);
        a_prev = cell(x.at(t), old, parameters).a_next.map(
          (value, unit, i) => share(i) * value + (1 - share(i)) * old.get(unit, i),
        );
        a.push(a_prev);
      }
      return { ...right(x, a_0, parameters, cell, mask), a: Sequence.of(a) };
    },
  },
  {
    name: "prediction-scaled-at-padding",
    mistake: (k) => `At padded steps stands ${k} times a prediction in place of nothing.`,
    hint: "No step, no prediction.",
    constants: () => [0.5, 0.1, 0.9],
    wrong: (right, k) => (x, a_0, parameters, cell, mask) => {
      const answer = right(x, a_0, parameters, cell, mask);
      const yhat = answer.yhat.map((yhat_t, t) => {
        const a_prev = t === 1 ? a_0 : answer.a.at(t - 1);
        const said = cell(x.at(t), a_prev, parameters).yhat_t;
        return yhat_t.map((value, row, i) =>
          mask.at(t).get(0, i) === 1 ? value : k * said.get(row, i),
        );
      });
      return { ...answer, yhat };
    },
  },
];
