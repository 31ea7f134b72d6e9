import { Mat } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

/** Right ways to move one entry at a time that are not the library's. */
export const honest: readonly Honest<typeof starter.numericalGradient>[] = [
  {
    style: "one buffer, moved and put back entry by entry, each side divided by itself",
    write: (f, theta, h) => {
      const moved = new Mat(theta.rows, theta.cols, theta.data);
      const result = new Mat(theta.rows, theta.cols);
      for (let n = moved.data.length - 1; n >= 0; n--) {
        moved.data[n] = theta.data[n]! - h;
        const below = f(moved);
        moved.data[n] = theta.data[n]! + h;
        result.data[n] = f(moved) / (2 * h) - below / (2 * h);
        moved.data[n] = theta.data[n]!;
      }
      return result;
    },
  },
  {
    style: "θ itself moved, and put back before the next entry",
    write: (f, theta, h) => {
      const { data } = theta;
      return theta.map((value, i, j) => {
        const n = i * theta.cols + j;
        data[n] = value + h;
        const above = f(theta);
        data[n] = value - h;
        const below = f(theta);
        data[n] = value;
        return (above - below) / (h + h);
      });
    },
  },
  {
    style: "as written: matrices e_ij, times h, added and taken away",
    write: (f, theta, h) => {
      const e = (row: number, column: number): Mat =>
        Mat.build(theta.rows, theta.cols, (i, j) => Number(i === row && j === column));
      return theta.map((_value, i, j) => {
        const step = e(i, j).times(h);
        return (0.5 * (f(theta.add(step)) - f(theta.sub(step)))) / h;
      });
    },
  },
  {
    style: "all moved places first, by a generator; nested arrays and a memory of their values",
    write: (f, theta, h) => {
      function* moves(): Generator<number[][]> {
        for (const sign of [-1, 1]) {
          for (let j = 0; j < theta.cols; j++) {
            for (let i = 0; i < theta.rows; i++) {
              const nested = theta.toArray();
              nested[i]![j]! += sign * h;
              yield nested;
            }
          }
        }
      }
      const values = Array.from(moves(), (nested) => f(Mat.from(nested)));
      const count = values.length / 2;
      return Mat.build(theta.rows, theta.cols, (i, j) => {
        const n = j * theta.rows + i;
        return (values[count + n]! - values[n]!) / 2 / h;
      });
    },
  },
];
