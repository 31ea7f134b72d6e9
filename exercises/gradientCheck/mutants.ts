import { numericalGradient } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to compare two gradients. */
export const mutants: readonly Mutant<typeof starter.gradientCheck>[] = [
  {
    name: "absolute-error",
    mistake:
      "The difference's norm is not divided by anything: it depends on the gradient's scale.",
    hint: "Is 0.001 much? That depends on how large the gradients are.",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => ({
      ...right(f, theta, gradient, h),
      relativeError: numericalGradient(f, theta, h).sub(gradient).norm(),
    }),
  },
  {
    name: "norm-of-the-sum",
    mistake: "The denominator is ‖n + g‖ in place of ‖n‖ + ‖g‖: opposite gradients divide by zero.",
    hint: "Take each norm first, then add.",
    caughtBy: "the sign is wrong",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h);
      const scale = n.add(gradient).norm();
      return {
        ...right(f, theta, gradient, h),
        relativeError: scale === 0 ? 0 : n.sub(gradient).norm() / scale,
      };
    },
  },
  {
    name: "norms-compared",
    mistake: "The norms were compared in place of the gradients: a flipped sign goes unnoticed.",
    hint: "Two gradients of equal length can point in opposite directions.",
    caughtBy: "the sign is wrong",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h).norm();
      const g = gradient.norm();
      return {
        ...right(f, theta, gradient, h),
        relativeError: n + g === 0 ? 0 : Math.abs(n - g) / (n + g),
      };
    },
  },
  {
    name: "nan-for-zero",
    mistake: "When both gradients are zero, 0/0 gives NaN.",
    hint: "What is the error of a zero that should be a zero?",
    caughtBy: "both gradients are zero",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h);
      return {
        ...right(f, theta, gradient, h),
        relativeError: n.sub(gradient).norm() / (n.norm() + gradient.norm()),
      };
    },
  },
  {
    name: "counted-from-zero",
    mistake: "Row and column are counted from 0.",
    hint: "People count rows from 1; say the place as the statement asks.",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      return { ...answer, row: answer.row - 1, column: answer.column - 1 };
    },
  },
  {
    name: "squares-not-rooted",
    mistake: "Sums of squares were compared in place of norms: the root is missing.",
    hint: "A norm is the root of a sum of squares.",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h);
      const scale = n.norm() ** 2 + gradient.norm() ** 2;
      return {
        ...right(f, theta, gradient, h),
        relativeError: scale === 0 ? 0 : n.sub(gradient).norm() ** 2 / scale,
      };
    },
  },
  {
    name: "place-of-the-largest-gradient",
    mistake: "Row and column are those of the largest gradient, not of the largest difference.",
    hint: "The place to look first is where the two gradients are furthest apart.",
    caughtBy: "almost right",
    wrong: (right) => (f, theta, gradient, h) => {
      const sizes = Array.from(gradient.data, Math.abs);
      const worst = sizes.indexOf(Math.max(...sizes));
      const row = Math.floor(worst / theta.cols) + 1;
      return { ...right(f, theta, gradient, h), row, column: (worst % theta.cols) + 1 };
    },
  },
];
