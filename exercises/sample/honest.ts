import type { Honest } from "../exercise.js";
import { columnOf } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Asks for probabilities and a u; our own words. */
function requireBoth(probabilities: readonly number[], u: number): void {
  if (u < 0 || u >= 1) throw new Error("u must be in [0, 1)");
  let total = 0;
  for (const p of probabilities) {
    if (p < 0) throw new Error("negative");
    total += p;
  }
  if (total < 0.9999 || total > 1.0001) throw new Error("no distribution");
}

/** Right ways to draw a token that are not the library's. */
export const honest: readonly Honest<typeof starter.sample>[] = [
  {
    style: "a list of running sums, and the first of them above u",
    write: (yhat_t, u) => {
      const p = columnOf(yhat_t, 0);
      requireBoth(p, u);
      let sum = 0;
      return p.map((value) => (sum += value)).findIndex((end) => end > u);
    },
  },
  {
    style: "u is paid down token by token",
    write: (yhat_t, u) => {
      const p = columnOf(yhat_t, 0);
      requireBoth(p, u);
      let left = u;
      let k = 0;
      while (left >= p[k]! && k < p.length - 1) left -= p[k++]!;
      return k;
    },
  },
  {
    style: "bisection over the running sums",
    write: (yhat_t, u) => {
      const p = columnOf(yhat_t, 0);
      requireBoth(p, u);
      const ends: number[] = [];
      for (const value of p) ends.push((ends.at(-1) ?? 0) + value);
      let [low, high] = [0, ends.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (ends[middle]! > u) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  },
  {
    style: "counting the running sums that are at most u",
    write: (yhat_t, u) => {
      const p = Array.from(yhat_t.data);
      requireBoth(p, u);
      return p.filter((_, k) => p.slice(0, k + 1).reduce((sum, value) => sum + value, 0) <= u)
        .length;
    },
  },
];
