import { Mat } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to make one-hot vectors. */
export const mutants: readonly Mutant<typeof starter.oneHot>[] = [
  {
    name: "counted-from-one",
    mistake: "The 1 stands one row too high: the index was counted from 1.",
    hint: "In code the first word has the index 0.",
    caughtBy: "a few words",
    wrong: (right) => (indices, n_x) => {
      right(indices, n_x);
      return Mat.build(n_x, indices.length, (k, i) => (k === indices[i]! - 1 ? 1 : 0));
    },
  },
  {
    name: "rows-for-examples",
    mistake: "The examples stand in rows: the result is transposed.",
    hint: "In this course a column is an example.",
    caughtBy: "a few words",
    wrong: (right) => (indices, n_x) => right(indices, n_x).T,
  },
  {
    name: "out-of-range-ignored",
    mistake: "An index outside the vocabulary gives a column of zeros in place of an error.",
    hint: "A column of zeros means padding; a wrong index should be noticed.",
    caughtBy: "an index past the end",
    wrong: () => (indices, n_x) =>
      Mat.build(n_x, indices.length, (k, i) => (k === indices[i] ? 1 : 0)),
  },
  {
    name: "out-of-range-wraps",
    mistake: "An index outside the vocabulary is taken modulo n_x: it becomes another word.",
    hint: "What should happen to an index that no word has?",
    caughtBy: "an index past the end",
    wrong: () => (indices, n_x) =>
      Mat.build(n_x, indices.length, (k, i) =>
        k === ((Math.floor(indices[i]!) % n_x) + n_x) % n_x ? 1 : 0,
      ),
  },
  {
    name: "one-column",
    mistake:
      "All indices share one column: the result is a bag of words, not a sequence of vectors.",
    hint: "As many columns as indices.",
    caughtBy: "a few words",
    wrong: (right) => (indices, n_x) => right(indices, n_x).sumColumns(),
  },
];
