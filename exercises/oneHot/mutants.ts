import { Mat, stackRows } from "../../src/index.js";
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
  {
    name: "as-many-rows-as-needed",
    mistake: "There are max(indices) + 1 rows in place of n_x: unused words are cut off.",
    hint: "Which argument says how many words there are?",
    caughtBy: "the last word does not come up",
    wrong: (right) => (indices) => right(indices, Math.max(...indices) + 1),
  },
  {
    name: "one-row-too-many",
    mistake: "There are n_x + 1 rows.",
    hint: "Indices run from 0 to n_x − 1. How many are that?",
    caughtBy: "a few words",
    wrong: (right) => (indices, n_x) => {
      const answer = right(indices, n_x);
      return stackRows<string, string, string>(answer, Mat.zeros(1, answer.cols));
    },
  },
  {
    name: "rows-from-the-end",
    mistake: "The rows are counted from the bottom: the first word's 1 stands in the last row.",
    hint: "Where is the row with the index 0?",
    caughtBy: "the first and the last word",
    wrong: (right) => (indices, n_x) => {
      const answer = right(indices, n_x);
      return answer.map((_, k, i) => answer.get(n_x - 1 - k, i));
    },
  },
  {
    name: "index-for-one",
    mistake: "The index itself stands in its row in place of a 1.",
    hint: "A one-hot vector holds zeros and a single what?",
    caughtBy: "the same word twice",
    wrong: (right) => (indices, n_x) => right(indices, n_x).map((value, k) => value * k),
  },
  {
    name: "ones-up-to-the-index",
    mistake: "All rows up to the index hold a 1.",
    hint: "How many ones has a one-hot vector?",
    caughtBy: "the same word twice",
    wrong: (right) => (indices, n_x) =>
      right(indices, n_x).map((_, k, i) => (k <= indices[i]! ? 1 : 0)),
  },
  {
    name: "zero-taken-for-padding",
    mistake: "The word with index 0 became a column of zeros.",
    hint: "Index 0 is a word like any other. What does `if (index)` make of it?",
    caughtBy: "the first and the last word",
    wrong: (right) => (indices, n_x) =>
      right(indices, n_x).map((value, k) => (k === 0 ? 0 : value)),
  },
  {
    name: "negative-index-ignored",
    mistake: "A negative index gives a column of zeros in place of an error.",
    hint: "On how many sides can an index miss the vocabulary?",
    caughtBy: "a negative index",
    wrong: (right) => (indices, n_x) => {
      const answer = right(
        indices.map((index) => (index < 0 ? 0 : index)),
        n_x,
      );
      return answer.map((value, _k, i) => (indices[i]! < 0 ? 0 : value));
    },
  },
  {
    name: "negative-index-from-the-end",
    mistake: "A negative index counts from the end: −1 is the last word.",
    hint: "What is a habit of Python's is an error here.",
    caughtBy: "a negative index",
    wrong: (right) => (indices, n_x) =>
      right(
        indices.map((index) => (index < 0 ? index + n_x : index)),
        n_x,
      ),
  },
  {
    name: "fraction-ignored",
    mistake: "An index that is no whole number gives a column of zeros in place of an error.",
    hint: "Between two rows there is none. Who notices?",
    caughtBy: "an index that is no whole number",
    wrong: (right) => (indices, n_x) => {
      const answer = right(indices.map(Math.floor), n_x);
      return answer.map((value, _k, i) => (Number.isInteger(indices[i]) ? value : 0));
    },
  },
  {
    name: "fraction-rounded-down",
    mistake: "An index that is no whole number was rounded down: it becomes another word.",
    hint: "Which word was meant by 1.5? Who should decide that?",
    caughtBy: "an index that is no whole number",
    wrong: (right) => (indices, n_x) => right(indices.map(Math.floor), n_x),
  },
  {
    name: "n-x-itself-let-through",
    mistake: "The index n_x is let through: the bound is one too high.",
    hint: "Which is the last index of n_x words?",
    caughtBy: "an index past the end",
    wrong: (right) => (indices, n_x) => {
      const answer = right(indices, n_x + 1);
      return Mat.build(n_x, answer.cols, (k, i) => answer.get(k, i));
    },
  },
  {
    name: "out-of-range-clamped",
    mistake: "An index outside the vocabulary becomes the first or the last word.",
    hint: "What should happen to an index that no word has?",
    caughtBy: "an index past the end",
    wrong: (right) => (indices, n_x) =>
      right(
        indices.map((index) => Math.max(0, Math.min(n_x - 1, index))),
        n_x,
      ),
  },
  {
    name: "zeros-and-ones-exchanged",
    mistake: "Zeros and ones stand in each other's place: every row but the word's holds a 1.",
    hint: "How many ones does a one-hot column hold?",
    caughtBy: "a few words",
    wrong: (right) => (indices, n_x) => right(indices, n_x).map((value) => 1 - value),
  },
  {
    name: "first-index-only",
    mistake: "Only the first index has its 1; the other columns are zero.",
    hint: "Which loop runs over all indices?",
    caughtBy: "a few words",
    wrong: (right) => (indices, n_x) =>
      right(indices, n_x).map((value, _k, i) => (i === 0 ? value : 0)),
  },
  {
    name: "last-index-only",
    mistake: "Only the last index has its 1; the other columns are zero.",
    hint: "What is kept of the columns that were made before?",
    caughtBy: "a few words",
    wrong: (right) => (indices, n_x) =>
      right(indices, n_x).map((value, _k, i) => (i === indices.length - 1 ? value : 0)),
  },
  {
    name: "filled-down-the-columns",
    mistake:
      "The list of numbers was filled column after column, but a Mat reads it row after row.",
    hint: "Which numbers of the data stand beside each other in the matrix?",
    caughtBy: "a few words",
    wrong: (right) => (indices, n_x) => {
      const columns = right(indices, n_x).T.data;
      return Mat.build(n_x, indices.length, (k, i) => columns[k * indices.length + i]!);
    },
  },
];
