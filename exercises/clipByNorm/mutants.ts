import { clipByValue, type Mat, type RnnGradients } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type Clip = typeof starter.clipByNorm;

/** The wrong ways to clip by norm. */
export const mutants: readonly Mutant<Clip>[] = [
  {
    name: "each-matrix-by-itself",
    mistake: "Each matrix was clipped by a norm of its own: the direction changes.",
    hint: "How many norms are there, and how many factors?",
    caughtBy: "longer than the bound",
    wrong: (right) => (gradients, c) => ({
      ...right(gradients, c),
      gradients: changed(gradients, (dW) => dW.times(Math.min(1, c / Math.max(dW.norm(), 1e-300)))),
    }),
  },
  {
    name: "always-scaled",
    mistake: "The gradient was scaled to the norm c also where it was shorter.",
    hint: "What happens to a gradient that is short enough?",
    caughtBy: "shorter than the bound",
    wrong: (right) => (gradients, c) => {
      const { norm } = right(gradients, c);
      return { norm, gradients: scaled(gradients, norm === 0 ? 1 : c / norm) };
    },
  },
  {
    name: "unit-length",
    mistake: "The gradient was divided by its norm: its length is 1 whatever c is.",
    hint: "How long may the gradient be?",
    caughtBy: "longer than the bound",
    wrong: (right) => (gradients, c) => {
      const { norm } = right(gradients, c);
      return { norm, gradients: scaled(gradients, norm > c ? 1 / norm : 1) };
    },
  },
  {
    name: "factor-upside-down",
    mistake: "The factor is ‖g‖/c in place of c/‖g‖.",
    hint: "Is your clipped gradient shorter or longer?",
    caughtBy: "longer than the bound",
    wrong: (right) => (gradients, c) => {
      const { norm } = right(gradients, c);
      return { norm, gradients: scaled(gradients, norm > c ? norm / c : 1) };
    },
  },
  {
    name: "norm-not-rooted",
    mistake: "The square root is missing: the sum of squares was taken for the norm.",
    hint: "What is the length of (3, 4)?",
    caughtBy: "longer than the bound",
    wrong: byLength((right) => right ** 2),
  },
  {
    name: "norm-of-the-matrices-added",
    mistake: "The norms of the five matrices were added up.",
    hint: "Is the length of (3, 4) equal to 3 + 4?",
    caughtBy: "longer than the bound",
    wrong: byLength((_norm, list) => list.reduce((sum, dW) => sum + dW.norm(), 0)),
  },
  {
    name: "absolute-values-added",
    mistake: "The absolute values were added up in place of the squares.",
    hint: "What is the length of (3, 4)?",
    caughtBy: "longer than the bound",
    wrong: byLength((_norm, list) =>
      list.reduce((sum, dW) => dW.data.reduce((inner, v) => inner + Math.abs(v), sum), 0),
    ),
  },
  {
    name: "largest-entry",
    mistake: "The largest absolute value was taken for the norm.",
    hint: "Every entry has a part in the length.",
    caughtBy: "longer than the bound",
    wrong: byLength((_norm, list) =>
      Math.max(...list.map((dW) => Math.max(...dW.data.map(Math.abs)))),
    ),
  },
  {
    name: "mean-of-the-squares",
    mistake: "The root of the mean square was taken in place of that of the sum.",
    hint: "Is anything divided by the number of entries?",
    caughtBy: "longer than the bound",
    wrong: byLength(
      (norm, list) => norm / Math.sqrt(list.reduce((n, dW) => n + dW.data.length, 0)),
    ),
  },
  {
    name: "biases-not-counted",
    mistake: "The norm leaves out the biases' gradients.",
    hint: "How many matrices have a part in the norm?",
    caughtBy: "longer than the bound",
    wrong: byLength((_norm, [dWax, dWaa, dWya]) =>
      Math.hypot(...[dWax, dWaa, dWya].map((dW) => dW!.norm())),
    ),
  },
  {
    name: "output-not-counted",
    mistake: "The norm leaves out dWya and dby.",
    hint: "How many matrices have a part in the norm?",
    caughtBy: "longer than the bound",
    wrong: byLength((_norm, [dWax, dWaa, , dba]) =>
      Math.hypot(...[dWax, dWaa, dba].map((dW) => dW!.norm())),
    ),
  },
  {
    name: "biases-not-scaled",
    mistake: "The biases' gradients were not scaled.",
    hint: "All five are multiplied by the same factor. All five?",
    caughtBy: "longer than the bound",
    wrong: (right) => (gradients, c) => {
      const answer = right(gradients, c);
      const { dba, dby } = gradients;
      return { ...answer, gradients: { ...answer.gradients, dba, dby } };
    },
  },
  {
    name: "by-value",
    mistake: "The entries were clipped by value.",
    hint: "Does your clipped gradient point where it did?",
    caughtBy: "longer than the bound",
    wrong: (right) => (gradients, c) => ({
      ...right(gradients, c),
      gradients: clipByValue(gradients, c),
    }),
  },
  {
    name: "not-clipped",
    mistake: "The gradients came back as they were: none of them is clipped.",
    hint: "`times` returns a new matrix. What became of it?",
    caughtBy: "longer than the bound",
    wrong: (right) => (gradients, c) => ({
      norm: right(gradients, c).norm,
      gradients: scaled(gradients, 1),
    }),
  },
  {
    name: "norm-after-clipping",
    mistake: "The norm that is returned is the one after clipping.",
    hint: "Whoever watches the training wants to see the explosion.",
    caughtBy: "longer than the bound",
    wrong: (right) => (gradients, c) => {
      const answer = right(gradients, c);
      return { ...answer, norm: Math.min(answer.norm, c) };
    },
  },
  {
    name: "factor-for-the-norm",
    mistake: "The factor was returned in place of the norm.",
    hint: "Which number does the answer call norm?",
    caughtBy: "longer than the bound",
    wrong: (right) => (gradients, c) => {
      const answer = right(gradients, c);
      return { ...answer, norm: answer.norm > c ? c / answer.norm : 1 };
    },
  },
  {
    name: "bound-squared",
    mistake: "The norm was compared with c² and scaled to it.",
    hint: "Compare a length with a length.",
    caughtBy: "longer than the bound",
    wrong: (right) => (gradients, c) => right(gradients, c * c),
  },
  {
    name: "zero-over-zero",
    mistake: "A zero gradient became NaN: it was divided by its norm, 0.",
    hint: "What does your code do when every gradient is zero?",
    caughtBy: "all gradients zero",
    wrong: (right) => (gradients, c) => {
      const answer = right(gradients, c);
      return answer.norm > 0 ? answer : { ...answer, gradients: scaled(gradients, NaN) };
    },
  },
  {
    name: "nan-let-through",
    mistake: "A NaN among the entries gave an answer in place of an error.",
    hint: "What is the factor when the norm is NaN?",
    caughtBy: "an entry that is NaN",
    wrong: (right) => (gradients, c) =>
      hasNaN(gradients) ? { gradients: scaled(gradients, 1), norm: NaN } : right(gradients, c),
  },
];

function changed(gradients: RnnGradients, change: (dW: Mat) => Mat): RnnGradients {
  const { dWax, dWaa, dWya, dba, dby } = gradients;
  return {
    dWax: change(dWax),
    dWaa: change(dWaa),
    dWya: change(dWya),
    dba: change(dba),
    dby: change(dby),
  };
}

function scaled(gradients: RnnGradients, factor: number): RnnGradients {
  return changed(gradients, (dW) => dW.times(factor));
}

function hasNaN({ dWax, dWaa, dWya, dba, dby }: RnnGradients): boolean {
  return [dWax, dWaa, dWya, dba, dby].some(({ data }: Mat) => data.some(Number.isNaN));
}

/** Clipping by something else than the norm, which is returned as the norm too. */
function byLength(
  length: (norm: number, list: readonly Mat[]) => number,
): (right: Clip) => ReturnType<Mutant<Clip>["wrong"]> {
  return (right) => (gradients, c) => {
    const { dWax, dWaa, dWya, dba, dby } = gradients;
    const norm = length(right(gradients, c).norm, [dWax, dWaa, dWya, dba, dby]);
    return { norm, gradients: scaled(gradients, norm > c ? c / norm : 1) };
  };
}
