import { rnnCellBackward, rnnBackwardTruncated } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

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
];
