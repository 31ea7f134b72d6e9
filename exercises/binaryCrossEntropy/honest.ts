import { Mat } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { columnOf, sumDown, sumInHalves } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Right ways to write the loss of yes or no that are not the library's. */
export const honest: readonly Honest<typeof starter.binaryCrossEntropy>[] = [
  {
    style: "only the logarithm that the label picks, bounded as a loss",
    write: (yhat_t, y_t) =>
      Mat.build(1, y_t.cols, (_, i) =>
        sumDown(y_t.rows, (k) => {
          const right = y_t.get(k, i) === 1 ? yhat_t.get(k, i) : 1 - yhat_t.get(k, i);
          return Math.min(-Math.log(right), 100);
        }),
      ),
  },
  {
    style: "the probability bounded by e^−100 in place of its logarithm by −100",
    write: (yhat_t, y_t) => {
      const least = Math.exp(-100);
      const yes = yhat_t.map((value) => Math.log(Math.max(value, least)));
      const no = yhat_t.map((value) => Math.log(Math.max(1 - value, least)));
      return no
        .add(y_t.times(yes.sub(no)))
        .sumRows()
        .times(-1);
    },
  },
  {
    style: "lists of numbers, log(1 − ŷ) as log1p(−ŷ), sums in halves",
    write: (yhat_t, y_t) => {
      const bounded = (logarithm: number): number => (logarithm < -100 ? -100 : logarithm);
      const losses = Array.from({ length: yhat_t.cols }, (_, i) => {
        const labels = columnOf(y_t, i);
        const terms = columnOf(yhat_t, i).flatMap((value, k) => [
          -labels[k]! * bounded(Math.log(value)),
          (labels[k]! - 1) * bounded(Math.log1p(-value)),
        ]);
        return sumInHalves(terms);
      });
      return Mat.from([losses]);
    },
  },
  {
    style: "a buffer to which each entry adds its share, in base 2 until the end",
    write: ({ rows, cols, data }, y_t) => {
      const bits = new Float64Array(cols);
      for (let n = rows * cols - 1; n >= 0; n--) {
        const distance = Math.abs(y_t.data[n]! - data[n]!); // 1 − the right answer's probability
        bits[n % cols]! -= Math.max(Math.log2(1 - distance), -100 * Math.LOG2E);
      }
      return new Mat(1, cols, bits).times(Math.LN2);
    },
  },
];
