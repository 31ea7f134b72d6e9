/** Two small exercises that the grader's tests check, with wrong functions of every kind. */
import { numberOf } from "../../exercises/draws.js";
import type { AnyFunction, Exercise } from "../../exercises/exercise.js";
import { Mat, OutOfRangeError, randomNormal, Sequence } from "../../src/index.js";

/** y⟨t⟩ = s y⟨t−1⟩ + x⟨t⟩, and the sum over time; s is the second argument. */
export function leakySum(x: Sequence, s: number): { y: Sequence; total: Mat; steps: number } {
  let previous = Mat.zeros(x.rows, x.cols);
  const y = x.map((x_t) => (previous = previous.times(s).add(x_t)));
  const total = Array.from(y).reduce((sum, y_t) => sum.add(y_t));
  return { y, total, steps: x.T_x };
}

/** As {@link leakySum}, but the state before is dropped. */
export function dropsTheState(x: Sequence, _s: number): ReturnType<typeof leakySum> {
  return leakySum(x, 0);
}

/** As {@link leakySum}, but the total is a mean. */
export function meansForSum(x: Sequence, s: number): ReturnType<typeof leakySum> {
  const right = leakySum(x, s);
  return { ...right, total: right.total.times(1 / x.T_x) };
}

/** An exercise over sequences; its first mutant's twin is written another way. */
export const leakySumExercise: Exercise = {
  id: "leakySum",
  lesson: "00",
  title: "A leaky sum",
  points: 3,
  argumentNames: ["x", "s"],
  cases: [
    { name: "ordinary sizes", shown: true, size: { n_x: 2, m: 3, T_x: 5 } },
    { name: "m = 1", shown: true, size: { n_x: 3, m: 1, T_x: 4 } },
    { name: "long", shown: false, size: { n_x: 2, m: 4, T_x: 12 } },
  ],
  draw: ({ n_x = 1, m = 1, T_x = 1 }, random) => [
    Sequence.build(T_x, () => randomNormal(n_x, m, random)),
    0.5 + random.uniform(),
  ],
  reference: leakySum as AnyFunction,
  mutants: [
    {
      name: "state-dropped",
      mistake: "The state of the step before is left out.",
      hint: "What does y⟨t⟩ depend on besides x⟨t⟩?",
      caughtBy: "ordinary sizes",
      wrong: () => dropsTheState as AnyFunction,
    },
    {
      name: "mean-for-sum",
      mistake: "The total is divided by the number of steps.",
      hint: "Sum or mean?",
      caughtBy: "ordinary sizes",
      wrong: () => meansForSum as AnyFunction,
    },
  ],
  hints: ["What is carried on?", "y⟨t⟩ = s y⟨t−1⟩ + x⟨t⟩", "a loop over x that keeps y_prev"],
  tolerance: {
    atol: 1e-10,
    rtol: 1e-10,
    why: "a hundred times the error of another order of sums",
  },
  answer: {
    y: { symbol: "y⟨{t}⟩", rows: "feature", columns: "example" },
    total: { symbol: "Σy", rows: "feature", columns: "example" },
    steps: { symbol: "T_x", rows: "", columns: "" },
  },
};

/** The square root, which refuses what has none. */
export function squareRoot(x: number): number {
  if (!(x >= 0)) throw new OutOfRangeError(`squareRoot: expected a number ≥ 0, got ${x}`);
  return Math.sqrt(x);
}

/** An exercise whose reference refuses an input. */
export const squareRootExercise: Exercise = {
  ...leakySumExercise,
  id: "squareRoot",
  argumentNames: ["x"],
  cases: [
    { name: "positive", shown: true, size: {}, settings: { sign: 1 } },
    { name: "negative is refused", shown: true, size: {}, settings: { sign: -1 } },
  ],
  draw: (_size, random, settings) => [numberOf(settings, "sign") * (1 + random.uniform())],
  reference: squareRoot as AnyFunction,
  mutants: [],
  answer: { "": { symbol: "√x", rows: "", columns: "" } },
};
