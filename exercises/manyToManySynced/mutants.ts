import { Mat, rnnCellForward, rnnForward, Sequence } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type A = Mat<"n_a", "m">;

/** The wrong ways to treat padding. */
export const mutants: readonly Mutant<typeof starter.manyToManySynced>[] = [
  {
    name: "mask-ignored",
    mistake: "The mask is ignored: the network reads the padding and predicts there.",
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
];
