import { Mat, Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

/** Right ways to make one batch of examples that are not the library's. */
export const honest: readonly Honest<typeof starter.padBatch>[] = [
  {
    style: "zeros everywhere, and two writes per word",
    write: (batch, n_x) => {
      const T = batch.reduce((longest, words) => Math.max(longest, words.length), 0);
      const x = Sequence.zeros<"n_x", "m">(T, n_x, batch.length);
      const mask = Sequence.zeros<"1", "m">(T, 1, batch.length);
      batch.forEach((words, i) => {
        words.forEach((word, index) => {
          x.at(index + 1).data[word * batch.length + i] = 1;
          mask.at(index + 1).data[i] = 1;
        });
      });
      return { x, mask, T_x: batch.map(({ length }) => length) };
    },
  },
  {
    style: "the examples as iterators, asked for a word at each step until all are silent",
    write: (batch, n_x) => {
      const readers = batch.map((words) => words.values());
      const T_x = batch.map(() => 0);
      const [x, mask]: [Mat[], Mat[]] = [[], []];
      for (;;) {
        const words = readers.map((reader) => reader.next());
        if (words.every(({ done }) => done)) break;
        words.forEach(({ done }, i) => (T_x[i]! += done ? 0 : 1));
        x.push(Mat.build(n_x, batch.length, (k, i) => (words[i]!.value === k ? 1 : 0)));
        mask.push(Mat.from([words.map(({ done }) => (done ? 0 : 1))]));
      }
      return { T_x, mask: Sequence.of(mask), x: Sequence.of(x) };
    },
  },
  {
    style: "nested arrays by functions; the mask is what the rows of x add up to",
    write: (batch, n_x) => {
      const T_x = Array.from(batch, (words) => words.length);
      const steps = Array.from(Array(Math.max(...T_x)).keys());
      const x = steps.map((index) =>
        Array.from({ length: n_x }, (_, k) => batch.map((words) => Number(words[index] === k))),
      );
      return {
        x: Sequence.of(x.map((rows) => Mat.from(rows))),
        mask: Sequence.of(
          x.map((rows) =>
            Mat.from([rows.reduce((sum, row) => row.map((value, i) => value + sum[i]!))]),
          ),
        ),
        T_x,
      };
    },
  },
  {
    style: "the steps from the last one back, by recursion",
    write: (batch, n_x) => {
      const m = batch.length;
      const stepsBefore = (rest: readonly (readonly number[])[]): Mat[] => {
        if (rest.every((words) => words.length === 0)) return [];
        const step = new Mat(n_x, m);
        for (const [i, [word]] of rest.entries()) {
          if (word !== undefined) step.data[word * m + i] = 1;
        }
        return [step, ...stepsBefore(rest.map(([, ...later]) => later))];
      };
      const x = Sequence.of(stepsBefore(batch));
      const T_x = batch.map((words) => words.length);
      const mask = x.map((_step, t) => Mat.build(1, m, (_row, i) => (t <= T_x[i]! ? 1 : 0)));
      return { x, mask, T_x };
    },
  },
];
