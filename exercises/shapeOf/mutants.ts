import { shapeOf } from "../../src/index.js";
import type { Family, Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type Sizes = Parameters<typeof starter.shapeOf>[1];

/** The wrong ways to remember the shapes. */
export const mutants: readonly Mutant<typeof starter.shapeOf>[] = [
  {
    name: "rows-for-examples",
    mistake: "The examples stand in rows: every shape of data is the wrong way round.",
    hint: "In this course a column is an example: (n_x, m), not (m, n_x).",
    caughtBy: "x_t",
    wrong: (right) => (name, sizes) => {
      const [rows, cols, ...rest] = right(name, sizes);
      return cols === sizes.m ? [cols, rows!, ...rest] : right(name, sizes);
    },
  },
  {
    name: "weights-turned",
    mistake: "The weights' shapes are the wrong way round.",
    hint: "Read an index pair as “to, from”, and a shape as (to, from) too.",
    caughtBy: "Wax",
    wrong: (right) => (name, sizes) => {
      const shape = right(name, sizes);
      return name.startsWith("W") ? Array.from(shape).reverse() : shape;
    },
  },
  {
    name: "time-forgotten",
    mistake: "A whole sequence was given the shape of one step: T_x is missing.",
    hint: "x holds all x⟨t⟩: it has a third dimension.",
    caughtBy: "x",
    wrong: (right) => (name, sizes) => right(name, sizes).slice(0, 2),
  },
  {
    name: "bias-per-example",
    mistake: "The biases were given one column per example.",
    hint: "A bias is shared by all examples: one column.",
    caughtBy: "ba",
    wrong: (right) => (name, sizes) => {
      const shape = right(name, sizes);
      return name.startsWith("b") ? [shape[0]!, sizes.m] : shape;
    },
  },
  {
    name: "stack-side-by-side",
    mistake: "[a; x] was stacked side by side in place of one above the other.",
    hint: "The vectors are stacked downwards: n_a + n_x rows, and still m columns.",
    caughtBy: "ax_t",
    wrong: (right) => (name, sizes) =>
      name === "ax_t" ? [sizes.n_a, 2 * sizes.m] : right(name, sizes),
  },
  {
    name: "weights-stacked-downwards",
    mistake: "W_a was stacked downwards in place of side by side.",
    hint: "W_a makes a state of [a; x]: n_a rows, and a column for each entry of the stack.",
    caughtBy: "Wa",
    wrong: (right) => (name, sizes) =>
      name === "Wa" ? [sizes.n_a + sizes.n_x, sizes.n_a] : right(name, sizes),
  },
  {
    name: "time-first",
    mistake: "A whole sequence was given time as its first dimension.",
    hint: "As in the course: units, examples, and then time.",
    caughtBy: "x",
    wrong: (right) => (name, sizes) => {
      const [rows, cols, T] = right(name, sizes);
      return T === undefined ? [rows!, cols!] : [T, rows!, cols!];
    },
  },
  {
    name: "input-weights-turned",
    mistake: "W_ax's shape is the wrong way round: (n_x, n_a).",
    hint: "Read an index pair as “to, from”, and a shape as (to, from) too.",
    caughtBy: "Wax",
    wrong: (right) => (name, sizes) =>
      name === "Wax" ? [sizes.n_x, sizes.n_a] : right(name, sizes),
  },
  {
    name: "output-weights-turned",
    mistake: "W_ya's shape is the wrong way round: (n_a, n_y).",
    hint: "Read an index pair as “to, from”, and a shape as (to, from) too.",
    caughtBy: "Wya",
    wrong: (right) => (name, sizes) =>
      name === "Wya" ? [sizes.n_a, sizes.n_y] : right(name, sizes),
  },
  {
    name: "state-weights-from-the-input",
    mistake: "W_aa was given W_ax's shape.",
    hint: "Which letters stand in W_aa's index pair?",
    caughtBy: "Waa",
    wrong: (right) => (name, sizes) => right(name === "Waa" ? "Wax" : name, sizes),
  },
  {
    name: "biases-exchanged",
    mistake: "b_a was given b_y's shape, and b_y that of b_a.",
    hint: "A bias has as many entries as what it is added to.",
    caughtBy: "ba",
    wrong: (right) => (name, sizes) =>
      right(name === "ba" ? "by" : name === "by" ? "ba" : name, sizes),
  },
  {
    name: "bias-as-a-row",
    mistake: "The biases were given one row in place of one column.",
    hint: "A bias is added to a state, whose units stand one above the other.",
    caughtBy: "ba",
    wrong: (right) => (name, sizes) => {
      const shape = right(name, sizes);
      return name.startsWith("b") ? Array.from(shape).reverse() : shape;
    },
  },
  {
    name: "bias-without-columns",
    mistake: "The biases were given one number for a shape: a list, not a matrix.",
    hint: "In this course everything is a matrix, a column too: what is its second number?",
    caughtBy: "ba",
    wrong: (right) => (name, sizes) => {
      const shape = right(name, sizes);
      return name.startsWith("b") ? shape.slice(0, 1) : shape;
    },
  },
  {
    name: "prediction-like-the-state",
    mistake: "The prediction was given as many rows as the state has units.",
    hint: "Is there a size of its own for what the network says?",
    caughtBy: "yhat_t",
    wrong: (right) => (name, sizes) => right(name.replace("yhat", "a"), sizes),
  },
  {
    name: "prediction-without-examples",
    mistake: "The prediction was given one column in place of one for each example.",
    hint: "For how many examples does the network say something?",
    caughtBy: "yhat_t",
    wrong: (right) => (name, sizes) => {
      const [rows, cols, ...rest] = right(name, sizes);
      return [rows!, name.startsWith("yhat") ? 1 : cols!, ...rest];
    },
  },
  {
    name: "stack-grows-both-ways",
    mistake: "[a; x] was given twice as many columns too.",
    hint: "The vectors are stacked downwards: do the examples get more by that?",
    caughtBy: "ax_t",
    wrong: (right) => (name, sizes) =>
      name === "ax_t" ? [sizes.n_a + sizes.n_x, 2 * sizes.m] : right(name, sizes),
  },
  {
    name: "stacked-weights-square",
    mistake: "W_a was given n_a + n_x rows as well as columns.",
    hint: "W_a makes a state. How many rows has a state?",
    caughtBy: "Wa",
    wrong: (right) => (name, sizes) => {
      const side = sizes.n_a + sizes.n_x;
      return name === "Wa" ? [side, side] : right(name, sizes);
    },
  },
  {
    name: "time-in-the-middle",
    mistake: "A whole sequence was given time as its second dimension.",
    hint: "As in the course: units, examples, and then time.",
    caughtBy: "x",
    wrong: (right) => (name, sizes) => {
      const [rows, cols, T] = right(name, sizes);
      return T === undefined ? [rows!, cols!] : [rows!, T, cols!];
    },
  },
  {
    name: "time-in-every-step",
    mistake: "A single step was given T_x as a third number too.",
    hint: "The t in x_t picks one step. What is left of time?",
    caughtBy: "x_t",
    wrong: (right) => (name, sizes) => {
      const shape = right(name, sizes);
      return name.endsWith("_t") ? [...shape, sizes.T_x] : shape;
    },
  },
  {
    name: "a-0-counted",
    mistake: "a was given T_x + 1 steps: a⟨0⟩ was counted.",
    hint: "a holds what the network has made, step by step: how many is that?",
    caughtBy: "a",
    wrong: (right) => (name, sizes) =>
      right(name, name === "a" ? { ...sizes, T_x: sizes.T_x + 1 } : sizes),
  },
  {
    name: "output-bias-like-the-state",
    mistake: "b_y was given as many rows as the state has units.",
    hint: "What is b_y added to?",
    caughtBy: "by",
    wrong: (right) => (name, sizes) => right(name === "by" ? "ba" : name, sizes),
  },
  {
    name: "state-bias-like-the-output",
    mistake: "b_a was given as many rows as the prediction.",
    hint: "What is b_a added to?",
    caughtBy: "ba",
    wrong: (right) => (name, sizes) => right(name === "ba" ? "by" : name, sizes),
  },
  {
    name: "stack-beside",
    mistake: "[a; x] was given the columns of both, beside one another: (n_a, n_x + m).",
    hint: "In [a; x] one vector stands on top of the other. What grows?",
    caughtBy: "ax_t",
    wrong: (right) => (name, sizes) =>
      name === "ax_t" ? [sizes.n_a, sizes.n_x + sizes.m] : right(name, sizes),
  },
  {
    name: "stacked-weights-doubled",
    mistake: "W_a was given twice the rows: the matrices were taken for equally wide and stacked.",
    hint: "W_a makes a state of [a; x]: how many rows and columns does that take?",
    caughtBy: "Wa",
    wrong: (right) => (name, sizes) =>
      name === "Wa" ? [2 * sizes.n_a, sizes.n_x] : right(name, sizes),
  },
  {
    name: "steps-turned",
    mistake: "The examples stand in rows for one step (x_t, a_t, yhat_t): batch first.",
    hint: "In this course a column is an example: (n_x, m), not (m, n_x).",
    caughtBy: "x_t",
    wrong: (right) => (name, sizes) => {
      const shape = right(name, sizes);
      return ["x_t", "a_t", "yhat_t"].includes(name) ? shape.toReversed() : shape;
    },
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.shapeOf>[] = [
  {
    name: "another-number",
    mistake: (k) => otherNumberWords(otherNumbers[k]!),
    hint: "Rows say what comes out, columns what goes in; of data, columns are examples.",
    constants: () => otherNumbers.map((_, k) => k),
    wrong: (right, k) => (name, sizes) => {
      const shape = Array.from(right(name, sizes));
      const [symbol, place, size] = otherNumbers[k]!;
      if (name === symbol) shape[place] = numberOf(size, sizes);
      return shape;
    },
  },
];

const ordinals = ["first", "second", "third"] as const;

const sizeWords = ["1", "n_x", "n_a", "n_y", "m", "T_x", "T_x + 1", "2 n_a", "n_a + n_x"] as const;

/** A size by its words. */
function numberOf(words: (typeof sizeWords)[number], sizes: Sizes): number {
  const { n_x, n_a, n_y, m, T_x } = sizes;
  const sums = { "T_x + 1": T_x + 1, "2 n_a": 2 * n_a, "n_a + n_x": n_a + n_x };
  return { "1": 1, n_x, n_a, n_y, m, T_x, ...sums }[words];
}

/** Sizes by which no two of these words are the same number. */
const apart: Sizes = { n_x: 101, n_a: 1009, n_y: 5003, m: 20011, T_x: 90001 };

/** Each symbol's numbers, and what else may stand in their places. */
const otherNumbers = (
  [
    ...[
      ["x_t", 2],
      ["a_t", 2],
      ["yhat_t", 2],
      ["x", 3],
      ["a", 3],
      ["yhat", 3],
      ["ax_t", 2],
    ],
    ...[
      ["Wax", 2],
      ["Waa", 2],
      ["Wya", 2],
      ["Wa", 2],
      ["ba", 2],
      ["by", 2],
    ],
  ] as [string, number][]
).flatMap(([symbol, length]) =>
  Array.from({ length }, (_, place) =>
    sizeWords
      .filter((size) => numberOf(size, apart) !== shapeOf(symbol, apart)[place])
      .map((size) => [symbol, place, size] as const),
  ).flat(),
);

function otherNumberWords([symbol, place, size]: (typeof otherNumbers)[number]): string {
  return `The ${ordinals[place]} number of ${symbol}'s shape is as large as ${size}.`;
}
