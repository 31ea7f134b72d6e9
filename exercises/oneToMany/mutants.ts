import {
  Mat,
  mostLikely,
  type RnnCell,
  rnnCellForward,
  rnnForward,
  type RnnStep,
  Sequence,
} from "../../src/index.js";
import { stepsWithin } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
import { plainFactors } from "../otherFunctions.js";
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
  {
    name: "x-1-ignored",
    mistake: "The first step reads zeros: x⟨1⟩ is never used.",
    hint: "One input there is. Which step reads it?",
    caughtBy: "one step",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) =>
      right(x_1.times(0), a_0, parameters, T_y, cell),
  },
  {
    name: "one-step-short",
    mistake: "The loop ends at T_y − 1: one step is missing.",
    hint: "t runs up to T_y, and T_y is included.",
    caughtBy: "two steps",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) =>
      right(x_1, a_0, parameters, T_y - 1, cell),
  },
  {
    name: "one-step-too-many",
    mistake: "The loop runs to T_y + 1: there is one step too many.",
    hint: "How many predictions do you return, and how many were asked for?",
    caughtBy: "one step",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) =>
      right(x_1, a_0, parameters, T_y + 1, cell),
  },
  {
    name: "input-counted-as-prediction",
    mistake: "yhat begins with x⟨1⟩: every prediction stands one step too late.",
    hint: "ŷ⟨1⟩ is the first thing that the network says, not what it is told.",
    caughtBy: "one step",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0, parameters, T_y, cell);
      const { yhat } = answer;
      return { ...answer, yhat: yhat.map((_, t) => (t === 1 ? (x_1 as Mat) : yhat.at(t - 1))) };
    },
  },
  {
    name: "prediction-one-step-late",
    mistake: "Each step reads the prediction of the step before the last one: x⟨t+1⟩ = ŷ⟨t−1⟩.",
    hint: "Which line comes first in your loop: handing on what was said, or saying it?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      let [input, next]: [Mat, Mat] = [x_1, x_1];
      const late: RnnCell = (_x_t, a_prev, shared) => {
        const step = cell(input as typeof x_1, a_prev, shared);
        [input, next] = [next, step.yhat_t];
        return step;
      };
      return right(x_1, a_0, parameters, T_y, late);
    },
  },
  {
    name: "first-input-added",
    mistake: "x⟨1⟩ was added to every prediction that was fed back.",
    hint: "After the first step the network reads what it said, and nothing else.",
    caughtBy: "two steps",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      let isFirst = true;
      const reminded: RnnCell = (x_t, a_prev, shared) => {
        const input = isFirst ? x_t : x_t.add(x_1);
        isFirst = false;
        return cell(input, a_prev, shared);
      };
      return right(x_1, a_0, parameters, T_y, reminded);
    },
  },
  {
    name: "predictions-added-up",
    mistake: "Each prediction was added to the input before it: x⟨t+1⟩ = x⟨t⟩ + ŷ⟨t⟩.",
    hint: "The next input is the prediction, not a change of the input.",
    caughtBy: "two steps",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      let total: Mat = x_1.times(0);
      const adding: RnnCell = (x_t, a_prev, shared) => {
        total = total.add(x_t);
        return cell(total as typeof x_t, a_prev, shared);
      };
      return right(x_1, a_0, parameters, T_y, adding);
    },
  },
  {
    name: "states-shifted",
    mistake: "a holds a⟨0⟩, …, a⟨T_y−1⟩: each state stands one step too late.",
    hint: "Which state belongs to step 1: the one before x⟨1⟩ was read, or the one after?",
    caughtBy: "one step",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0, parameters, T_y, cell);
      return { ...answer, a: answer.a.map((_, t) => (t === 1 ? a_0 : answer.a.at(t - 1))) };
    },
  },
  {
    name: "a-0-counted",
    mistake: "a begins with a⟨0⟩: it holds one state too many.",
    hint: "a⟨1⟩ is the first state that you made yourself.",
    caughtBy: "one step",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0, parameters, T_y, cell);
      return { ...answer, a: Sequence.of([a_0, ...answer.a]) };
    },
  },
  {
    name: "last-state-everywhere",
    mistake: "Every entry of a is the last state: one matrix was filled again and again.",
    hint: "Print a⟨1⟩ and a⟨2⟩. Is each step's state a matrix of its own?",
    caughtBy: "two steps",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0, parameters, T_y, cell);
      return { ...answer, a: answer.a.map(() => answer.a.at(T_y)) };
    },
  },
  {
    name: "caches-reversed",
    mistake: "The caches are in reverse: the last step's comes first.",
    hint: "The way back will turn round by itself. Which cache does it expect in the first place?",
    caughtBy: "two steps",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0, parameters, T_y, cell);
      return { ...answer, caches: Array.from(answer.caches).reverse() };
    },
  },
  {
    name: "last-cache-only",
    mistake: "Every entry of caches is the last step's cache.",
    hint: "Each step's way back needs what that step itself has seen.",
    caughtBy: "two steps",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0, parameters, T_y, cell);
      return { ...answer, caches: answer.caches.map(() => answer.caches.at(-1)!) };
    },
  },
  {
    name: "cell-called-twice",
    mistake: "The cell was called twice a step: ŷ⟨t⟩ comes from a call with the new state.",
    hint: "One call gives everything that a step needs. How often do you call the cell?",
    caughtBy: "one step",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) =>
      right(x_1, a_0, parameters, T_y, (x_t, a_prev, shared) => {
        const { a_next } = cell(x_t, a_prev, shared);
        return { ...cell(x_t, a_next, shared), a_next };
      }),
  },

  {
    name: "written-into-a-0",
    mistake: "The states were written into a⟨0⟩: the caller's matrix is changed.",
    hint: "Whoever called you may start again from the same a⟨0⟩.",
    caughtBy: "one step",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0.times(1), parameters, T_y, cell);
      a_0.data.set(answer.a.at(T_y).data);
      return answer;
    },
  },
  {
    name: "first-cache-everywhere",
    mistake: "Every entry of caches is the first step's cache.",
    hint: "Which cache is kept after step t?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0, parameters, T_y, cell);
      return { ...answer, caches: answer.caches.map(() => answer.caches[0]!) };
    },
  },
  {
    name: "states-for-predictions",
    mistake: "yhat holds the states.",
    hint: "What does the cell return beside the state?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0, parameters, T_y, cell);
      return { ...answer, yhat: answer.a };
    },
  },
  {
    name: "prediction-rescaled",
    mistake: "ŷ was divided by its sum before it was fed back.",
    hint: "What does the next step read: ŷ⟨t⟩, or something made of it?",
    caughtBy: "ordinary sizes",
    wrong: () => (x_1, a_0, parameters, T_y, cell) => {
      let said: Mat | undefined;
      return rnnForward(
        Sequence.build(T_y, () => x_1),
        a_0,
        parameters,
        (x_t, a_prev, shared) => {
          const totals = said?.sumRows();
          const input = said?.map((value, _k, i) => value / totals!.get(0, i)) ?? x_t;
          const step = cell(input as typeof x_t, a_prev, shared);
          said = step.yhat_t;
          return step;
        },
      );
    },
  },
  {
    name: "state-forgotten",
    mistake: "Every step but the first starts from a state of zeros.",
    hint: "Two things go from step to step: the prediction and the state.",
    caughtBy: "two steps",
    wrong: () => (x_1, a_0, parameters, T_y, cell) => {
      let said: Mat | undefined;
      return rnnForward(
        Sequence.build(T_y, () => x_1),
        a_0,
        parameters,
        (x_t, a_prev, shared) => {
          const step = cell(
            (said ?? x_t) as typeof x_t,
            said === undefined ? a_prev : a_prev.times(0),
            shared,
          );
          said = step.yhat_t;
          return step;
        },
      );
    },
  },
  {
    name: "last-prediction-only",
    mistake: "yhat holds the last prediction alone.",
    hint: "Each step has a prediction. Where are the earlier ones kept?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_1, a_0, parameters, T_y, cell) => {
      const answer = right(x_1, a_0, parameters, T_y, cell);
      return { ...answer, yhat: answer.yhat.slice(T_y, T_y) };
    },
  },
  {
    name: "first-input-twice",
    mistake: "x⟨1⟩ is read at the first two steps; only then the predictions are fed back.",
    hint: "What does the second step read?",
    caughtBy: "two steps",
    wrong: () => (x_1, a_0, parameters, T_y, cell) => {
      let [n, said]: [number, Mat] = [0, x_1];
      return rnnForward(
        Sequence.build(T_y, () => x_1),
        a_0,
        parameters,
        (x_t, a_prev, shared) => {
          const step = cell((n++ < 2 ? x_t : said) as typeof x_t, a_prev, shared);
          said = step.yhat_t;
          return step;
        },
      );
    },
  },
  {
    name: "state-averaged",
    mistake: "The next step starts from the mean of the new state and the old one.",
    hint: "Two things go from step to step, each as it is.",
    caughtBy: "ordinary sizes",
    wrong: () => (x_1, a_0, parameters, T_y, cell) =>
      spoken(x_1, a_0, T_y, (x_t, a_prev) => {
        const step = cell(x_t as never, a_prev as never, parameters);
        return { step, next: step.yhat_t, state: step.a_next.add(a_prev as never).times(0.5) };
      }),
  },
  {
    name: "first-input-mixed-in",
    mistake: "The mean of ŷ⟨t⟩ and x⟨1⟩ is fed back.",
    hint: "What does the next step read: ŷ⟨t⟩, or something made of it?",
    caughtBy: "ordinary sizes",
    wrong: () => (x_1, a_0, parameters, T_y, cell) =>
      spoken(x_1, a_0, T_y, (x_t, a_prev) => {
        const step = cell(x_t as never, a_prev as never, parameters);
        return { step, next: (step.yhat_t as Mat).add(x_1).times(0.5), state: step.a_next };
      }),
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.oneToMany>[] = [
  {
    name: "stopped-after-k",
    mistake: (k) => `It makes ${k} step${k === 1 ? "" : "s"} at the most, whatever T_y is.`,
    hint: "How many predictions were asked for?",
    constants: stepsWithin("T_y"),
    wrong: (right, k) => (x_1, a_0, parameters, T_y, cell) =>
      right(x_1, a_0, parameters, Math.min(k, T_y), cell),
  },
  {
    name: "prediction-scaled",
    mistake: (k) => `The prediction was multiplied by ${k} before it was fed back.`,
    hint: "What does the next step read: ŷ⟨t⟩, or something made of it?",
    constants: plainFactors,
    wrong: (_right, k) => (x_1, a_0, parameters, T_y, cell) =>
      spoken(x_1, a_0, T_y, (x_t, a_prev) => {
        const step = cell(x_t as never, a_prev as never, parameters);
        return { step, next: step.yhat_t.times(k), state: step.a_next };
      }),
  },
];

/** T_y steps, each of which says what the next one reads and starts from. */
function spoken(
  x_1: Mat,
  a_0: Mat,
  T_y: number,
  next: (
    x_t: Mat,
    a_prev: Mat,
  ) => { readonly step: RnnStep; readonly next: Mat; readonly state: Mat },
): unknown {
  const steps: RnnStep[] = [];
  let [x_t, a_prev] = [x_1, a_0];
  for (let t = 1; t <= T_y; t++) {
    const one = next(x_t, a_prev);
    steps.push(one.step);
    [x_t, a_prev] = [one.next, one.state];
  }
  return {
    a: Sequence.of(steps.map((step) => step.a_next)),
    yhat: Sequence.of(steps.map((step) => step.yhat_t)),
    caches: steps.map((step) => step.cache),
  };
}
