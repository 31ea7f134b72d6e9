import {
  type Mat,
  rnnBackwardTruncated,
  rnnCellBackward,
  type RnnCellBackward,
  Sequence,
} from "../../src/index.js";
import { stepsWithin } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
import { plainFactors } from "../otherFunctions.js";
import type * as starter from "./starter.js";

type A = Mat<"n_a", "m">;

/** The wrong ways to go back through time. */
export const mutants: readonly Mutant<typeof starter.rnnBackward>[] = [
  {
    name: "carried-gradient-dropped",
    mistake: "The gradient of the step after is dropped: each step uses its own da⟨t⟩ only.",
    hint: "A state also acts through the next state. What did the backward step of t + 1 return for it?",
    caughtBy: "a gradient into every step",
    wrong: () => (da, caches, cellBackward) => rnnBackwardTruncated(da, caches, 1, cellBackward),
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
    name: "assigned-in-place-of-added",
    mistake: "The parameters' gradients are those of step 1 alone: = in place of +=.",
    hint: "The same parameters were used at every step, so every step has its share in their gradient.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const answer = right(da, caches, cellBackward);
      const carried =
        da.T_x > 1 ? right(da.slice(2, da.T_x), caches.slice(1), cellBackward).da_0 : undefined;
      const first = da.at(1);
      const { dWax, dWaa, dba } = cellBackward(
        carried === undefined ? first : first.add(carried),
        caches[0]!,
      );
      return { ...answer, dWax, dWaa, dba };
    },
  },
  {
    name: "mean-over-time",
    mistake: "The parameters' gradients are the mean over the steps in place of the sum.",
    hint: "The gradient of a sum is the sum of the gradients.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const answer = right(da, caches, cellBackward);
      const share = 1 / da.T_x;
      return {
        ...answer,
        dWax: answer.dWax.times(share),
        dWaa: answer.dWaa.times(share),
        dba: answer.dba.times(share),
      };
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
    name: "da-0-of-the-first-output",
    mistake: "da⟨0⟩ is da⟨1⟩ as it was given, not what step 1's backward step returned.",
    hint: "After the loop, what is the gradient of the state before the first step?",
    caughtBy: "one step",
    wrong: (right) => (da, caches, cellBackward) => ({
      ...right(da, caches, cellBackward),
      da_0: da.at(1),
    }),
  },
  {
    name: "own-backward-step",
    mistake: "The RNN's own backward step was called in place of the one that was handed in.",
    hint: "The backward step is an argument: another one must work as well.",
    caughtBy: "one step",
    wrong: (right) => (da, caches) => right(da, caches, rnnCellBackward),
  },

  {
    name: "dx-in-reverse",
    mistake: "dx holds the steps in the order in which the loop met them, the last one first.",
    hint: "The loop runs backwards. Where does the first dx⟨t⟩ that it makes belong?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const answer = right(da, caches, cellBackward);
      return { ...answer, dx: answer.dx.reverse() };
    },
  },
  {
    name: "da-0-before-the-last-step-back",
    mistake: "da⟨0⟩ is what was carried into step 1, before its backward step was taken.",
    hint: "Is da⟨0⟩ what step 1 was given, or what it returned?",
    caughtBy: "one step",
    wrong: (right) => (da, caches, cellBackward) => {
      const answer = right(da, caches, cellBackward);
      const da_0 =
        da.T_x > 1
          ? right(da.slice(2, da.T_x), caches.slice(1), cellBackward).da_0
          : answer.da_0.times(0);
      return { ...answer, da_0 };
    },
  },
  {
    name: "da-0-left-zero",
    mistake: "da⟨0⟩ is zero: what step 1 returned for it was not kept.",
    hint: "After the loop one gradient is still being carried. Whose is it?",
    caughtBy: "one step",
    wrong: (right) => (da, caches, cellBackward) => {
      const answer = right(da, caches, cellBackward);
      return { ...answer, da_0: answer.da_0.times(0) };
    },
  },
  {
    name: "own-gradient-counted-twice",
    mistake: "da⟨t⟩ was added before the backward step, and again to what that step returned.",
    hint: "Through how many states does the loss of step t act on a⟨t−1⟩?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da,
        caches,
        nudged(da, cellBackward, (da_prev, da_t) => da_prev.add(da_t)),
      ),
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
    name: "carried-gradient-piles-up",
    mistake: "What is carried was never replaced: each step's da_prev was added to it.",
    hint: "Into step t flows what step t + 1 returned. Does what t + 2 returned come in once more?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      let carried: A | undefined;
      return right(
        da,
        caches,
        nudged(da, cellBackward, (da_prev) => (carried = carried?.add(da_prev) ?? da_prev)),
      );
    },
  },
  {
    name: "carried-without-the-step-back",
    mistake: "What is carried did not go through the backward step: the da⟨t⟩ were only added up.",
    hint: "What does the backward step return for the state before?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(da, caches, (da_next, cache) => ({
        ...cellBackward(da_next, cache),
        da_prev: da_next,
      })),
  },
  {
    name: "neighbour-s-gradient-carried",
    mistake: "da⟨t+1⟩ was carried to step t as it was given.",
    hint: "What does the backward step return for the state before?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da,
        caches,
        nudged(da, cellBackward, (_da_prev, da_t) => da_t),
      ),
  },
  {
    name: "gradients-in-reverse",
    mistake: "da was read from its first step on while the caches were read from the last.",
    hint: "Do the gradient and the cache of one call belong to the same step?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => right(da.reverse(), caches, cellBackward),
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
    name: "last-step-s-gradients-alone",
    mistake: "The parameters' gradients are those of the last step alone.",
    hint: "The same parameters were used at every step, so every step has its share in their gradient.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const { dWax, dWaa, dba } = cellBackward(da.at(da.T_x), caches.at(-1)!);
      return { ...right(da, caches, cellBackward), dWax, dWaa, dba };
    },
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
    name: "dx-one-step-late",
    mistake: "dx⟨t⟩ stands at t + 1, and the first place is zero.",
    hint: "Which place of dx belongs to the step whose cache has x⟨1⟩?",
    caughtBy: "one step",
    wrong: (right) => (da, caches, cellBackward) => {
      const answer = right(da, caches, cellBackward);
      const { dx } = answer;
      return { ...answer, dx: dx.map((dx_t, t) => (t === 1 ? dx_t.times(0) : dx.at(t - 1))) };
    },
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
        (da_next, cache) => {
          if (t >= 1) da.at(t--).data.set(da_next.data);
          return cellBackward(da_next, cache);
        },
      );
    },
  },
  {
    name: "own-gradient-twice",
    mistake: "Each step's own da⟨t⟩ was counted twice.",
    hint: "How often does da⟨t⟩ enter a⟨t⟩?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da.map((da_t) => da_t.times(2)),
        caches,
        cellBackward,
      ),
  },
  {
    name: "cache-of-step-after",
    mistake: "Each step was given the cache of the step after it.",
    hint: "Which cache did the forward step t leave?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da,
        caches.map((cache, t) => caches[t + 1] ?? cache),
        cellBackward,
      ),
  },
  {
    name: "last-da-everywhere",
    mistake: "Every step was given da⟨T_x⟩.",
    hint: "Each step has a gradient of its own output.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da.map(() => da.at(da.T_x)),
        caches,
        cellBackward,
      ),
  },
  {
    name: "da-0-from-the-last-step",
    mistake:
      "da⟨0⟩ is what the last step in time returned: the backward loop's first call, not its last.",
    hint: "Which call of the backward step comes last?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => ({
      ...right(da, caches, cellBackward),
      da_0: cellBackward(da.at(da.T_x), caches.at(-1)!).da_prev,
    }),
  },
  {
    name: "carried-subtracted",
    mistake: "What is carried back is subtracted from da⟨t⟩ in place of added.",
    hint: "Two ways lead from a⟨t⟩ to the loss. What becomes of their gradients?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      const answer = right(
        da,
        caches,
        nudged(da, cellBackward, (da_prev) => da_prev.times(-1)),
      );
      return { ...answer, da_0: answer.da_0.times(-1) };
    },
  },
  {
    name: "multiplied-in-place-of-added",
    mistake: "da⟨t⟩ and what is carried back are multiplied in place of added.",
    hint: "Two ways lead from a⟨t⟩ to the loss. What becomes of their gradients?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      let [t, carried] = [da.T_x, undefined as A | undefined];
      const ends: A[] = [];
      const answer = right(da, caches, (_da_next, cache) => {
        const own = da.at(Math.max(1, t--));
        const step = cellBackward(carried === undefined ? own : own.times(carried), cache);
        carried = step.da_prev;
        ends.push(step.da_prev);
        return step;
      });
      return { ...answer, da_0: ends[da.T_x - 1] ?? answer.da_0 };
    },
  },
  {
    name: "first-step-not-in-the-sums",
    mistake: "The parameters' gradients lack step 1's.",
    hint: "Which steps used the parameters?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      let t = da.T_x;
      const { dWax, dWaa, dba } = right(da, caches, (da_next, cache) => {
        const step = cellBackward(da_next, cache);
        return t-- === 1 ? withoutShare(step) : step;
      });
      return { ...right(da, caches, cellBackward), dWax, dWaa, dba };
    },
  },
  {
    name: "last-step-not-in-the-sums",
    mistake: "The parameters' gradients lack the last step's.",
    hint: "Which steps used the parameters?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) => {
      let isLast = true;
      const { dWax, dWaa, dba } = right(da, caches, (da_next, cache) => {
        const step = cellBackward(da_next, cache);
        const share = isLast ? withoutShare(step) : step;
        isLast = false;
        return share;
      });
      return { ...right(da, caches, cellBackward), dWax, dWaa, dba };
    },
  },
  {
    name: "da-1-left-out",
    mistake: "da⟨1⟩ was not added: step 1 got what step 2 carried back alone.",
    hint: "Every step has an output of its own, and a loss may come in there.",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da.map((da_t, t) => (t === 1 ? da_t.times(0) : da_t)),
        caches,
        cellBackward,
      ),
  },
  {
    name: "last-da-left-out",
    mistake: "The last da⟨t⟩ was not used: the loop began from zeros there.",
    hint: "Where does the way back begin, and with what?",
    caughtBy: "a gradient into every step",
    wrong: (right) => (da, caches, cellBackward) =>
      right(
        da.map((da_t, t) => (t === da.T_x ? da_t.times(0) : da_t)),
        caches,
        cellBackward,
      ),
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.rnnBackward>[] = [
  {
    name: "truncated-in-blocks-of-k",
    mistake: (k) =>
      `The gradient is carried back within blocks of ${k} steps only: it was truncated.`,
    hint: "Which steps does the state of step 1 act on?",
    constants: (sizes) => stepsWithin("T_x")(sizes).filter((k) => k > 1),
    wrong: (_right, k) => (da, caches, cellBackward) =>
      rnnBackwardTruncated(da, caches, k, cellBackward),
  },
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
  {
    name: "carried-gradient-scaled",
    mistake: (k) => `What the step after carries back was multiplied by ${k}.`,
    hint: "∂L/∂a⟨t⟩ is a sum of two: has one of them a factor?",
    constants: plainFactors,
    wrong: (right, k) => (da, caches, cellBackward) => {
      const answer = right(
        da,
        caches,
        nudged(da, cellBackward, (da_prev) => da_prev.times(k)),
      );
      return { ...answer, da_0: answer.da_0.times(1 / k) };
    },
  },
  {
    name: "carried-gradient-clipped",
    mistake: (k) => `What a step carries back was clipped to ±${k}.`,
    hint: "Nothing was to be clipped here: that is done with the whole gradient, before a step of training.",
    constants: () => [0.01, 0.1, 0.5, 1],
    isAlone: true,
    wrong: (right, k) => (da, caches, cellBackward) =>
      right(
        da,
        caches,
        nudged(da, cellBackward, (da_prev) => da_prev.map((v) => Math.max(-k, Math.min(k, v)))),
      ),
  },
  {
    name: "both-gradients-scaled",
    mistake: (k) => `da⟨t⟩ and what the step after carries back were multiplied by ${k} together.`,
    hint: "Sum or mean of the two?",
    constants: plainFactors,
    wrong: (right, k) => (da, caches, cellBackward) =>
      right(da, caches, (da_next, cache) => cellBackward(da_next.times(k), cache)),
  },
];

/** The backward step, but that it returns another da_prev, made with the da⟨t⟩ of its turn. */
function nudged(
  da: Sequence<"n_a", "m">,
  cellBackward: RnnCellBackward,
  change: (da_prev: A, da_t: A) => A,
): RnnCellBackward {
  let t = da.T_x;
  return (da_next, cache) => {
    const step = cellBackward(da_next, cache);
    const da_t = da.at(Math.max(1, t--));
    return { ...step, da_prev: change(step.da_prev, da_t) };
  };
}

/** A step back whose parameters' gradients are zero. */
function withoutShare(step: ReturnType<RnnCellBackward>): ReturnType<RnnCellBackward> {
  const { dWax, dWaa, dba } = step;
  return { ...step, dWax: dWax.times(0), dWaa: dWaa.times(0), dba: dba.times(0) };
}
