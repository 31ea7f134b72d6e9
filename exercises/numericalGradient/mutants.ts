import { Mat } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
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
];
