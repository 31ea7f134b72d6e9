import { type LstmCell, lstmCellForward, type Mat, Sequence } from "../../src/index.js";
import { stepsWithin } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type Forward = typeof starter.lstmForward;
type A = Mat<"n_a", "m">;

/** The wrong ways to unroll an LSTM. */
export const mutants: readonly Mutant<Forward>[] = [
  {
    name: "a-0-ignored",
    mistake: "The given a⟨0⟩ is ignored: the first step starts from a state of zeros.",
    hint: "a⟨0⟩ is usually zero, but it is an argument: where do you use it?",
    caughtBy: "one step",
    wrong: (right) => (x, a_0, parameters, options) => right(x, a_0.times(0), parameters, options),
  },
  {
    name: "c-0-ignored",
    mistake: "The given c⟨0⟩ is ignored: the first step starts from a memory of zeros.",
    hint: "c⟨0⟩ is usually zero, but it is an argument: where do you use it?",
    caughtBy: "one step",
    wrong:
      (right) =>
      (x, a_0, parameters, { c_0, cell }) =>
        right(x, a_0, parameters, { c_0: c_0.times(0), cell }),
  },
  {
    name: "a-0-for-c-0",
    mistake: "The memory starts from a⟨0⟩ in place of c⟨0⟩.",
    hint: "The memory has a start of its own, in the options.",
    caughtBy: "one step",
    wrong:
      (right) =>
      (x, a_0, parameters, { cell }) =>
        right(x, a_0, parameters, { c_0: a_0, cell }),
  },
  {
    name: "starts-exchanged",
    mistake: "a⟨0⟩ and c⟨0⟩ were taken for each other.",
    hint: "In which order does the cell take the state and the memory?",
    caughtBy: "one step",
    wrong:
      (right) =>
      (x, a_0, parameters, { c_0, cell }) =>
        right(x, c_0, parameters, { c_0: a_0, cell }),
  },
  {
    name: "state-not-carried",
    mistake: "Every step starts from the state a⟨0⟩; only the memory is handed on.",
    hint: "After a step, which state should the next one be given?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, a_0, parameters, { c_0, cell }) =>
        right(x, a_0, parameters, {
          c_0,
          cell: (x_t, _a_prev, c_prev, shared) => cell(x_t, a_0, c_prev, shared),
        }),
  },
  {
    name: "memory-not-carried",
    mistake: "Every step starts from the memory c⟨0⟩; only the state is handed on.",
    hint: "After a step, which memory should the next one be given?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, a_0, parameters, { c_0, cell }) =>
        right(x, a_0, parameters, {
          c_0,
          cell: (x_t, a_prev, _c_prev, shared) => cell(x_t, a_prev, c_0, shared),
        }),
  },
  {
    name: "nothing-carried",
    mistake: "Every step starts from a⟨0⟩ and c⟨0⟩: nothing is handed on.",
    hint: "After a step, what should the next one be given?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, a_0, parameters, { c_0, cell }) =>
        right(x, a_0, parameters, {
          c_0,
          cell: (x_t, _a, _c, shared) => cell(x_t, a_0, c_0, shared),
        }),
  },
  {
    name: "memory-emptied",
    mistake: "From the second step on the memory is zero: it is made anew in every round.",
    hint: "Is the line that makes the memory before the loop, or inside of it?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, a_0, parameters, { c_0, cell }) => {
        let isFirst = true;
        return right(x, a_0, parameters, {
          c_0,
          cell: (x_t, a_prev, c_prev, shared) => {
            const memory = isFirst ? c_prev : c_prev.times(0);
            isFirst = false;
            return cell(x_t, a_prev, memory, shared);
          },
        });
      },
  },
  {
    name: "state-carried-as-memory",
    mistake: "The next step was given a⟨t⟩ as its memory too.",
    hint: "The cell returns a state and a memory. Which of them goes where?",
    caughtBy: "ordinary sizes",
    wrong: (right) => carrying(right, ({ a_next }) => ({ a: a_next, c: a_next })),
  },
  {
    name: "memory-carried-as-state",
    mistake: "The next step was given c⟨t⟩ as its state too.",
    hint: "The cell returns a state and a memory. Which of them goes where?",
    caughtBy: "ordinary sizes",
    wrong: (right) => carrying(right, ({ c_next }) => ({ a: c_next, c: c_next })),
  },
  {
    name: "state-and-memory-exchanged",
    mistake: "The next step was given a⟨t⟩ as its memory and c⟨t⟩ as its state.",
    hint: "In which order does the cell take the state and the memory?",
    caughtBy: "ordinary sizes",
    wrong: (right) => carrying(right, ({ a_next, c_next }) => ({ a: c_next, c: a_next })),
  },
  {
    name: "memory-added-up",
    mistake: "The new memory was added to the old one in place of taking over from it.",
    hint: "Does the cell return a change of the memory, or the memory?",
    caughtBy: "ordinary sizes",
    wrong: (right) => carrying(right, ({ a_next, c_next }, c) => ({ a: a_next, c: c.add(c_next) })),
  },
  {
    name: "memory-one-step-late",
    mistake:
      "The memory is handed on one step late: each step gets that of the step before the last.",
    hint: "Which line comes first in your loop: the call, or keeping the memory?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, a_0, parameters, { c_0, cell }) => {
        let [carried, next] = [c_0, c_0];
        return right(x, a_0, parameters, {
          c_0,
          cell: (x_t, a_prev, _c_prev, shared) => {
            const step = cell(x_t, a_prev, carried, shared);
            [carried, next] = [next, step.c_next];
            return step;
          },
        });
      },
  },
  {
    name: "first-input-repeated",
    mistake: "Every step reads x⟨1⟩.",
    hint: "Which step's input does the cell get in the second round?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, ...rest) =>
        right(
          x.map(() => x.at(1)),
          ...rest,
        ),
  },
  {
    name: "backwards",
    mistake: "The sequence is read from its end: the first step gets x⟨T_x⟩.",
    hint: "Time runs from 1 to T_x.",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, ...rest) =>
        right(x.reverse(), ...rest),
  },
  {
    name: "first-step-missing",
    mistake: "The loop begins at t = 2: x⟨1⟩ is never read, and one step is missing.",
    hint: "How many states do you return, and how many inputs are there?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, ...rest) =>
        right(x.slice(2, x.T_x), ...rest),
  },
  {
    name: "loop-ends-early",
    mistake: "The loop ends at T_x − 1: x⟨T_x⟩ is never read, and one step is missing.",
    hint: "How many states do you return, and how many inputs are there?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, ...rest) =>
        right(x.slice(1, x.T_x - 1), ...rest),
  },
  {
    name: "own-cell",
    mistake: "The LSTM's own cell was called in place of the one that was handed in.",
    hint: "The cell is an argument: another one must work as well.",
    caughtBy: "one step",
    wrong:
      (right) =>
      (x, a_0, parameters, { c_0 }) =>
        right(x, a_0, parameters, { c_0, cell: lstmCellForward }),
  },
  {
    name: "states-and-memories-exchanged",
    mistake: "a holds the memories, and c the states.",
    hint: "Which name has each of the two in what the cell returns?",
    caughtBy: "one step",
    wrong:
      (right) =>
      (...args) => {
        const answer = right(...args);
        return { ...answer, a: answer.c, c: answer.a };
      },
  },
  {
    name: "states-as-memories",
    mistake: "c holds the states, as a does.",
    hint: "Which name has the memory in what the cell returns?",
    caughtBy: "one step",
    wrong:
      (right) =>
      (...args) => {
        const answer = right(...args);
        return { ...answer, c: answer.a };
      },
  },
  {
    name: "states-shifted",
    mistake: "a holds a⟨0⟩, …, a⟨T_x−1⟩: each state stands one step too late.",
    hint: "Which state belongs to step 1: the one before x⟨1⟩ was read, or the one after?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, options) => {
      const answer = right(x, a_0, parameters, options);
      return { ...answer, a: shifted(answer.a, a_0) };
    },
  },
  {
    name: "memories-shifted",
    mistake: "c holds c⟨0⟩, …, c⟨T_x−1⟩: each memory stands one step too late.",
    hint: "Which memory belongs to step 1: the one before x⟨1⟩ was read, or the one after?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, options) => {
      const answer = right(x, a_0, parameters, options);
      return { ...answer, c: shifted(answer.c, options.c_0) };
    },
  },
  {
    name: "starts-counted",
    mistake: "a and c begin with a⟨0⟩ and c⟨0⟩: they hold one step too many.",
    hint: "a⟨1⟩ and c⟨1⟩ are the first that you made yourself.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x, a_0, parameters, options) => {
      const answer = right(x, a_0, parameters, options);
      return {
        ...answer,
        a: Sequence.of([a_0, ...answer.a]),
        c: Sequence.of([options.c_0, ...answer.c]),
      };
    },
  },
  {
    name: "last-memory-everywhere",
    mistake: "Every entry of c is the last memory.",
    hint: "Print c⟨1⟩ and c⟨2⟩. Is each step's memory kept?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, ...rest) => {
        const answer = right(x, ...rest);
        return { ...answer, c: answer.c.map(() => answer.c.at(x.T_x)) };
      },
  },
  {
    name: "last-state-everywhere",
    mistake: "Every entry of a is the last state.",
    hint: "Print a⟨1⟩ and a⟨2⟩. Is each step's state kept?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, ...rest) => {
        const answer = right(x, ...rest);
        return { ...answer, a: answer.a.map(() => answer.a.at(x.T_x)) };
      },
  },
  {
    name: "last-prediction-everywhere",
    mistake: "Every entry of yhat is the last prediction.",
    hint: "Print ŷ⟨1⟩ and ŷ⟨2⟩. Is each step's prediction kept?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (x, ...rest) => {
        const answer = right(x, ...rest);
        return { ...answer, yhat: answer.yhat.map(() => answer.yhat.at(x.T_x)) };
      },
  },
  {
    name: "last-cache-everywhere",
    mistake: "Every entry of caches is the last step's cache.",
    hint: "Each step's way back needs what that step itself has seen.",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (...args) => {
        const answer = right(...args);
        return { ...answer, caches: answer.caches.map(() => answer.caches.at(-1)!) };
      },
  },
  {
    name: "caches-reversed",
    mistake: "The caches are in reverse: the last step's comes first.",
    hint: "The way back will turn round by itself. Which cache does it expect in the first place?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (...args) => {
        const answer = right(...args);
        return { ...answer, caches: Array.from(answer.caches).reverse() };
      },
  },
  {
    name: "one-cache",
    mistake: "caches holds one cache, the last step's.",
    hint: "Each step's way back needs what that step itself has seen. How many caches is that?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (...args) => {
        const answer = right(...args);
        return { ...answer, caches: answer.caches.slice(-1) };
      },
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<Forward>[] = [
  {
    name: "stopped-after-k",
    mistake: (k) => `The loop stops after ${k} step${k === 1 ? "" : "s"}, however long x is.`,
    hint: "Where does the number of steps come from?",
    constants: stepsWithin("T_x"),
    wrong:
      (right, k) =>
      (x, ...rest) =>
        right(x.slice(1, Math.min(k, x.T_x)), ...rest),
  },
  {
    name: "memory-starts-anew-every-k",
    mistake: (k) => `The memory starts anew from c⟨0⟩ after every ${k} steps.`,
    hint: "c⟨0⟩ stands before the first step, and before no other.",
    constants: (sizes) => stepsWithin("T_x")(sizes).filter((k) => k > 1),
    wrong:
      (right, k) =>
      (x, a_0, parameters, { c_0, cell }) => {
        let step = 0;
        return right(x, a_0, parameters, {
          c_0,
          cell: (x_t, a_prev, c_prev, shared) =>
            cell(x_t, a_prev, step++ % k === 0 ? c_0 : c_prev, shared),
        });
      },
  },
];

/** An unrolling that hands on something else. */
function carrying(
  right: Forward,
  next: (step: ReturnType<LstmCell>, c_prev: A) => { readonly a: A; readonly c: A },
): Forward {
  return (x, a_0, parameters, { c_0, cell }) => {
    let held = { a: a_0, c: c_0 };
    return right(x, a_0, parameters, {
      c_0,
      cell: (x_t, _a_prev, _c_prev, shared) => {
        const step = cell(x_t, held.a, held.c, shared);
        held = next(step, held.c);
        return step;
      },
    });
  };
}

function shifted(steps: Sequence<"n_a", "m">, first: A): Sequence<"n_a", "m"> {
  return steps.map((_, t) => (t === 1 ? first : steps.at(t - 1)));
}
