import { type Mat, numericalGradient } from "../../src/index.js";
import { smallNumbers } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
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
  {
    name: "divided-by-one-norm",
    mistake: "The difference was divided by ‖n‖ alone in place of ‖n‖ + ‖g‖.",
    hint: "Would the error be the same if n and g changed places?",
    caughtBy: "a factor too large",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h);
      return measured(right(f, theta, gradient, h), n.sub(gradient).norm(), n.norm());
    },
  },
  {
    name: "divided-by-the-larger-norm",
    mistake: "The difference was divided by the larger of the two norms in place of their sum.",
    hint: "Other courses do so, too. What does the statement ask for?",
    caughtBy: "a factor too large",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h);
      const larger = Math.max(n.norm(), gradient.norm());
      return measured(right(f, theta, gradient, h), n.sub(gradient).norm(), larger);
    },
  },
  {
    name: "absolute-values-summed",
    mistake: "Absolute values were summed in place of the norms' squares.",
    hint: "‖·‖ is the Euclidean norm: what becomes of each entry before the sum?",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h);
      const total = (mat: Mat): number => mat.map(Math.abs).sum();
      const scale = total(n) + total(gradient);
      return measured(right(f, theta, gradient, h), total(n.sub(gradient)), scale);
    },
  },
  {
    name: "largest-error-of-an-entry",
    mistake: "The largest relative error of a single entry was taken in place of the norms'.",
    hint: "One number for the whole matrix: do all entries have a share in it?",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h);
      const errors = n.map((value, i, j) => {
        const other = gradient.get(i, j);
        const scale = Math.abs(value) + Math.abs(other);
        return scale === 0 ? 0 : Math.abs(value - other) / scale;
      });
      return measured(right(f, theta, gradient, h), Math.max(...errors.data), 1);
    },
  },
  {
    name: "largest-difference",
    mistake:
      "The largest difference of an entry was divided by the norms in place of the difference's norm.",
    hint: "One number for the whole matrix: do all differences have a share in it?",
    caughtBy: "a factor too large",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h);
      const largest = Math.max(...n.sub(gradient).data.map(Math.abs));
      return measured(right(f, theta, gradient, h), largest, n.norm() + gradient.norm());
    },
  },
  {
    name: "forward-difference",
    mistake: "The numerical gradient was taken by forward differences, (f(θ+h) − f(θ))/h.",
    hint: "Look to both sides of θ.",
    caughtBy: "a large step h",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = theta.map((_value, i, j) => {
        const above = theta.map((value, k, l) => (k === i && l === j ? value + h : value));
        return (f(above) - f(theta)) / h;
      });
      const scale = n.norm() + gradient.norm();
      return {
        ...measured(right(f, theta, gradient, h), n.sub(gradient).norm(), scale),
        ...placeOfLargest(n.sub(gradient)),
      };
    },
  },
  {
    name: "two-forgotten",
    mistake: "The differences were divided by h in place of 2h: n is twice too large.",
    hint: "How far apart are the two points?",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      return right((place) => 2 * f(place), theta, gradient, h);
    },
  },
  {
    name: "row-and-column-exchanged",
    mistake: "Row and column stand in each other's place.",
    hint: "Rows are counted downwards, columns to the right.",
    caughtBy: "one wrong entry of a row",
    wrong: (right) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      return { ...answer, row: answer.column, column: answer.row };
    },
  },
  {
    name: "place-in-the-list",
    mistake: "The row is the entry's place in the list of all entries, and the column is 1.",
    hint: "An entry's place in the data is made of two numbers: which division gives them back?",
    caughtBy: "one wrong entry of a row",
    wrong: (right) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      return { ...answer, row: (answer.row - 1) * theta.cols + answer.column, column: 1 };
    },
  },
  {
    name: "divided-by-the-rows",
    mistake: "The place in the list was divided by the number of rows in place of columns.",
    hint: "How many entries lie between the beginnings of two rows?",
    caughtBy: "one wrong entry of a row",
    wrong: (right) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      const place = (answer.row - 1) * theta.cols + answer.column - 1;
      return {
        ...answer,
        row: Math.floor(place / theta.rows) + 1,
        column: (place % theta.rows) + 1,
      };
    },
  },
  {
    name: "place-without-absolute-value",
    mistake: "The place is that of the largest n − g: where g is too large, it is overlooked.",
    hint: "A difference can be negative and still be the largest.",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      const { data } = numericalGradient(f, theta, h).sub(gradient);
      const worst = data.indexOf(Math.max(...data));
      const row = Math.floor(worst / theta.cols) + 1;
      return { ...right(f, theta, gradient, h), row, column: (worst % theta.cols) + 1 };
    },
  },
  {
    name: "written-into-the-gradient",
    mistake: "The difference was written into the given gradient: the caller's matrix is changed.",
    hint: "Whoever asked you about their gradient may still need it.",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      gradient.data.set(numericalGradient(f, theta, h).sub(gradient).data);
      return answer;
    },
  },
  {
    name: "divided-by-product",
    mistake: "The difference was divided by the product of the norms in place of their sum.",
    hint: "What happens to the error if both gradients are ten times as large?",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      const n = numericalGradient(f, theta, h);
      const size = n.norm() * gradient.norm();
      return { ...answer, relativeError: size === 0 ? 0 : n.sub(gradient).norm() / size };
    },
  },
  {
    name: "largest-entries",
    mistake: "The largest absolute entries were compared in place of the norms.",
    hint: "The norm is over all entries.",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      const n = numericalGradient(f, theta, h);
      const largest = (matrix: Mat): number => Math.max(...Array.from(matrix.data, Math.abs));
      const size = largest(n) + largest(gradient);
      return { ...answer, relativeError: size === 0 ? 0 : largest(n.sub(gradient)) / size };
    },
  },
  {
    name: "place-of-smallest",
    mistake: "The place is that of the smallest difference.",
    hint: "At which entry is |n − g| largest?",
    caughtBy: "one wrong entry",
    wrong: (right) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      const n = numericalGradient(f, theta, h);
      const scores = Array.from(n.data, (value, k) => -Math.abs(value - gradient.data[k]!));
      const worst = scores.indexOf(Math.max(...scores));
      return {
        ...answer,
        row: Math.floor(worst / n.cols) + 1,
        column: (worst % n.cols) + 1,
      };
    },
  },
  {
    name: "place-by-relative-difference",
    mistake: "The place is that of the largest relative difference of an entry.",
    hint: "At which entry is |n − g| largest?",
    caughtBy: "a factor too large",
    wrong: (right) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      const n = numericalGradient(f, theta, h);
      const scores = Array.from(
        n.data,
        (value, k) =>
          Math.abs(value - gradient.data[k]!) /
          (Math.abs(value) + Math.abs(gradient.data[k]!) || 1),
      );
      const worst = scores.indexOf(Math.max(...scores));
      return {
        ...answer,
        row: Math.floor(worst / n.cols) + 1,
        column: (worst % n.cols) + 1,
      };
    },
  },
  {
    name: "divided-by-the-claimed-norm",
    mistake: "The difference was divided by ‖g‖ alone in place of ‖n‖ + ‖g‖.",
    hint: "Would the error be the same if n and g changed places?",
    caughtBy: "the largest entry is missing",
    wrong: (right) => (f, theta, gradient, h) => {
      const n = numericalGradient(f, theta, h);
      return measured(right(f, theta, gradient, h), n.sub(gradient).norm(), gradient.norm());
    },
  },
  {
    name: "place-of-the-largest-numerical-gradient",
    mistake:
      "Row and column are those of the largest numerical gradient, not of the largest difference.",
    hint: "The place to look first is where the two gradients are furthest apart.",
    caughtBy: "almost right",
    wrong: (right) => (f, theta, gradient, h) => ({
      ...right(f, theta, gradient, h),
      ...placeOfLargest(numericalGradient(f, theta, h)),
    }),
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.gradientCheck>[] = [
  {
    name: "small-number-in-the-denominator",
    mistake: (k) => `${k} was added to the denominator.`,
    hint: "Two zero gradients are a case of their own; all others need no help.",
    constants: smallNumbers,
    wrong: (right, k) => (f, theta, gradient, h) => {
      const answer = right(f, theta, gradient, h);
      const n = numericalGradient(f, theta, h);
      const size = n.norm() + gradient.norm();
      return { ...answer, relativeError: n.sub(gradient).norm() / (size + k) };
    },
  },
];

type Answer = ReturnType<typeof starter.gradientCheck>;

/** The answer with another relative error: 0 when there is nothing to divide by. */
function measured(answer: Answer, distance: number, scale: number): Answer {
  return { ...answer, relativeError: scale === 0 ? 0 : distance / scale };
}

/** Row and column, from 1, of the entry that is furthest from zero. */
function placeOfLargest(matrix: Mat): { readonly row: number; readonly column: number } {
  const sizes = Array.from(matrix.data, Math.abs);
  const worst = sizes.indexOf(Math.max(...sizes));
  return { row: Math.floor(worst / matrix.cols) + 1, column: (worst % matrix.cols) + 1 };
}
