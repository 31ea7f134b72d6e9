import { Mat, type RnnGradients } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

/** Right ways to clip by value that are not the library's. */
export const honest: readonly Honest<typeof starter.clipByValue>[] = [
  {
    style: "entries of the object mapped, with two comparisons",
    write: (gradients, maxValue) =>
      Object.fromEntries(
        Object.entries(gradients).map(([name, gradient]: [string, Mat]) => [
          name,
          gradient.map((value) =>
            value > maxValue ? maxValue : value < -maxValue ? -maxValue : value,
          ),
        ]),
      ) as unknown as RnnGradients,
  },
  {
    style: "copied, then changed in its own memory",
    write: (gradients, maxValue) => {
      const clipped = (gradient: Mat): Mat => {
        const copy = new Mat(gradient.rows, gradient.cols, Float64Array.from(gradient.data));
        for (let n = 0; n < copy.data.length; n++) {
          if (Math.abs(copy.data[n]!) > maxValue)
            copy.data[n] = Math.sign(copy.data[n]!) * maxValue;
        }
        return copy;
      };
      return {
        dby: clipped(gradients.dby),
        dba: clipped(gradients.dba),
        dWya: clipped(gradients.dWya),
        dWaa: clipped(gradients.dWaa),
        dWax: clipped(gradients.dWax),
      };
    },
  },
  {
    style: "the median of −c, the value and c, in nested arrays",
    write: (gradients, maxValue) => {
      const middle = (value: number): number =>
        [-maxValue, value, maxValue].sort((one, other) => one - other)[1]!;
      const clipped: Record<string, Mat> = {};
      for (const name of ["dWax", "dWaa", "dWya", "dba", "dby"] as const) {
        clipped[name] = Mat.from(gradients[name].toArray().map((row) => row.map(middle)));
      }
      return clipped as unknown as RnnGradients;
    },
  },
];
