import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

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
];
