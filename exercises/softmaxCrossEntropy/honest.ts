import { Mat, Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { columnOf, logTotal, softmaxByLogs, sumDown, sumInHalves } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Right ways to write the loss of one among many that are not the library's. */
export const honest: readonly Honest<typeof starter.softmaxCrossEntropy>[] = [
  {
    style: "the label's score looked up, padding skipped, from the last step on",
    write: (z, y, mask) => {
      const { T_x: T, rows: n_y, cols: m } = z;
      const counts = (t: number, i: number): number => mask?.at(t).get(0, i) ?? 1;
      const perStep = new Mat<"1", "T_y">(1, T);
      for (let t = T; t >= 1; t--) {
        for (let i = 0; i < m; i++) {
          if (counts(t, i) === 0) continue;
          const label = columnOf(y.at(t), i).indexOf(1);
          perStep.data[t - 1]! += (logTotal(z.at(t), i) - z.at(t).get(label, i)) / m;
        }
      }
      const dz = Sequence.build(T, (t) => {
        const yhat = softmaxByLogs(z.at(t));
        return Mat.build(
          n_y,
          m,
          (k, i) => (counts(t, i) / m) * (yhat.get(k, i) - y.at(t).get(k, i)),
        );
      });
      return { total: sumDown(T, (index) => perStep.get(0, index)), perStep, dz };
    },
  },
  {
    style: "logarithms added in pairs by log1p; the label's own gradient is minus the others'",
    write: (z, y, mask) => {
      const logAdd = (one: number, other: number): number =>
        Math.max(one, other) + Math.log1p(Math.exp(-Math.abs(one - other)));
      const m = z.cols;
      const steps = Array.from(z, (scores, index) => {
        const runs = mask?.at(index + 1).toArray()[0] ?? new Array<number>(m).fill(1);
        const columns = runs.map((weight, i) => {
          const column = columnOf(scores, i);
          const label = columnOf(y.at(index + 1), i).findIndex((value) => value > 0);
          const all = column.reduce(logAdd);
          const gradient = column.map((score) => (weight * Math.exp(score - all)) / m);
          gradient[label] = 0;
          gradient[label] = -sumInHalves(gradient);
          return { gradient, loss: weight * (all - column[label]!) };
        });
        const dz_t = Mat.from(columns.map(({ gradient }) => gradient)).T;
        return { dz_t, loss: sumInHalves(columns.map(({ loss }) => loss)) / m };
      });
      const losses = steps.map(({ loss }) => loss);
      return {
        dz: Sequence.of(steps.map(({ dz_t }) => dz_t)),
        perStep: Mat.from([losses]),
        total: sumInHalves(losses),
      };
    },
  },
  {
    style: "one pass down each column: a largest score so far, and a sum that it rescales",
    write: (z, y, mask) => {
      const { T_y, rows: n_y, cols: m } = z;
      const dz = Sequence.zeros<"n_y", "m">(T_y, n_y, m);
      const perStep = new Float64Array(T_y);
      let total = 0;
      for (let i = 0; i < m; i++) {
        for (let t = 1; t <= T_y; t++) {
          const weight = mask === undefined ? 1 : mask.at(t).data[i]!;
          let [largest, sum, right] = [-Infinity, 0, 0];
          for (let n = i; n < n_y * m; n += m) {
            const score = z.at(t).data[n]!;
            const before = largest;
            largest = Math.max(largest, score);
            sum = sum * Math.exp(before - largest) + Math.exp(score - largest);
            right += y.at(t).data[n]! * score;
          }
          const loss = (weight * (Math.log(sum) - (right - largest))) / m;
          perStep[t - 1]! += loss;
          total += loss;
          for (let n = i; n < n_y * m; n += m) {
            const yhat = Math.exp(z.at(t).data[n]! - largest) / sum;
            dz.at(t).data[n] = (weight * yhat - weight * y.at(t).data[n]!) / m;
          }
        }
      }
      return { total, perStep: new Mat(1, T_y, perStep), dz };
    },
  },
];
