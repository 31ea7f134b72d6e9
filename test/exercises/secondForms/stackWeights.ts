/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat, stackColumns, stackRows } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

/** stackWeights as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "input-first": ["[Wax | Waa]", (Waa: Mat, Wax: Mat) => stackColumns(Wax, Waa)],
    "transposed-whole": ["W_a is transposed", (Waa: Mat, Wax: Mat) => stackRows(Waa.T, Wax.T)],
    "transposed-recurrent": [
      "Waa is transposed",
      (Waa: Mat, Wax: Mat) =>
        Mat.build(Waa.rows, Waa.cols + Wax.cols, (i, j) =>
          j < Waa.cols ? Waa.get(j, i) : Wax.get(i, j - Waa.cols),
        ),
    ],
    "zero-input-part": [
      "the part of Wax stays zero",
      (Waa: Mat, Wax: Mat) => {
        const W = Mat.zeros(Waa.rows, Waa.cols + Wax.cols);
        for (let i = 0; i < Waa.rows; i++)
          for (let j = 0; j < Waa.cols; j++) W.data[i * W.cols + j] = Waa.get(i, j);
        return W;
      },
    ],
    "state-only": ["only Waa is returned", (Waa: Mat) => Waa],
    "input-only": ["only Wax is returned", (_Waa: Mat, Wax: Mat) => Wax],
    interleaved: [
      "the flat buffers are put one behind the other",
      (Waa: Mat, Wax: Mat) => new Mat(Waa.rows, Waa.cols + Wax.cols, [...Waa.data, ...Wax.data]),
    ],
    "stacked-down": [
      "Wax below Waa, cut to fit",
      (Waa: Mat, Wax: Mat) =>
        Mat.from([
          ...Waa.toArray(),
          ...Wax.toArray().map((row) => Array.from({ length: Waa.cols }, (_, j) => row[j] ?? 0)),
        ]),
    ],
    "one-column-lost": [
      "the last column of Wax is lost",
      (Waa: Mat, Wax: Mat) =>
        Mat.build(Waa.rows, Waa.cols + Wax.cols - 1, (i, j) =>
          j < Waa.cols ? Waa.get(i, j) : Wax.get(i, j - Waa.cols),
        ),
    ],
    "off-by-one-border": [
      "the last column of Waa is overwritten by Wax's first, and so on",
      (Waa: Mat, Wax: Mat) =>
        Mat.build(Waa.rows, Waa.cols + Wax.cols, (i, j) =>
          j < Waa.cols - 1 ? Waa.get(i, j) : Wax.get(i, Math.min(j - Waa.cols + 1, Wax.cols - 1)),
        ),
    ],
    "not-shifted": [
      "Wax's column is not counted from its own start (wraps around)",
      (Waa: Mat, Wax: Mat) =>
        Mat.build(Waa.rows, Waa.cols + Wax.cols, (i, j) =>
          j < Waa.cols ? Waa.get(i, j) : Wax.get(i, j % Wax.cols),
        ),
    ],
    "waa-twice": [
      "Waa is used for both parts",
      (Waa: Mat, Wax: Mat) =>
        Mat.build(Waa.rows, Waa.cols + Wax.cols, (i, j) => Waa.get(i, j % Waa.cols)),
    ],
    "first-row-everywhere": [
      "every row is the first one",
      (Waa: Mat, Wax: Mat) =>
        Mat.build(Waa.rows, Waa.cols + Wax.cols, (_i, j) =>
          j < Waa.cols ? Waa.get(0, j) : Wax.get(0, j - Waa.cols),
        ),
    ],
    "negative-input": [
      "Wax with the wrong sign",
      (Waa: Mat, Wax: Mat) => stackColumns(Waa, Wax.times(-1)),
    ],
    "list-of-two": ["a list of the two matrices", (Waa: Mat, Wax: Mat) => [Waa, Wax]],
  },
  pairs: {
    "input-first-and-transposed": [
      "Wax first; Waa transposed",
      (Waa: Mat, Wax: Mat) => stackColumns(Wax, Waa.T as Mat),
    ],
    "down-and-input-first": [
      "stacked downwards (transposed); Wax first",
      (Waa: Mat, Wax: Mat) => stackRows(Wax.T, Waa.T),
    ],
  },
  right: {
    "rows-joined": [
      "rows as lists, joined",
      (Waa: Mat, Wax: Mat) => {
        const right = Wax.toArray();
        return Mat.from(Waa.toArray().map((row, i) => row.concat(right[i]!)));
      },
    ],
  },
};
