import { Mat, stackColumns } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

/** Right ways to write words as vectors that are not the library's. */
export const honest: readonly Honest<typeof starter.oneHot>[] = [
  {
    style: "each entry asks whether it is the one",
    write: (indices, n_x) => {
      const wrong = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= n_x);
      if (wrong !== undefined) throw new RangeError(`no such word: ${wrong}`);
      return Mat.build(n_x, indices.length, (k, i) => Number(indices[i] === k));
    },
  },
  {
    style: "nested arrays row by row; a word that no row has found is the error",
    write: (indices, n_x) => {
      const rows = Array.from({ length: n_x }, (_, k) =>
        indices.map((index) => (index === k ? 1 : 0)),
      );
      indices.forEach((index, i) => {
        if (!rows.some((row) => row[i] === 1)) throw new Error(`${index} is no word's index`);
      });
      return Mat.from(rows);
    },
  },
  {
    style: "a typed array with one write per word, the words known by a set",
    write: (indices, n_x) => {
      class NoSuchWord extends Error {}
      const m = indices.length;
      const words = new Set(Array(n_x).keys());
      const entries = new Uint8Array(n_x * m);
      for (const [i, index] of indices.entries()) {
        if (!words.has(index)) throw new NoSuchWord();
        entries[index * m + i] = 1;
      }
      return new Mat(n_x, m, entries);
    },
  },
  {
    style: "columns of the identity, put side by side by recursion",
    write: (indices, n_x) => {
      const identity = Mat.build(n_x, n_x, (i, j) => 1 - Math.min(1, Math.abs(i - j)));
      const from = (i: number): Mat => {
        if (i === indices.length) return Mat.zeros(n_x, 0);
        const index = indices[i]!;
        if (Math.trunc(index) !== index) throw new TypeError(`${index} is not whole`);
        // column() throws for a place that the identity has not
        return stackColumns<string, string, string>(identity.column(index), from(i + 1));
      };
      return from(0);
    },
  },
];
