import { Mat, type RnnGradients } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { sumDown, sumInHalves } from "../plainLoops.js";
import type * as starter from "./starter.js";

const names = ["dWax", "dWaa", "dWya", "dba", "dby"] as const;

function each(gradients: RnnGradients, change: (dW: Mat) => Mat): RnnGradients {
  return Object.fromEntries(
    names.map((name) => [name, change(gradients[name])]),
  ) as unknown as RnnGradients;
}

/** Right ways to clip by norm that are not the library's. */
export const honest: readonly Honest<typeof starter.clipByNorm>[] = [
  {
    style: "all entries in one list, squares summed in halves, a factor of at most 1",
    write: (gradients, maxNorm) => {
      const entries = names.flatMap((name) => Array.from(gradients[name].data));
      if (!entries.every(Number.isFinite)) throw new Error("not finite");
      const norm = Math.sqrt(sumInHalves(entries.map((value) => value ** 2)));
      const factor = Math.min(1, maxNorm / norm); // c/0 is Infinity
      return { gradients: each(gradients, (dW) => dW.map((value) => value * factor)), norm };
    },
  },
  {
    style: "the root of the norms' squares, divided entry by entry",
    write: (gradients, maxNorm) => {
      const norms = names.map((name) => {
        const { data } = gradients[name];
        return Math.sqrt(sumDown(data.length, (n) => data[n]! * data[n]!));
      });
      const norm = Math.hypot(...norms);
      if (Number.isNaN(norm) || norm === Infinity) throw new RangeError(`norm ${norm}`);
      if (norm <= maxNorm) return { norm, gradients: each(gradients, (dW) => dW.map(Number)) };
      return {
        norm,
        gradients: each(gradients, (dW) => dW.map((value) => (value / norm) * maxNorm)),
      };
    },
  },
  {
    style: "a loop that shortens copies in their own memory",
    write: (gradients, maxNorm) => {
      const copies = each(gradients, (dW) => new Mat(dW.rows, dW.cols, Array.from(dW.data)));
      let squares = 0;
      for (const name of names) {
        for (const value of copies[name].data) {
          if (value - value !== 0) throw new Error(`${name} has ${value}`);
          squares += value * value;
        }
      }
      const norm = squares ** 0.5;
      if (norm > maxNorm) {
        for (const name of names) {
          const { data } = copies[name];
          for (let n = 0; n < data.length; n++) data[n]! *= maxNorm / norm;
        }
      }
      return { gradients: copies, norm };
    },
  },
];
