import {
  type LstmBackward,
  lstmCellBackward,
  type LstmCellBackward,
  type LstmCellGradients,
  type Mat,
  Sequence,
} from "../../src/index.js";
import { stepsWithin } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type Back = typeof starter.lstmBackward;
type A = Mat<"n_a", "m">;
const parameterNames = ["dWf", "dWu", "dWc", "dWo", "dbf", "dbu", "dbc", "dbo"] as const;

/** The wrong ways to go back through time with a memory. */
export const mutants: readonly Mutant<Back>[] = [
  {
    name: "memory-gradient-dropped",
    mistake: "What comes back into the memory is dropped: every step is given dc_next = 0.",
    hint: "The backward step returns a dc_prev. Whose gradient is that?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(da, caches, (da_next, dc_next, cache) =>
        cellBackward(da_next, dc_next.times(0), cache),
      ),
  },
  {
    name: "state-gradient-dropped",
    mistake: "What comes back into the state is dropped: each step uses its own da⟨t⟩ only.",
    hint: "A state also acts through the next step. What did the backward step of t + 1 return for it?",
    caughtBy: "a gradient into every step",
    wrong: (right) => calledWith(right, ({ own, dc }) => [own, dc]),
  },
  {
    name: "nothing-carried",
    mistake: "Nothing is carried back: each step uses its own da⟨t⟩, and dc_next = 0.",
    hint: "The backward step returns a da_prev and a dc_prev. Who needs them?",
    caughtBy: "a gradient into every step",
    wrong: (right) => calledWith(right, ({ own, dc }) => [own, dc.times(0)]),
  },
  {
    name: "own-gradient-dropped",
    mistake: "Only the last da⟨t⟩ is used: the gradients of the earlier outputs are dropped.",
    hint: "Every step has an output of its own, and a loss may come in there.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da.map((da_t, t) => (t === da.T_x ? da_t : da_t.times(0))),
        caches,
        cellBackward,
      ),
  },
  {
    name: "own-gradient-into-the-memory-too",
    mistake: "da⟨t⟩ was added to dc_next too.",
    hint: "Is an output made of the memory itself, or of the state?",
    caughtBy: "one step",
    wrong: (right) => calledWith(right, ({ own, da, dc }) => [own.add(da), dc.add(own)]),
  },
  {
    name: "own-gradient-into-the-memory",
    mistake: "da⟨t⟩ was added to dc_next in place of da_next.",
    hint: "Is an output made of the memory itself, or of the state?",
    caughtBy: "one step",
    wrong: (right) => calledWith(right, ({ own, da, dc }) => [da, dc.add(own)]),
  },
  {
    name: "carried-exchanged",
    mistake: "da_prev was carried into the memory and dc_prev into the state.",
    hint: "Which of the two that a step returns belongs to the state before?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const answer = right(da, caches, (da_next, dc_next, cache) => {
        const step = cellBackward(da_next, dc_next, cache);
        return { ...step, da_prev: step.dc_prev, dc_prev: step.da_prev };
      });
      return { ...answer, da_0: answer.dc_0, dc_0: answer.da_0 };
    },
  },
  {
    name: "state-gradient-carried-twice",
    mistake: "da_prev was carried into the memory too, and dc_prev was dropped.",
    hint: "Which of the two that a step returns belongs to the memory before?",
    caughtBy: "a gradient into every step",
    wrong: (right) => calledWith(right, ({ own, da }) => [own.add(da), da]),
  },
  {
    name: "memory-gradient-piles-up",
    mistake: "What is carried into the memory was never replaced: each dc_prev was added to it.",
    hint: "All that flows into c⟨t⟩ is in what step t + 1 returned. Does what t + 2 returned come in once more?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      let carried: A | undefined;
      return right(da, caches, (da_next, dc_next, cache) => {
        const step = cellBackward(da_next, dc_next, cache);
        carried = carried?.add(step.dc_prev) ?? step.dc_prev;
        return { ...step, dc_prev: carried };
      });
    },
  },
  {
    name: "memory-gradient-handed-on",
    mistake: "dc_next was handed on as it was: the step's dc_prev is not used.",
    hint: "Between two memories stands a gate, and the state's gradient comes in there as well.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(da, caches, (da_next, dc_next, cache) => ({
        ...cellBackward(da_next, dc_next, cache),
        dc_prev: dc_next,
      })),
  },
  {
    name: "assigned-in-place-of-added",
    mistake: "The parameters' gradients are those of step 1 alone: = in place of +=.",
    hint: "The same parameters were used at every step, so every step has its share in their gradient.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const [answer, steps] = watched(right, da, caches, cellBackward);
      return withParameters(answer, steps.at(-1)!);
    },
  },
  {
    name: "last-step-s-gradients-alone",
    mistake: "The parameters' gradients are those of the last step alone.",
    hint: "The same parameters were used at every step, so every step has its share in their gradient.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const [answer, steps] = watched(right, da, caches, cellBackward);
      return withParameters(answer, steps[0]!);
    },
  },
  {
    name: "mean-over-time",
    mistake: "The parameters' gradients are the mean over the steps in place of the sum.",
    hint: "The gradient of a sum is the sum of the gradients.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const answer = right(da, caches, cellBackward);
      const each = parameterNames.map((name) => [name, answer[name].times(1 / da.T_x)] as const);
      return { ...answer, ...Object.fromEntries(each) };
    },
  },
  {
    name: "forwards-through-time",
    mistake: "The loop runs from the first step to the last.",
    hint: "Which step's gradient must be known before step t's can be computed?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const wrong = right(da.reverse(), Array.from(caches).reverse(), cellBackward);
      return { ...wrong, dx: wrong.dx.reverse() };
    },
  },
  {
    name: "dx-in-reverse",
    mistake: "dx holds the steps in the order in which the loop met them, the last one first.",
    hint: "The loop runs backwards. Where does the first dx⟨t⟩ that it makes belong?",
    caughtBy: "a gradient into every step",
    wrong:
      (right) =>
      (...args) => {
        const answer = right(...args);
        return { ...answer, dx: answer.dx.reverse() };
      },
  },
  {
    name: "gradients-in-reverse",
    mistake: "da was read from its first step on while the caches were read from the last.",
    hint: "Do the gradient and the cache of one call belong to the same step?",
    caughtBy: "a gradient into every step",
    wrong:
      (right) =>
      (da, ...rest) =>
        right(da.reverse(), ...rest),
  },
  {
    name: "caches-in-reverse",
    mistake: "The caches were read from the first on while da was read from its last step.",
    hint: "Do the gradient and the cache of one call belong to the same step?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(da, Array.from(caches).reverse(), cellBackward),
  },
  {
    name: "cache-of-the-step-before",
    mistake: "Each step was given the cache of the step before it.",
    hint: "Time runs from 1, the places of an array from 0. Where is step t's cache?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da,
        caches.map((_, index) => caches[Math.max(0, index - 1)]!),
        cellBackward,
      ),
  },
  {
    name: "last-cache-everywhere",
    mistake: "Every step was given the last step's cache.",
    hint: "Each step's way back needs what that step itself has seen.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da,
        caches.map(() => caches.at(-1)!),
        cellBackward,
      ),
  },
  {
    name: "starts-exchanged",
    mistake: "da_0 holds what is carried into the memory, and dc_0 what is carried into the state.",
    hint: "Which of the two came back through the weights?",
    caughtBy: "one step",
    wrong:
      (right) =>
      (...args) => {
        const answer = right(...args);
        return { ...answer, da_0: answer.dc_0, dc_0: answer.da_0 };
      },
  },
  {
    name: "dc-0-left-zero",
    mistake: "dc⟨0⟩ is zero: what step 1 returned for it was not kept.",
    hint: "After the loop two gradients are still being carried. Whose are they?",
    caughtBy: "one step",
    wrong:
      (right) =>
      (...args) => {
        const answer = right(...args);
        return { ...answer, dc_0: answer.dc_0.times(0) };
      },
  },
  {
    name: "da-0-left-zero",
    mistake: "da⟨0⟩ is zero: what step 1 returned for it was not kept.",
    hint: "After the loop two gradients are still being carried. Whose are they?",
    caughtBy: "one step",
    wrong:
      (right) =>
      (...args) => {
        const answer = right(...args);
        return { ...answer, da_0: answer.da_0.times(0) };
      },
  },
  {
    name: "da-0-of-the-first-output",
    mistake: "da⟨0⟩ is da⟨1⟩ as it was given, not what step 1's backward step returned.",
    hint: "After the loop, what is the gradient of the state before the first step?",
    caughtBy: "one step",
    wrong:
      (right) =>
      (da, ...rest) => ({ ...right(da, ...rest), da_0: da.at(1) }),
  },
  {
    name: "starts-from-the-last-step",
    mistake: "da⟨0⟩ and dc⟨0⟩ are what the last step in time returned: the loop's first call.",
    hint: "Which call of the backward step comes last?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const [answer, [last]] = watched(right, da, caches, cellBackward);
      return { ...answer, da_0: last!.da_prev, dc_0: last!.dc_prev };
    },
  },
  {
    name: "last-gradient-counted-twice",
    mistake: "What is carried began as da⟨T_x⟩ in place of zero: the last gradient counts twice.",
    hint: "What comes back from behind the last step?",
    caughtBy: "one step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da.map((da_t, t) => (t === da.T_x ? da_t.times(2) : da_t)),
        caches,
        cellBackward,
      ),
  },
  {
    name: "loop-ends-at-step-2",
    mistake: "The loop ends at t = 2: step 1 is left out.",
    hint: "How many steps has dx, and how many has da?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(da.slice(2, da.T_x), caches.slice(1), cellBackward),
  },
  {
    name: "last-step-missing",
    mistake: "The loop begins at T_x − 1: the last step is left out.",
    hint: "How many steps has dx, and how many has da?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(da.slice(1, da.T_x - 1), caches.slice(0, -1), cellBackward),
  },
  {
    name: "own-backward-step",
    mistake: "The LSTM's own backward step was called in place of the one that was handed in.",
    hint: "The backward step is an argument: another one must work as well.",
    caughtBy: "one step",
    wrong: (right) => (da, caches) => right(da, caches, lstmCellBackward),
  },
  {
    name: "written-into-da",
    mistake: "What is carried was added into da itself: the caller's sequence is changed.",
    hint: "Whoever called you may still need the gradients that they gave you.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      let t = da.T_x;
      return right(
        da.map((da_t) => da_t.times(1)),
        caches,
        (da_next, dc_next, cache) => {
          if (t >= 1) da.at(t--).data.set(da_next.data);
          return cellBackward(da_next, dc_next, cache);
        },
      );
    },
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<Back>[] = [
  {
    name: "stopped-after-k",
    mistake: (k) =>
      `The loop goes back ${k} step${k === 1 ? "" : "s"} from the end, and no further.`,
    hint: "Where does the loop over t end?",
    constants: stepsWithin("T_x"),
    wrong: (right, k) => (da, caches, cellBackward) => {
      const from = Math.max(1, da.T_x - k + 1);
      const answer = right(da.slice(from, da.T_x), caches.slice(from - 1), cellBackward);
      const zeros = answer.dx.at(1).times(0);
      const dx = Sequence.build(da.T_x, (t) => (t < from ? zeros : answer.dx.at(t - from + 1)));
      return { ...answer, dx };
    },
  },
];

/** What a step could be given: its own gradient, and what was carried into its state and its memory. */
interface Flowing {
  readonly own: A;
  readonly da: A;
  readonly dc: A;
}

/** A way back that gives each step other gradients. */
function calledWith(right: Back, given: (flowing: Flowing) => readonly [A, A]): Back {
  return (da, caches, cellBackward) => {
    let t = da.T_x;
    let carried = da.at(1).times(0);
    return right(da, caches, (_da_next, dc, cache) => {
      const own = da.at(Math.max(1, t--));
      const step = cellBackward(...given({ own, da: carried, dc }), cache);
      carried = step.da_prev;
      return step;
    });
  };
}

/** The right answer, and what each call of the backward step gave, the last step's first. */
function watched(
  right: Back,
  ...[da, caches, cellBackward]: Parameters<Back>
): readonly [LstmBackward, readonly LstmCellGradients[]] {
  const steps: LstmCellGradients[] = [];
  const keeping: LstmCellBackward = (...args) => {
    const step = cellBackward(...args);
    steps.push(step);
    return step;
  };
  return [right(da, caches, keeping), steps];
}

/** The answer with the parameters' gradients of one step. */
function withParameters(answer: LstmBackward, step: LstmCellGradients): LstmBackward {
  const own = Object.fromEntries(parameterNames.map((name) => [name, step[name]]));
  return { ...answer, ...own };
}
