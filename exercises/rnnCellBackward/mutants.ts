import { Mat, type RnnCache, type RnnCellGradients } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** All gradients from a given dz: the part that most mistakes leave alone. */
function gradientsOf(dz: Mat<"n_a", "m">, cache: RnnCache): RnnCellGradients {
  const { x_t, a_prev, parameters } = cache;
  return {
    dx_t: parameters.Wax.T.dot(dz),
    da_prev: parameters.Waa.T.dot(dz),
    dWax: dz.dot(x_t.T),
    dWaa: dz.dot(a_prev.T),
    dba: dz.sumColumns(),
  };
}

/** The wrong ways to go one step back. */
export const mutants: readonly Mutant<typeof starter.rnnCellBackward>[] = [
  {
    name: "tanh-derivative-missing",
    mistake: "The derivative of tanh, 1 − a⟨t⟩², is missing.",
    hint: "Between da⟨t⟩ and the sum inside tanh stands tanh itself.",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) => gradientsOf(da_next, cache),
  },
  {
    name: "derivative-not-squared",
    mistake: "The derivative of tanh was written 1 − a in place of 1 − a².",
    hint: "Look up tanh′ once more, and try it at a = −0.5.",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      gradientsOf(da_next.times(cache.a_next.map((a) => 1 - a)), cache),
  },
  {
    name: "derivative-of-the-old-state",
    mistake: "The derivative of tanh was taken at a⟨t−1⟩ in place of a⟨t⟩.",
    hint: "Which state came out of this step's tanh?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      gradientsOf(da_next.times(cache.a_prev.map((a) => 1 - a * a)), cache),
  },
  {
    name: "sigmoid-derivative",
    mistake: "The derivative of the sigmoid, a(1 − a), was used for tanh.",
    hint: "Which function did the forward step use?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      gradientsOf(da_next.times(cache.a_next.map((a) => a * (1 - a))), cache),
  },
  {
    name: "transpose-missing",
    mistake: "da⟨t−1⟩ was made with Waa in place of its transpose.",
    hint: "On the way back a matrix carries from its rows to its columns.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const dz = da_next.times(cache.a_next.map((a) => 1 - a * a));
      return { ...right(da_next, cache), da_prev: cache.parameters.Waa.dot(dz) };
    },
  },
  {
    name: "new-state-in-dWaa",
    mistake: "dWaa was made with a⟨t⟩ in place of a⟨t−1⟩.",
    hint: "Waa multiplied which state in the forward step?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const dz = da_next.times(cache.a_next.map((a) => 1 - a * a));
      return { ...right(da_next, cache), dWaa: dz.dot(cache.a_next.T) };
    },
  },
  {
    name: "mean-over-examples",
    mistake: "The parameters' gradients were divided by m.",
    hint: "The mean over the examples is in da⟨t⟩ already, if the loss has it; here examples are summed.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      const share = 1 / da_next.cols;
      return {
        ...answer,
        dWax: answer.dWax.times(share),
        dWaa: answer.dWaa.times(share),
        dba: answer.dba.times(share),
      };
    },
  },
  {
    name: "gradient-clipped",
    mistake: "The gradients are clipped to ±5 inside the step.",
    hint: "Clipping belongs between the gradients and the update, not inside the derivative.",
    caughtBy: "large upstream gradient",
    wrong: (right) => (da_next, cache) => {
      const clip = <R extends string, C extends string>(d: Mat<R, C>): Mat<R, C> =>
        d.map((value) => Math.max(-5, Math.min(5, value)));
      const { dx_t, da_prev, dWax, dWaa, dba } = right(da_next, cache);
      return {
        dx_t: clip(dx_t),
        da_prev: clip(da_prev),
        dWax: clip(dWax),
        dWaa: clip(dWaa),
        dba: clip(dba),
      };
    },
  },
  {
    name: "bias-gradient-not-summed",
    mistake: "dba was not summed over the examples: it is dz itself.",
    hint: "ba is one column that all examples share; what is the shape of its gradient?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      dba: da_next.times(cache.a_next.map((a) => 1 - a * a)),
    }),
  },
];
