import { Mat } from "../../src/index.js";
import { smallNumbers } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

function moved(theta: Mat, i: number, j: number, by: number): Mat {
  return theta.map((value, k, l) => (k === i && l === j ? value + by : value));
}

/** The wrong ways to take differences. */
export const mutants: readonly Mutant<typeof starter.numericalGradient>[] = [
  {
    name: "forward-difference",
    mistake:
      "A forward difference was taken, (f(θ+h) − f(θ))/h: its error shrinks with h, not with h².",
    hint: "Look to both sides of θ.",
    caughtBy: "a large step h",
    wrong: () => (f, theta, h) =>
      theta.map((_value, i, j) => (f(moved(theta, i, j, h)) - f(theta)) / h),
  },
  {
    name: "two-forgotten",
    mistake: "The difference was divided by h in place of 2h: every entry is twice too large.",
    hint: "How far apart are the two points?",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => right(f, theta, h).times(2),
  },
  {
    name: "all-entries-moved",
    mistake: "All entries were moved at once: every entry holds the same number.",
    hint: "A partial derivative moves one entry and keeps the others.",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) => {
      const slope = (f(theta.add(h)) - f(theta.sub(h))) / (2 * h);
      return theta.map(() => slope);
    },
  },
  {
    name: "entry-not-put-back",
    mistake:
      "Moved entries were not put back: each entry is measured with the ones before it moved.",
    hint: "Before the next entry's turn, θ must be what it was.",
    caughtBy: "a large step, all entries",
    wrong: () => (f, theta, h) => {
      let current = theta;
      return theta.map((_value, i, j) => {
        const above = f(moved(current, i, j, h));
        current = moved(current, i, j, -h);
        return (above - f(current)) / (2 * h);
      });
    },
  },
  {
    name: "sign-flipped",
    mistake: "The difference is the wrong way round: f(θ−h) − f(θ+h).",
    hint: "Where f grows with θ, the gradient is positive.",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => right(f, theta, h).times(-1),
  },
  {
    name: "step-ignored",
    mistake: "A fixed step of 1e-5 was used in place of h.",
    hint: "How far to move is an argument.",
    caughtBy: "a large step h",
    wrong: (right) => (f, theta) => right(f, theta, 1e-5),
  },
  {
    name: "theta-changed",
    mistake:
      "θ itself was moved, and adding h again does not bring back the very same number: θ is changed.",
    hint: "Adding and taking away h rounds twice. Keep the old value, or work on a copy.",
    caughtBy: "many entries",
    wrong: (right) => (f, theta, h) => {
      const answer = right(f, theta, h);
      for (let n = 0; n < theta.data.length; n++) {
        theta.data[n]! += h;
        theta.data[n]! -= 2 * h;
        theta.data[n]! += h;
      }
      return answer;
    },
  },
  {
    name: "backward-difference",
    mistake:
      "A backward difference was taken, (f(θ) − f(θ−h))/h: its error shrinks with h, not with h².",
    hint: "Look to both sides of θ.",
    caughtBy: "a large step h",
    wrong: () => (f, theta, h) =>
      theta.map((_value, i, j) => (f(theta) - f(moved(theta, i, j, -h))) / h),
  },
  {
    name: "one-side-over-two-h",
    mistake: "f(θ+h) − f(θ) was divided by 2h: every entry is half as large as it should be.",
    hint: "How far apart are the two points?",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((_value, i, j) => (f(moved(theta, i, j, h)) - f(theta)) / (2 * h)),
  },
  {
    name: "bracket-missing",
    mistake: "The bracket is missing: f(θ+h) − f(θ−h)/2h in place of (f(θ+h) − f(θ−h))/2h.",
    hint: "Division binds first. What is divided in your line?",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((_value, i, j) => f(moved(theta, i, j, h)) - f(moved(theta, i, j, -h)) / (2 * h)),
  },
  {
    name: "multiplied-by-h",
    mistake: "/ 2 * h was written: that divides by 2 and multiplies by h.",
    hint: "Division and multiplication go from left to right. What is 6 / 2 * 3?",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => right(f, theta, h).times(h * h),
  },
  {
    name: "step-in-proportion",
    mistake: "Each entry was moved by h times itself.",
    hint: "How far apart are the two points? Is that the same for every entry of θ?",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((value, i, j) => {
        const by = value * h;
        return (f(moved(theta, i, j, by)) - f(moved(theta, i, j, -by))) / (2 * h);
      }),
  },
  {
    name: "entry-replaced",
    mistake: "Each entry was set to h and to −h in place of being moved by h.",
    hint: "Around which point is the gradient wanted?",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((value, i, j) => {
        const [above, below] = [moved(theta, i, j, h - value), moved(theta, i, j, -h - value)];
        return (f(above) - f(below)) / (2 * h);
      }),
  },
  {
    name: "row-moved",
    mistake: "A whole row was moved at once: its entries all hold the same number.",
    hint: "A partial derivative moves one entry and keeps the others.",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((_value, i) => {
        const nudged = (by: number): number =>
          f(theta.map((value, k) => (k === i ? value + by : value)));
        return (nudged(h) - nudged(-h)) / (2 * h);
      }),
  },
  {
    name: "column-moved",
    mistake: "A whole column was moved at once: its entries all hold the same number.",
    hint: "A partial derivative moves one entry and keeps the others.",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((_value, _i, j) => {
        const nudged = (by: number): number =>
          f(theta.map((value, _k, l) => (l === j ? value + by : value)));
        return (nudged(h) - nudged(-h)) / (2 * h);
      }),
  },
  {
    name: "indices-exchanged",
    mistake: "Row and column are exchanged where the entry is moved.",
    hint: "Which entry moves when the answer's entry in row 1, column 2 is made?",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((_value, i, j) => (f(moved(theta, j, i, h)) - f(moved(theta, j, i, -h))) / (2 * h)),
  },
  {
    name: "first-column-only",
    mistake: "Only the first column's entries were moved; the others are 0.",
    hint: "θ has two dimensions. How many loops does that take?",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) =>
      right(f, theta, h).map((value, _i, j) => (j === 0 ? value : 0)),
  },
  {
    name: "filled-down-the-columns",
    mistake: "The numbers were put into the result column by column in place of row by row.",
    hint: "The data of a matrix lies row after row.",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => {
      const { data } = right(f, theta, h);
      return Mat.build(theta.rows, theta.cols, (i, j) => data[j * theta.rows + i]!);
    },
  },
  {
    name: "not-divided",
    mistake: "The difference was not divided by anything.",
    hint: "A slope is a difference over a distance.",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => right(f, theta, h).times(2 * h),
  },
  {
    name: "divided-by-two",
    mistake: "The difference was divided by 2, not by 2h.",
    hint: "How far apart are the two places?",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => right(f, theta, h).times(h),
  },
  {
    name: "half-step",
    mistake: "The entries were moved by h/2, but the difference was divided by 2h.",
    hint: "How far apart are the two places?",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => right(f, theta, h / 2).times(0.5),
  },
  {
    name: "values-added",
    mistake: "The two values were added in place of subtracted.",
    hint: "A slope is a difference over a distance.",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((_value, i, j) => {
        const at = (by: number): number =>
          f(theta.map((entry, k, l) => (k === i && l === j ? entry + by : entry)));
        return (at(h) + at(-h)) / (2 * h);
      }),
  },
  {
    name: "second-difference",
    mistake: "The second derivative was taken: f(θ+h) − 2f(θ) + f(θ−h) over h².",
    hint: "The gradient needs two values of f, not three.",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((_value, i, j) => {
        const at = (by: number): number =>
          f(theta.map((entry, k, l) => (k === i && l === j ? entry + by : entry)));
        return (at(h) - 2 * at(0) + at(-h)) / (h * h);
      }),
  },
  {
    name: "step-and-divisor-in-proportion",
    mistake: "Each entry was moved by h times itself, and the difference divided by that too.",
    hint: "How far is each entry moved? Is that the same for every entry of θ?",
    caughtBy: "a large step, all entries",
    wrong: () => (f, theta, h) =>
      theta.map((value, i, j) => {
        const by = value * h;
        return (f(moved(theta, i, j, by)) - f(moved(theta, i, j, -by))) / (2 * by);
      }),
  },
  {
    name: "first-row-only",
    mistake: "Only the first row's entries were moved; the others are 0.",
    hint: "θ has two dimensions. How many loops does that take?",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => right(f, theta, h).map((value, i) => (i === 0 ? value : 0)),
  },
  {
    name: "transposed",
    mistake: "The gradient is transposed: rows and columns are exchanged.",
    hint: "The gradient has the shape of θ.",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => right(f, theta, h).T,
  },
  {
    name: "theta-left-moved",
    mistake:
      "θ itself was moved and not put back: it is changed, and each entry is measured with those before it moved.",
    hint: "Whoever gave you θ still needs it. Work on a copy.",
    caughtBy: "a large step, all entries",
    wrong: () => (f, theta, h) => {
      const slopes = Array.from(theta.data, (_value, n) => {
        theta.data[n]! += h;
        const above = f(theta);
        theta.data[n]! -= 2 * h;
        return (above - f(theta)) / (2 * h);
      });
      return theta.map((_value, i, j) => slopes[i * theta.cols + j]!);
    },
  },
  {
    name: "absolute-values",
    mistake: "The absolute values of the slopes were returned.",
    hint: "Where f falls with θ, the gradient is negative.",
    caughtBy: "a cubic",
    wrong: (right) => (f, theta, h) => right(f, theta, h).map(Math.abs),
  },
  {
    name: "step-by-the-entry-s-size",
    mistake: "Each entry was moved by h times its own size, and the difference divided by 2h.",
    hint: "How far is an entry moved, and by what is the difference divided?",
    caughtBy: "a cubic",
    wrong: () => (f, theta, h) =>
      theta.map((value, i, j) => {
        const by = h * Math.abs(value);
        return (f(moved(theta, i, j, by)) - f(moved(theta, i, j, -by))) / (2 * h);
      }),
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.numericalGradient>[] = [
  {
    name: "another-step",
    mistake: (k) => `A fixed step of ${k} was used in place of h.`,
    hint: "h is an argument: where do you use it?",
    constants: () => smallNumbers().slice(0, 8),
    wrong: (right, k) => (f, theta) => right(f, theta, k),
  },
];
