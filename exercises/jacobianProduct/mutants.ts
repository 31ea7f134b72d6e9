import { Mat, Sequence } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type Square = Mat<"n_a", "n_a">;

/** The wrong ways from one state to a later one. */
export const mutants: readonly Mutant<typeof starter.jacobianProduct>[] = [
  {
    name: "slopes-left-out",
    mistake: "1 − a² is missing: it is a power of Waa.",
    hint: "How does a state move with its pre-activation? tanh has a slope.",
    caughtBy: "one step apart",
    wrong: () => (_a, Waa, k, t) => productOf(Waa, k, t, () => Waa),
  },
  {
    name: "slope-without-the-square",
    mistake: "The slope is 1 − a in place of 1 − a².",
    hint: "What is tanh′, written with a = tanh z?",
    caughtBy: "one step apart",
    wrong: () => (a, Waa, k, t) =>
      productOf(Waa, k, t, (s) => rowsScaled(Waa, a.at(s), (v) => 1 - v)),
  },
  {
    name: "slope-of-the-sigmoid",
    mistake: "The slope is a(1 − a), the sigmoid's.",
    hint: "Which activation makes these states?",
    caughtBy: "one step apart",
    wrong: () => (a, Waa, k, t) =>
      productOf(Waa, k, t, (s) => rowsScaled(Waa, a.at(s), (v) => v * (1 - v))),
  },
  {
    name: "state-squared-alone",
    mistake: "The slope is a² in place of 1 − a².",
    hint: "Where is tanh steepest: at a = 0 or at a = 1?",
    caughtBy: "one step apart",
    wrong: () => (a, Waa, k, t) =>
      productOf(Waa, k, t, (s) => rowsScaled(Waa, a.at(s), (v) => v * v)),
  },
  {
    name: "plus-for-minus",
    mistake: "The slope is 1 + a² in place of 1 − a².",
    hint: "Can tanh be steeper than 1?",
    caughtBy: "one step apart",
    wrong: () => (a, Waa, k, t) =>
      productOf(Waa, k, t, (s) => rowsScaled(Waa, a.at(s), (v) => 1 + v * v)),
  },
  {
    name: "slope-of-the-slope",
    mistake: "tanh was taken of a once more: the slope is 1 − tanh(a)².",
    hint: "a is tanh(z) already.",
    caughtBy: "one step apart",
    wrong: (right) => (a, Waa, k, t) =>
      right(
        a.map((a_s) => a_s.map(Math.tanh)),
        Waa,
        k,
        t,
      ),
  },
  {
    name: "columns-scaled",
    mistake: "The slopes scale the columns of Waa: the diagonal stands on its right.",
    hint: "Whose slope is it: of the unit that is reached, or of the one that it comes from?",
    caughtBy: "one step apart",
    wrong: () => (a, Waa, k, t) =>
      productOf(Waa, k, t, (s) => Waa.map((w, _i, j) => w * (1 - a.at(s).get(j, 0) ** 2))),
  },
  {
    name: "waa-transposed",
    mistake: "Waaᵀ was used in place of Waa.",
    hint: "Waaᵀ carries a gradient back. Which way does this product look?",
    caughtBy: "one step apart",
    wrong: (right) => (a, Waa, k, t) => right(a, Waa.T, k, t),
  },
  {
    name: "transposed",
    mistake: "The answer is transposed: rows and columns are exchanged.",
    hint: "Which unit does a row belong to: one of a⟨t⟩ or one of a⟨k⟩?",
    caughtBy: "one step apart",
    wrong: (right) => (a, Waa, k, t) => right(a, Waa, k, t).T,
  },
  {
    name: "wrong-order",
    mistake: "The factors stand in reverse order: that of step k + 1 on the left.",
    hint: "Which factor meets a change of a⟨k⟩ first? It stands on the right.",
    caughtBy: "four steps apart",
    wrong: () => (a, Waa, k, t) => {
      let product = identity(Waa.rows);
      for (let s = k + 1; s <= t; s++) product = product.dot(stepOf(a, Waa, s));
      return product;
    },
  },
  {
    name: "one-factor-too-many",
    mistake: "Step k has a factor too.",
    hint: "How many steps lie between a⟨2⟩ and a⟨6⟩?",
    caughtBy: "four steps apart",
    wrong: (right) => (a, Waa, k, t) => (k === 0 ? right(a, Waa, k, t) : right(a, Waa, k - 1, t)),
  },
  {
    name: "step-t-left-out",
    mistake: "The factor of step t is missing.",
    hint: "How many steps lie between a⟨2⟩ and a⟨6⟩?",
    caughtBy: "four steps apart",
    wrong: (right) => (a, Waa, k, t) => right(a, Waa, k, Math.max(k, t - 1)),
  },
  {
    name: "first-factor-left-out",
    mistake: "The factor of step k + 1 is missing.",
    hint: "How many steps lie between a⟨2⟩ and a⟨6⟩?",
    caughtBy: "four steps apart",
    wrong: (right) => (a, Waa, k, t) => right(a, Waa, Math.min(t, k + 1), t),
  },
  {
    name: "slopes-one-step-early",
    mistake: "The factor of step s takes its slope from a⟨s−1⟩.",
    hint: "Which state came out of the tanh of step s?",
    caughtBy: "four steps apart",
    wrong: () => (a, Waa, k, t) =>
      productOf(Waa, k, t, (s) => (s > 1 ? rowsScaled(Waa, a.at(s - 1), slope) : Waa)),
  },
  {
    name: "one-slope-for-all-steps",
    mistake: "Every factor has the slope of step t.",
    hint: "Each step has its own state.",
    caughtBy: "four steps apart",
    wrong: () => (a, Waa, k, t) => productOf(Waa, k, t, () => stepOf(a, Waa, t)),
  },
  {
    name: "always-from-the-start",
    mistake: "The product runs from the first step, whatever k is.",
    hint: "What is k for?",
    caughtBy: "four steps apart",
    wrong: (right) => (a, Waa, _k, t) => right(a, Waa, 0, t),
  },
  {
    name: "always-to-the-end",
    mistake: "The product runs to the last step, whatever t is.",
    hint: "What is t for?",
    caughtBy: "four steps apart",
    wrong: (right) => (a, Waa, k) => right(a, Waa, k, a.T_x),
  },
  {
    name: "zero-for-no-step",
    mistake: "For t = k the answer is zero in place of the identity.",
    hint: "How does a⟨3⟩ move with itself?",
    caughtBy: "the same step",
    wrong: (right) => (a, Waa, k, t) =>
      t === k ? Mat.zeros(Waa.rows, Waa.cols) : right(a, Waa, k, t),
  },
  {
    name: "ones-for-no-step",
    mistake: "The product started from a matrix full of ones in place of the identity.",
    hint: "Which matrix changes nothing when it is multiplied?",
    caughtBy: "the same step",
    wrong: (right) => (a, Waa, k, t) =>
      right(a, Waa, k, t).dot(Mat.filled<"n_a", "n_a">(Waa.rows, Waa.cols, 1)),
  },
  {
    name: "entry-by-entry",
    mistake: "The factors were multiplied entry by entry: no matrix product.",
    hint: "`times` multiplies entry by entry. What is a product of matrices?",
    caughtBy: "four steps apart",
    wrong: () => (a, Waa, k, t) => {
      if (t === k) return identity(Waa.rows);
      let product = stepOf(a, Waa, k + 1);
      for (let s = k + 2; s <= t; s++) product = product.times(stepOf(a, Waa, s));
      return product;
    },
  },
  {
    name: "factors-added",
    mistake: "The factors were added up in place of multiplied.",
    hint: "The chain rule multiplies along a path.",
    caughtBy: "four steps apart",
    wrong: () => (a, Waa, k, t) => {
      if (t === k) return identity(Waa.rows);
      let sum = stepOf(a, Waa, k + 1);
      for (let s = k + 2; s <= t; s++) sum = sum.add(stepOf(a, Waa, s));
      return sum;
    },
  },
  {
    name: "started-from-waa",
    mistake:
      "The product started from Waa in place of the identity: one factor too many, on the left.",
    hint: "What is the product where t is k?",
    caughtBy: "the same step",
    wrong: (right) => (a, Waa, k, t) => Waa.dot(right(a, Waa, k, t)),
  },
  {
    name: "started-from-waa-on-the-right",
    mistake:
      "The product started from Waa in place of the identity: one factor too many, on the right.",
    hint: "What is the product where t is k?",
    caughtBy: "the same step",
    wrong: (right) => (a, Waa, k, t) => right(a, Waa, k, t).dot(Waa),
  },
];

function slope(value: number): number {
  return 1 - value * value;
}

function identity(n: number): Square {
  return Mat.build(n, n, (i, j) => (i === j ? 1 : 0));
}

/** Waa with row i times what `factor` makes of unit i of the state. */
function rowsScaled(Waa: Square, a_s: Mat<"n_a", "1">, factor: (value: number) => number): Square {
  return Waa.map((w, i) => w * factor(a_s.get(i, 0)));
}

function stepOf(a: Sequence<"n_a", "1">, Waa: Square, s: number): Square {
  return rowsScaled(Waa, a.at(s), slope);
}

function productOf(Waa: Square, k: number, t: number, factor: (s: number) => Square): Square {
  let product = identity(Waa.rows);
  for (let s = k + 1; s <= t; s++) product = factor(s).dot(product);
  return product;
}
