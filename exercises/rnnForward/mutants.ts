import { type RnnCell, rnnCellForward, type RnnForward, Sequence } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to unroll. */
export const mutants: readonly Mutant<typeof starter.rnnForward>[] = [
  {
    name: "a-0-ignored",
    mistake: "The given a⟨0⟩ is ignored: the first step starts from zeros.",
    hint: "a⟨0⟩ is usually zero, but it is an argument: where do you use it?",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell) => right(x, a_0.times(0), parameters, cell),
  },
  {
    name: "state-not-carried",
    mistake: "Every step starts from a⟨0⟩: the state is not handed to the next step.",
    hint: "After a step, which state should the next one be given?",
    caughtBy: "ordinary sizes",
    wrong: () => (x, a_0, parameters, cell) => {
      const steps = Array.from(x, (x_t) => cell(x_t, a_0, parameters));
      return assembled(steps);
    },
  },
  {
    name: "first-input-repeated",
    mistake: "Every step reads x⟨1⟩.",
    hint: "Which step's input does the cell get in the second round?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) =>
      right(
        x.map(() => x.at(1)),
        a_0,
        parameters,
        cell,
      ),
  },
  {
    name: "backwards",
    mistake: "The sequence is read from its end: the first step gets x⟨T_x⟩.",
    hint: "Time runs from 1 to T_x.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => right(x.reverse(), a_0, parameters, cell),
  },
  {
    name: "states-shifted",
    mistake: "a holds a⟨0⟩, …, a⟨T_x−1⟩: each state stands one step too late.",
    hint: "Which state belongs to step 1: the one before x⟨1⟩ was read, or the one after?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, a: answer.a.map((_, t) => (t === 1 ? a_0 : answer.a.at(t - 1))) };
    },
  },
  {
    name: "last-step-missing",
    mistake: "The loop ends one step early, so the last step repeats the one before it.",
    hint: "t runs up to T_x, and T_x is included.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const { a, yhat, caches } = right(x, a_0, parameters, cell);
      const early = (t: number): number => Math.max(1, Math.min(t, x.T_x - 1));
      return {
        a: a.map((_, t) => a.at(early(t))),
        yhat: yhat.map((_, t) => yhat.at(early(t))),
        caches: caches.map((_, index) => caches[early(index + 1) - 1]!),
      };
    },
  },
  {
    name: "own-cell",
    mistake: "The RNN's own cell was called in place of the one that was handed in.",
    hint: "The cell is an argument: another one must work as well.",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters) => right(x, a_0, parameters, rnnCellForward),
  },

  {
    name: "last-cache-only",
    mistake: "Every entry of caches is the last step's cache.",
    hint: "Each step's way back needs what that step itself has seen.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, caches: answer.caches.map(() => answer.caches.at(-1)!) };
    },
  },
];

function assembled(steps: readonly ReturnType<RnnCell>[]): RnnForward {
  return {
    a: Sequence.of(steps.map((step) => step.a_next)),
    yhat: Sequence.of(steps.map((step) => step.yhat_t)),
    caches: steps.map((step) => step.cache),
  };
}
