import { Mat } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { sumDown, sumInHalves } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** The central difference at place n of θ's entries, in a matrix of its own. */
function difference(f: (theta: Mat) => number, theta: Mat, n: number, h: number): number {
  const moved = new Mat(theta.rows, theta.cols, theta.data);
  moved.data[n] = theta.data[n]! - h;
  const below = f(moved);
  moved.data[n] = theta.data[n]! + h;
  return f(moved) / (2 * h) - below / (2 * h);
}

/** Right ways to check a gradient that are not the library's. */
export const honest: readonly Honest<typeof starter.gradientCheck>[] = [
  {
    style: "lengths by hypot, the place by the index of the largest",
    write: (f, theta, gradient, h) => {
      const n = Array.from(theta.data, (_, index) => difference(f, theta, index, h));
      const distances = n.map((value, index) => Math.abs(value - gradient.data[index]!));
      const worst = distances.indexOf(Math.max(...distances));
      const lengths = Math.hypot(...n) + Math.hypot(...gradient.data);
      return {
        relativeError: lengths === 0 ? 0 : Math.hypot(...distances) / lengths,
        row: 1 + Math.floor(worst / theta.cols),
        column: 1 + (worst % theta.cols),
      };
    },
  },
  {
    style: "entries as records, sorted by how far they are apart; squares added in halves",
    write: (f, theta, gradient, h) => {
      const entries = gradient.toArray().flatMap((values, i) =>
        values.map((g, j) => {
          const n = difference(f, theta, i * theta.cols + j, h);
          return { n, g, apart: Math.abs(g - n), row: i + 1, column: j + 1 };
        }),
      );
      const length = (key: "n" | "g" | "apart"): number =>
        Math.sqrt(sumInHalves(entries.map((entry) => entry[key] * entry[key])));
      const [{ row, column }] = Array.from(entries).sort(
        (one, other) => other.apart - one.apart,
      ) as [(typeof entries)[0]];
      return { relativeError: length("apart") / (length("n") + length("g")) || 0, row, column };
    },
  },
  {
    style: "one pass from the last entry, which keeps the last of equals",
    write: (f, theta, gradient, h) => {
      let [nn, gg, dd, largest, place] = [0, 0, 0, -1, 0];
      for (let index = theta.data.length - 1; index >= 0; index--) {
        const n = difference(f, theta, index, h);
        const g = gradient.data[index]!;
        nn += n ** 2;
        gg += g ** 2;
        dd += (n - g) ** 2;
        if (Math.abs(n - g) > largest) [largest, place] = [Math.abs(n - g), index];
      }
      const column = (place % theta.cols) + 1;
      const row = (place - column + 1) / theta.cols + 1;
      const relativeError = dd === 0 ? 0 : Math.sqrt(dd) / (Math.sqrt(nn) + Math.sqrt(gg));
      return { relativeError, row, column };
    },
  },
  {
    style: "root mean squares in place of lengths, the place by row and then column",
    write: (f, theta, gradient, h) => {
      const n = theta.map((_value, i, j) => difference(f, theta, i * theta.cols + j, h));
      const apart = n.sub(gradient).map(Math.abs);
      const mean = (matrix: Mat): number =>
        Math.sqrt(sumDown(matrix.data.length, (k) => matrix.data[k]! ** 2 / matrix.data.length));
      const largest = apart.data.reduce((one, other) => Math.max(one, other));
      const row = apart.toArray().findIndex((values) => values.includes(largest));
      const column = apart.toArray()[row]!.indexOf(largest);
      const both = mean(n) + mean(gradient);
      return { relativeError: both > 0 ? mean(apart) / both : 0, row: row + 1, column: column + 1 };
    },
  },
];
