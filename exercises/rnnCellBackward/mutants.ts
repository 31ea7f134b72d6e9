import { Mat, type RnnCache, type RnnCellGradients } from "../../src/index.js";
import type { Family, Mutant } from "../exercise.js";
import { forSlope, placesOf } from "../otherFunctions.js";
import type * as starter from "./starter.js";

type A = Mat<"n_a", "m">;

/** The gradient of the sum inside tanh. */
function sumGradient(da_next: A, { a_next }: RnnCache): A {
  return da_next.times(a_next.map((a) => 1 - a * a));
}

/** All gradients from a given dz: the part that most mistakes leave alone. */
function gradientsOf(dz: A, cache: RnnCache): RnnCellGradients {
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
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      da_prev: right(da_next, {
        ...cache,
        parameters: { ...cache.parameters, Waa: cache.parameters.Waa.T },
      }).da_prev,
    }),
  },
  {
    name: "new-state-in-dWaa",
    mistake: "dWaa was made with a⟨t⟩ in place of a⟨t−1⟩.",
    hint: "Waa multiplied which state in the forward step?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      dWaa: right(da_next, { ...cache, a_prev: cache.a_next }).dWaa,
    }),
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
      dba: sumGradient(da_next, cache),
    }),
  },
  {
    name: "derivative-with-plus",
    mistake: "The derivative of tanh was written 1 + a² in place of 1 − a².",
    hint: "tanh is steepest at 0 and flat far out. What does your derivative say there?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      gradientsOf(da_next.times(cache.a_next.map((a) => 1 + a * a)), cache),
  },
  {
    name: "one-minus-forgotten",
    mistake: "The derivative of tanh was written a² in place of 1 − a².",
    hint: "tanh is steepest at 0 and flat far out. What does your derivative say there?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      gradientsOf(da_next.times(cache.a_next.map((a) => a * a)), cache),
  },
  {
    name: "derivative-taken-twice",
    mistake: "The derivative of tanh was multiplied in twice.",
    hint: "How often does the forward step go through tanh?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => right(sumGradient(da_next, cache), cache),
  },
  {
    name: "tanh-of-the-state",
    mistake: "The derivative was written 1 − tanh²(a⟨t⟩): tanh was taken of what tanh had made.",
    hint: "a⟨t⟩ has been through tanh already.",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      gradientsOf(da_next.times(cache.a_next.map((a) => 1 - Math.tanh(a) ** 2)), cache),
  },
  {
    name: "derivative-of-relu",
    mistake: "The derivative of ReLU was used for tanh: 1 where a⟨t⟩ is positive, 0 elsewhere.",
    hint: "Which function did the forward step use?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      gradientsOf(da_next.times(cache.a_next.map((a) => (a > 0 ? 1 : 0))), cache),
  },
  {
    name: "bracket-missing",
    mistake: "The bracket is missing: da · 1 − a² in place of da · (1 − a²).",
    hint: "Multiplication binds first. What is taken from what in your line?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      gradientsOf(da_next.sub(cache.a_next.map((a) => a * a)), cache),
  },
  {
    name: "upstream-ignored",
    mistake: "da⟨t⟩ is not used: the gradients are those of the sum of all units.",
    hint: "The step's answer depends on two arguments. Where does your code use the first?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) =>
      right(
        da_next.map(() => 1),
        cache,
      ),
  },
  {
    name: "input-transpose-missing",
    mistake: "dx⟨t⟩ was made with Wax in place of its transpose.",
    hint: "On the way back a matrix carries from its rows to its columns.",
    caughtBy: "as many units as inputs",
    wrong: (right) => (da_next, cache) => {
      const dx_t = (cache.parameters.Wax as Mat).dot(sumGradient(da_next, cache));
      return { ...right(da_next, cache), dx_t };
    },
  },
  {
    name: "dx-through-Waa",
    mistake: "dx⟨t⟩ was carried back through Waa, the state's weights.",
    hint: "By which matrix did x⟨t⟩ come into the sum?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, dx_t: answer.da_prev };
    },
  },
  {
    name: "da-prev-through-Wax",
    mistake: "da⟨t−1⟩ was carried back through Wax, the input's weights.",
    hint: "By which matrix did a⟨t−1⟩ come into the sum?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, da_prev: answer.dx_t };
    },
  },
  {
    name: "da-prev-without-weights",
    mistake: "da⟨t−1⟩ is dz itself: it was not carried back through Waa.",
    hint: "Between a⟨t−1⟩ and the sum stands a matrix.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      da_prev: sumGradient(da_next, cache),
    }),
  },
  {
    name: "da-prev-past-tanh",
    mistake: "da⟨t−1⟩ was made of da⟨t⟩ itself: there tanh was left out.",
    hint: "All five gradients start from the same matrix. Which one is it?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      da_prev: gradientsOf(da_next, cache).da_prev,
    }),
  },
  {
    name: "dx-past-tanh",
    mistake: "dx⟨t⟩ was made of da⟨t⟩ itself: there tanh was left out.",
    hint: "All five gradients start from the same matrix. Which one is it?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      dx_t: gradientsOf(da_next, cache).dx_t,
    }),
  },
  {
    name: "weights-past-tanh",
    mistake: "dWax and dWaa were made of da⟨t⟩ itself: there tanh was left out.",
    hint: "All five gradients start from the same matrix. Which one is it?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const { dWax, dWaa } = gradientsOf(da_next, cache);
      return { ...right(da_next, cache), dWax, dWaa };
    },
  },
  {
    name: "bias-past-tanh",
    mistake: "dba is the sum of da⟨t⟩ itself: there tanh was left out.",
    hint: "Is the bias added inside tanh, or outside of it?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      dba: da_next.sumColumns(),
    }),
  },
  {
    name: "factors-exchanged",
    mistake: "dWax was made with a⟨t−1⟩, and dWaa with x⟨t⟩.",
    hint: "A weight's gradient is made with what that weight has multiplied.",
    caughtBy: "as many units as inputs",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, dWax: answer.dWaa, dWaa: answer.dWax };
    },
  },
  {
    name: "weight-gradients-transposed",
    mistake: "dWax and dWaa are transposed: the factors stand in the other order.",
    hint: "A gradient has the shape of what it is the gradient of.",
    caughtBy: "as many units as inputs",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, dWax: answer.dWax.T, dWaa: answer.dWaa.T };
    },
  },
  {
    name: "first-example-only",
    mistake: "The parameters' gradients come from the first example alone.",
    hint: "Every example used the same parameters. How many of them does your gradient hear?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const first = da_next.map((value, _k, i) => (i === 0 ? value : 0));
      const { dWax, dWaa, dba } = right(first, cache);
      return { ...right(da_next, cache), dWax, dWaa, dba };
    },
  },
  {
    name: "bias-summed-over-units",
    mistake: "dba was summed over the units: one number per example is left, not one per unit.",
    hint: "ba has an entry for each unit; which of Mat's two sums keeps the units?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      dba: sumGradient(da_next, cache).sumRows(),
    }),
  },
  {
    name: "bias-one-number",
    mistake: "dba is the sum of all of dz: every unit has the same number.",
    hint: "Does a unit's bias act on the other units?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, dba: answer.dba.map(() => answer.dba.sum()) };
    },
  },
  {
    name: "da-next-added-to-da-prev",
    mistake: "da⟨t⟩ was added to da⟨t−1⟩.",
    hint: "Is there a way from a⟨t−1⟩ to a⟨t⟩ that does not go through Waa?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, da_prev: answer.da_prev.add(da_next) };
    },
  },
  {
    name: "written-into-da-next",
    mistake: "dz was written into da⟨t⟩: the caller's matrix is changed.",
    hint: "Whoever called you may still need the gradient that they gave you.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      da_next.data.set(sumGradient(da_next, cache).data);
      return answer;
    },
  },
  {
    name: "slope-bracket-squared",
    mistake: "The derivative of tanh was written (1 − a)² in place of 1 − a².",
    hint: "What is squared in tanh' = 1 − tanh²?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const { a_next } = cache;
      // dz = da (1 − a)², with da (1 − a)/(1 + a) in place of da
      return right(da_next.times(a_next.map((a) => (1 - a) / (1 + a))), cache);
    },
  },
  {
    name: "da-handed-on",
    mistake: "da⟨t−1⟩ is da⟨t⟩ as it was given.",
    hint: "How did a⟨t−1⟩ enter z?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({ ...right(da_next, cache), da_prev: da_next }),
  },
  {
    name: "derivative-of-the-derivative",
    mistake: "−2a was written for 1 − a²: that is the derivative of tanh's derivative.",
    hint: "tanh′(z) is 1 − a². Which of your lines differentiates once more?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      gradientsOf(da_next.times(cache.a_next.map((a) => -2 * a)), cache),
  },
  {
    name: "mean-state-in-dWaa",
    mistake: "dWaa was made with the mean of a⟨t−1⟩ and a⟨t⟩.",
    hint: "What was Waa multiplied with in the forward step?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const mean = cache.a_prev.add(cache.a_next).times(0.5);
      return { ...right(da_next, cache), dWaa: sumGradient(da_next, cache).dot(mean.T) };
    },
  },
  {
    name: "last-example-left-out",
    mistake: "The last example was left out of the sums over the batch.",
    hint: "Where does the loop over the examples end?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const others = da_next.map((value, _k, i) => (i === da_next.cols - 1 ? 0 : value));
      const { dWax, dWaa, dba } = right(others, cache);
      return { ...right(da_next, cache), dWax, dWaa, dba };
    },
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.rnnCellBackward>[] = [
  {
    name: "another-function-for-the-slope",
    mistake: (k) => `${forSlope[k]!.words} was written for 1 − a², the derivative of tanh.`,
    hint: "Look up tanh′ once more, and try it at a = −0.5.",
    constants: placesOf(forSlope),
    wrong: (_right, k) => (da_next, cache) =>
      gradientsOf(da_next.times(cache.a_next.map(forSlope[k]!.of)), cache),
  },
];
