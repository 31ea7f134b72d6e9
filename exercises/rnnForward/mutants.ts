import {
  type Mat,
  type RnnCell,
  rnnCellForward,
  type RnnForward,
  Sequence,
  softmax,
} from "../../src/index.js";
import { stepsWithin } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
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
  {
    name: "input-one-step-late",
    mistake: "Every step reads the input of the step before it, and the first one reads zeros.",
    hint: "Write down which x the cell gets at t = 1 and at t = 2.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) =>
      right(
        x.map((x_t, t) => (t === 1 ? x_t.times(0) : x.at(t - 1))),
        a_0,
        parameters,
        cell,
      ),
  },
  {
    name: "first-step-missing",
    mistake: "The loop begins at t = 2: x⟨1⟩ is never read, and one step is missing.",
    hint: "How many states do you return, and how many inputs are there?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => right(x.slice(2, x.T_x), a_0, parameters, cell),
  },
  {
    name: "loop-ends-early",
    mistake: "The loop ends at T_x − 1: x⟨T_x⟩ is never read, and one step is missing.",
    hint: "How many states do you return, and how many inputs are there?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) =>
      right(x.slice(1, x.T_x - 1), a_0, parameters, cell),
  },
  {
    name: "a-0-counted",
    mistake: "a begins with a⟨0⟩: it holds one state too many.",
    hint: "a⟨1⟩ is the first state that you made yourself.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, a: Sequence.of([a_0, ...answer.a]) };
    },
  },
  {
    name: "last-state-everywhere",
    mistake: "Every entry of a is the last state: one matrix was filled again and again.",
    hint: "Print a⟨1⟩ and a⟨2⟩. Is each step's state a matrix of its own?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, a: answer.a.map(() => answer.a.at(x.T_x)) };
    },
  },
  {
    name: "last-prediction-everywhere",
    mistake: "Every entry of yhat is the last prediction.",
    hint: "Print ŷ⟨1⟩ and ŷ⟨2⟩. Is each step's prediction kept?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, yhat: answer.yhat.map(() => answer.yhat.at(x.T_x)) };
    },
  },
  {
    name: "predictions-one-step-early",
    mistake: "yhat holds ŷ⟨2⟩, …, ŷ⟨T_x⟩ and the last one again: each stands one step too early.",
    hint: "Compare the prediction at t = 1 with what the first call of the cell returns.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      const yhat = answer.yhat.map((_, t) => answer.yhat.at(Math.min(t + 1, x.T_x)));
      return { ...answer, yhat };
    },
  },
  {
    name: "states-and-predictions-exchanged",
    mistake: "a holds the predictions, and yhat the states.",
    hint: "How many rows has a state, and how many a prediction?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const { a, yhat, caches } = right(x, a_0, parameters, cell);
      return { a: yhat, yhat: a, caches };
    },
  },
  {
    name: "caches-reversed",
    mistake: "The caches are in reverse: the last step's comes first.",
    hint: "The way back will turn round by itself. Which cache does it expect in the first place?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, caches: Array.from(answer.caches).reverse() };
    },
  },
  {
    name: "cache-of-the-step-before",
    mistake: "Each step is given the cache of the step before it.",
    hint: "Look into the second cache: is its x_t the second input?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      const { caches } = answer;
      return { ...answer, caches: caches.map((_, index) => caches[Math.max(0, index - 1)]!) };
    },
  },
  {
    name: "one-cache",
    mistake: "caches holds one cache, the last step's.",
    hint: "Each step's way back needs what that step itself has seen. How many caches is that?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, caches: answer.caches.slice(-1) };
    },
  },
  {
    name: "states-added-up",
    mistake: "The new state was added to the old one in place of taking over from it.",
    hint: "Does the cell return a change of the state, or the state?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      let total = a_0;
      const adding: RnnCell = (x_t, _a_prev, shared) => {
        const step = cell(x_t, total, shared);
        total = total.add(step.a_next);
        return step;
      };
      return right(x, a_0, parameters, adding);
    },
  },
  {
    name: "prediction-for-state",
    mistake: "The next step was given the prediction ŷ⟨t⟩ as its state.",
    hint: "The cell returns two matrices. Which of them is its memory?",
    caughtBy: "as many units as inputs",
    wrong: (right) => (x, a_0, parameters, cell) => {
      let said: Mat | undefined;
      const confused: RnnCell = (x_t, _a_prev, shared) => {
        const step = cell(x_t, (said ?? a_0) as typeof a_0, shared);
        said = step.yhat_t;
        return step;
      };
      return right(x, a_0, parameters, confused);
    },
  },
  {
    name: "prediction-for-input",
    mistake: "From the second step on the cell reads its own prediction in place of x⟨t⟩.",
    hint: "Here all inputs are given. Where is x.at(t) in your loop?",
    caughtBy: "as many units as inputs",
    wrong: (right) => (x, a_0, parameters, cell) => {
      let said: Mat | undefined;
      const deaf: RnnCell = (x_t, a_prev, shared) => {
        const step = cell((said ?? x_t) as typeof x_t, a_prev, shared);
        said = step.yhat_t;
        return step;
      };
      return right(x, a_0, parameters, deaf);
    },
  },
  {
    name: "cell-called-twice",
    mistake:
      "The cell was called twice a step: ŷ⟨t⟩ and the cache come from a call with the new state.",
    hint: "One call gives everything that a step needs. How often do you call the cell?",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell) =>
      right(x, a_0, parameters, (x_t, a_prev, shared) => {
        const { a_next } = cell(x_t, a_prev, shared);
        return { ...cell(x_t, a_next, shared), a_next };
      }),
  },
  {
    name: "two-steps-an-input",
    mistake: "The cell was called twice a step, and the state went on twice.",
    hint: "One call is one step in time. How often do you call the cell?",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell) =>
      right(x, a_0, parameters, (x_t, a_prev, shared) =>
        cell(x_t, cell(x_t, a_prev, shared).a_next, shared),
      ),
  },
  {
    name: "written-into-a-0",
    mistake: "The states were written into a⟨0⟩: the caller's matrix is changed.",
    hint: "Whoever called you may start again from the same a⟨0⟩.",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(
        x,
        a_0.map((value) => value),
        parameters,
        cell,
      );
      a_0.data.set(answer.a.at(x.T_x).data);
      return answer;
    },
  },
  {
    name: "last-input-everywhere",
    mistake: "Every step reads x⟨T_x⟩.",
    hint: "Which x belongs to step t?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) =>
      right(
        x.map((_x_t, t) => x.at(t > 0 ? x.T_x : t)),
        a_0,
        parameters,
        cell,
      ),
  },
  {
    name: "input-late",
    mistake: "Each step reads the input of the step before it.",
    hint: "Which x belongs to step t?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) =>
      right(
        x.map((_x_t, t) => x.at(Math.max(1, t - 1))),
        a_0,
        parameters,
        cell,
      ),
  },
  {
    name: "input-early",
    mistake: "Each step reads the input of the step after it.",
    hint: "Which x belongs to step t?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) =>
      right(
        x.map((_x_t, t) => x.at(Math.min(x.T_x, t + 1))),
        a_0,
        parameters,
        cell,
      ),
  },
  {
    name: "first-cache-everywhere",
    mistake: "Every entry of caches is the first step's cache.",
    hint: "Which cache is kept after step t?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, caches: answer.caches.map(() => answer.caches[0]!) };
    },
  },
  {
    name: "states-for-predictions",
    mistake: "yhat holds the states.",
    hint: "What does the cell return beside the state?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, yhat: answer.a };
    },
  },
  {
    name: "all-reversed",
    mistake: "The entries are in reverse: the last step's come first.",
    hint: "Where in a list does a new step belong?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const { a, yhat, caches } = right(x, a_0, parameters, cell);
      return { a: a.reverse(), yhat: yhat.reverse(), caches: Array.from(caches).reverse() };
    },
  },
  {
    name: "state-averaged",
    mistake: "The next step starts from the mean of the new state and the old one.",
    hint: "Which state does the cell return for the next step?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      let carried = a_0;
      return right(x, a_0, parameters, (x_t, _a_prev, shared) => {
        const step = cell(x_t, carried, shared);
        carried = step.a_next.add(carried).times(0.5);
        return step;
      });
    },
  },
  {
    name: "last-state-only",
    mistake: "a holds the last state alone.",
    hint: "Each step has a state. Where are the earlier ones kept?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, a: answer.a.slice(x.T_x, x.T_x) };
    },
  },
  {
    name: "last-prediction-only",
    mistake: "yhat holds the last prediction alone.",
    hint: "Each step has a prediction. Where are the earlier ones kept?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, yhat: answer.yhat.slice(x.T_x, x.T_x) };
    },
  },
  {
    name: "state-one-step-late",
    mistake:
      "The state is handed on one step late: each step starts from the state of the step before the last.",
    hint: "Which line comes first in your loop: the call, or keeping the state?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      let [carried, next] = [a_0, a_0];
      return right(x, a_0, parameters, (x_t, _a_prev, shared) => {
        const step = cell(x_t, carried, shared);
        [carried, next] = [next, step.a_next];
        return step;
      });
    },
  },
  {
    name: "softmax-again",
    mistake: "A softmax was taken of what the cell gives: ŷ⟨t⟩ had one before.",
    hint: "What does the cell return as ŷ⟨t⟩: scores or probabilities?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, cell) => {
      const answer = right(x, a_0, parameters, cell);
      return { ...answer, yhat: answer.yhat.map((yhat_t) => softmax(yhat_t)) };
    },
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.rnnForward>[] = [
  {
    name: "stopped-after-k",
    mistake: (k) => `The loop stops after ${k} step${k === 1 ? "" : "s"}, however long x is.`,
    hint: "Where does the number of steps come from?",
    constants: stepsWithin("T_x"),
    wrong: (right, k) => (x, a_0, parameters, cell) =>
      right(x.slice(1, Math.min(k, x.T_x)), a_0, parameters, cell),
  },
  {
    name: "reset-every-k",
    mistake: (k) =>
      `The state starts anew from a⟨0⟩ after every ${k === 1 ? "step" : `${k} steps`}.`,
    hint: "a⟨0⟩ stands before the first step, and before no other.",
    constants: stepsWithin("T_x"),
    wrong: (right, k) => (x, a_0, parameters, cell) => {
      const blocks: ReturnType<typeof right>[] = [];
      for (let from = 1; from <= x.T_x; from += k) {
        const block = x.slice(from, Math.min(from + k - 1, x.T_x));
        blocks.push(right(block, a_0, parameters, cell));
      }
      return {
        a: Sequence.of(blocks.flatMap(({ a }) => Array.from(a))),
        yhat: Sequence.of(blocks.flatMap(({ yhat }) => Array.from(yhat))),
        caches: blocks.flatMap(({ caches }) => caches),
      };
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
