import { Mat, stackColumns, stackRows } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to put the two matrices together. */
export const mutants: readonly Mutant<typeof starter.stackWeights>[] = [
  {
    name: "order-swapped",
    mistake: "W_ax stands left of W_aa.",
    hint: "W_a multiplies [a⟨t−1⟩; x⟨t⟩]: which of the two is met first?",
    caughtBy: "as many units as inputs",
    wrong: () => (Waa, Wax) => stackColumns(Wax, Waa),
  },
  {
    name: "stacked-downwards",
    mistake: "The matrices stand one above the other in place of side by side.",
    hint: "The matrices go side by side, the vectors one above the other.",
    caughtBy: "as many units as inputs",
    wrong: () => (Waa, Wax) => stackRows<string, string, string>(Waa, Wax),
  },
  {
    name: "both-transposed",
    mistake: "Both matrices were transposed and stacked: the result is W_a's transpose.",
    hint: "W_a has as many rows as the state has units.",
    caughtBy: "more units than inputs",
    wrong: (right) => (Waa, Wax) => right(Waa, Wax).T,
  },
  {
    name: "state-part-transposed",
    mistake: "W_aa stands in its place but is transposed.",
    hint: "Compare the first row of your result with the first row of W_aa.",
    caughtBy: "more units than inputs",
    wrong: (right) => (Waa, Wax) => right(Waa.T, Wax),
  },
  {
    name: "entries-run-on",
    mistake: "All of W_aa's entries come first, then all of W_ax's: the rows ran into each other.",
    hint: "The data of a matrix lies row after row: each row of W_a needs a piece of both.",
    caughtBy: "more units than inputs",
    wrong: () => (Waa, Wax) => new Mat(Waa.rows, Waa.cols + Wax.cols, [...Waa.data, ...Wax.data]),
  },
  {
    name: "input-part-transposed",
    mistake: "W_ax stands in its place but is transposed.",
    hint: "W_ax has a row for each unit already.",
    caughtBy: "as many units as inputs",
    wrong: () => (Waa, Wax) => stackColumns<string, string, string>(Waa, Wax.T),
  },
  {
    name: "state-part-twice",
    mistake: "W_aa stands in both places.",
    hint: "How many columns has your result? By what must the input be multiplied?",
    caughtBy: "as many units as inputs",
    wrong: (right) => (Waa) => right(Waa, Waa as Mat),
  },
  {
    name: "input-part-twice",
    mistake: "W_ax stands in both places.",
    hint: "How many columns has your result? By what must the old state be multiplied?",
    caughtBy: "as many units as inputs",
    wrong: (right) => (_Waa, Wax) => right(Wax as Mat, Wax),
  },
  {
    name: "state-part-only",
    mistake: "The result is W_aa alone.",
    hint: "W_a multiplies the state and the input. How many columns does that take?",
    caughtBy: "more units than inputs",
    wrong: () => (Waa) => Waa,
  },
  {
    name: "added-together",
    mistake: "The matrices were added in place of put side by side.",
    hint: "No entry of W_a is a sum.",
    caughtBy: "as many units as inputs",
    wrong: () => (Waa, Wax) => (Waa as Mat).add(Wax),
  },
  {
    name: "multiplied-together",
    mistake: "The matrices were multiplied in place of put side by side.",
    hint: "Nothing is computed here: every entry of W_a is one that you were given.",
    caughtBy: "more units than inputs",
    wrong: () => (Waa, Wax) => Waa.dot(Wax),
  },
  {
    name: "on-the-diagonal",
    mistake: "The matrices stand on a diagonal, with zeros beside them: there are too many rows.",
    hint: "State and input go into the same sum, not into two.",
    caughtBy: "more units than inputs",
    wrong: () => (Waa, Wax) =>
      stackRows<string, string, string>(
        stackColumns<string, string, string>(Waa, Wax.times(0)),
        stackColumns<string, string, string>(Waa.times(0), Wax),
      ),
  },
  {
    name: "input-part-alone",
    mistake: "The result is W_ax alone.",
    hint: "Two matrices are asked for, side by side.",
    caughtBy: "more units than inputs",
    wrong: () => (_Waa, Wax) => Wax,
  },
  {
    name: "recurrent-part-twice",
    mistake: "W_aa stands in both places.",
    hint: "What stands right of W_aa?",
    caughtBy: "more units than inputs",
    wrong: (right) => (Waa, Wax) =>
      right(
        Waa,
        Wax.map((_value, i, j) => Waa.get(i, j % Waa.cols)),
      ),
  },
  {
    name: "columns-not-shifted",
    mistake: "W_ax's columns were not counted from its own start: they wrapped around.",
    hint: "Which column of W_ax stands directly right of W_aa?",
    caughtBy: "more units than inputs",
    wrong: (right) => (Waa, Wax) =>
      right(
        Waa,
        Wax.map((_value, i, j) => Wax.get(i, (Waa.cols + j) % Wax.cols)),
      ),
  },
  {
    name: "input-part-zero",
    mistake: "W_ax's part stayed zero.",
    hint: "What stands right of W_aa?",
    caughtBy: "more units than inputs",
    wrong: (right) => (Waa, Wax) => right(Waa, Wax.times(0)),
  },
  {
    name: "input-part-negated",
    mistake: "W_ax stands in its place with flipped signs.",
    hint: "W_a [a; x] = W_aa a + W_ax x.",
    caughtBy: "more units than inputs",
    wrong: (right) => (Waa, Wax) => right(Waa, Wax.times(-1)),
  },
  {
    name: "first-row-repeated",
    mistake: "Every row is the first one.",
    hint: "Which row of each matrix belongs to row i?",
    caughtBy: "more units than inputs",
    wrong: (right) => (Waa, Wax) =>
      right(Waa, Wax).map((_value, _i, j) => right(Waa, Wax).get(0, j)),
  },
  {
    name: "below-and-cut",
    mistake: "W_ax stands below W_aa, cut or filled with zeros to its width.",
    hint: "W_a [a; x] = W_aa a + W_ax x: do rows or columns grow?",
    caughtBy: "more units than inputs",
    wrong: () => (Waa, Wax) =>
      Mat.build(Waa.rows + Wax.rows, Waa.cols, (i, j) => {
        if (i < Waa.rows) return Waa.get(i, j);
        return j < Wax.cols ? Wax.get(i - Waa.rows, j) : 0;
      }),
  },
  {
    name: "last-column-lost",
    mistake: "The last column is missing.",
    hint: "How many columns have both together?",
    caughtBy: "more units than inputs",
    wrong: (right) => (Waa, Wax) => {
      const all = right(Waa, Wax);
      return Mat.build(all.rows, all.cols - 1, (i, j) => all.get(i, j));
    },
  },
  {
    name: "border-one-column-early",
    mistake: "W_ax begins one column too early, over the last column of W_aa.",
    hint: "In which column does W_ax begin?",
    caughtBy: "more units than inputs",
    wrong: () => (Waa, Wax) =>
      Mat.build(Waa.rows, Waa.cols + Wax.cols, (i, j) =>
        j < Waa.cols - 1 ? Waa.get(i, j) : Wax.get(i, Math.min(j - Waa.cols + 1, Wax.cols - 1)),
      ),
  },
  {
    name: "list-of-both",
    mistake: "The answer is a list of the two matrices in place of one matrix.",
    hint: "W_a is one matrix: what is in its row i?",
    caughtBy: "more units than inputs",
    wrong: () => (Waa, Wax) => [Waa, Wax],
  },
];
