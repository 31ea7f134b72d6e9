/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type F = (theta: Mat) => number;

/** Entry by entry: `rule` has f with the entry moved by so much. */
const each =
  (rule: (at: (by: number) => number, h: number, value: number) => number) =>
  (f: F, theta: Mat, h: number): Mat =>
    theta.map((value, i, j) =>
      rule((by) => f(theta.map((v, k, l) => (k === i && l === j ? v + by : v))), h, value),
    );

/** numericalGradient as learners may write it. */
export const forms: SecondForms = {
  singles: {
    forward: ["forward difference", each((at, h) => (at(h) - at(0)) / h)],
    backward: ["backward difference", each((at, h) => (at(0) - at(-h)) / h)],
    "by-h": ["divided by h for 2h", each((at, h) => (at(h) - at(-h)) / h)],
    brackets: ["brackets missing: (p − q)/2·h", each((at, h) => ((at(h) - at(-h)) / 2) * h)],
    "brackets-p": ["brackets missing: p − q/(2h)", each((at, h) => at(h) - at(-h) / (2 * h))],
    "not-divided": ["not divided at all", each((at, h) => at(h) - at(-h))],
    "by-two": ["divided by 2 only", each((at, h) => (at(h) - at(-h)) / 2)],
    sum: ["plus for minus", each((at, h) => (at(h) + at(-h)) / (2 * h))],
    sign: ["the difference the other way round", each((at, h) => (at(-h) - at(h)) / (2 * h))],
    "half-step": [
      "moved by h/2, divided by 2h",
      each((at, h) => (at(h / 2) - at(-h / 2)) / (2 * h)),
    ],
    "relative-step": [
      "the step is h times the entry",
      each((at, h, v) => (at(h * v) - at(-h * v)) / (2 * h * v)),
    ],
    "all-at-once": [
      "all entries are moved together",
      (f: F, t: Mat, h: number) => t.map(() => (f(t.add(h)) - f(t.sub(h))) / (2 * h)),
    ],
    "fixed-step": ["h is ignored: 1e-2", each((at) => (at(1e-2) - at(-1e-2)) / 2e-2)],
    "not-put-back": [
      "an entry that was moved is not put back",
      (f: F, t: Mat, h: number) => {
        const copy = t.map((v) => v);
        return t.map((v, i, j) => {
          const n = i * t.cols + j;
          copy.data[n] = v + h;
          const up = f(copy);
          copy.data[n] = v - h;
          return (up - f(copy)) / (2 * h);
        });
      },
    ],
    transposed: [
      "the gradient is transposed",
      (f: F, t: Mat, h: number) => each((at, k) => (at(k) - at(-k)) / (2 * k))(f, t, h).T,
    ],
    second: ["the second derivative", each((at, h) => (at(h) - 2 * at(0) + at(-h)) / (h * h))],
    "first-row": [
      "only the first row is moved",
      (f: F, t: Mat, h: number) =>
        each((at, k) => (at(k) - at(-k)) / (2 * k))(f, t, h).map((v, i) => (i === 0 ? v : 0)),
    ],
    "writes-theta": [
      "theta is written into and not put back",
      (f: F, t: Mat, h: number) => {
        const g = Mat.zeros(t.rows, t.cols);
        for (let n = 0; n < t.data.length; n++) {
          t.data[n]! += h;
          const up = f(t);
          t.data[n]! -= 2 * h;
          g.data[n] = (up - f(t)) / (2 * h);
        }
        return g;
      },
    ],
  },
  pairs: {
    "by-h-sign": ["divided by h; the wrong way round", each((at, h) => (at(-h) - at(h)) / h)],
    "by-h-transposed": [
      "divided by h; transposed",
      (f: F, t: Mat, h: number) => each((at, k) => (at(k) - at(-k)) / k)(f, t, h).T,
    ],
    "forward-transposed": [
      "forward difference; transposed",
      (f: F, t: Mat, h: number) => each((at, k) => (at(k) - at(0)) / k)(f, t, h).T,
    ],
    "not-divided-sign": ["not divided; the wrong way round", each((at, h) => at(-h) - at(h))],
  },
  right: {
    "two-halves": [
      "the mean of both one-sided quotients",
      each((at, h) => ((at(h) - at(0)) / h + (at(0) - at(-h)) / h) / 2),
    ],
  },
};
