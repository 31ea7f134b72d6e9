import { Mat } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type F = (theta: Mat) => number;
type Error_ = (n: Mat, g: Mat) => number;
type Place = (n: Mat, g: Mat) => readonly [row: number, column: number];

const quotient = (f: F, t: Mat, h: number): Mat =>
  t.map((_v, i, j) => {
    const at = (by: number): number => f(t.map((v, k, l) => (k === i && l === j ? v + by : v)));
    return (at(h) - at(-h)) / (2 * h);
  });
const largest =
  (score: (n: number, g: number) => number): Place =>
  (n, g) => {
    let best = 0;
    n.data.forEach((v, k) => {
      if (score(v, g.data[k]!) > score(n.data[best]!, g.data[best]!)) best = k;
    });
    return [Math.floor(best / n.cols) + 1, (best % n.cols) + 1];
  };
const relative: Error_ = (n, g) => {
  const size = n.norm() + g.norm();
  return size === 0 ? 0 : n.sub(g).norm() / size;
};
const apart = largest((n, g) => Math.abs(n - g));
const check =
  (error: Error_ = relative, place: Place = apart, numerical = quotient) =>
  (f: F, t: Mat, g: Mat, h: number) => {
    const n = numerical(f, t, h);
    const [row, column] = place(n, g);
    return { relativeError: error(n, g), row, column };
  };
const safe = (top: number, bottom: number): number => (bottom === 0 ? 0 : top / bottom);
const l1 = (m: Mat): number => m.data.reduce((s, v) => s + Math.abs(v), 0);
const forward = (f: F, t: Mat, h: number): Mat =>
  t.map((_v, i, j) => (f(t.map((v, k, l) => (k === i && l === j ? v + h : v))) - f(t)) / h);

/** gradientCheck as learners may write it. */
export const forms: SecondForms = {
  singles: {
    nan: ["0/0 is not caught", check((n, g) => n.sub(g).norm() / (n.norm() + g.norm()))],
    absolute: ["the distance is not divided", check((n, g) => n.sub(g).norm())],
    "by-numerical": ["divided by ‖n‖ only", check((n, g) => safe(n.sub(g).norm(), n.norm()))],
    "by-claimed": ["divided by ‖g‖ only", check((n, g) => safe(n.sub(g).norm(), g.norm()))],
    "by-larger": [
      "divided by the larger norm",
      check((n, g) => safe(n.sub(g).norm(), Math.max(n.norm(), g.norm()))),
    ],
    "by-norm-of-sum": [
      "divided by ‖n + g‖",
      check((n, g) => safe(n.sub(g).norm(), n.add(g).norm())),
    ],
    "by-product": [
      "divided by ‖n‖·‖g‖",
      check((n, g) => safe(n.sub(g).norm(), n.norm() * g.norm())),
    ],
    squared: [
      "squared norms",
      check((n, g) => safe(n.sub(g).norm() ** 2, n.norm() ** 2 + g.norm() ** 2)),
    ],
    l1: [
      "sums of absolute values for Euclidean norms",
      check((n, g) => safe(l1(n.sub(g)), l1(n) + l1(g))),
    ],
    "max-norm": [
      "largest entries for norms",
      check((n, g) => {
        const top = (m: Mat): number => Math.max(...Array.from(m.data, Math.abs));
        return safe(top(n.sub(g)), top(n) + top(g));
      }),
    ],
    "norm-difference": [
      "the difference of the norms",
      check((n, g) => safe(Math.abs(n.norm() - g.norm()), n.norm() + g.norm())),
    ],
    "from-zero": [
      "row and column counted from 0",
      check(relative, (n, g) => {
        const [r, c] = apart(n, g);
        return [r - 1, c - 1];
      }),
    ],
    exchanged: [
      "row and column exchanged",
      check(relative, (n, g) => {
        const [r, c] = apart(n, g);
        return [c, r];
      }),
    ],
    signed: [
      "the largest n − g without absolute value",
      check(
        relative,
        largest((n, g) => n - g),
      ),
    ],
    "largest-gradient": [
      "where the gradient is largest",
      check(
        relative,
        largest((n) => Math.abs(n)),
      ),
    ],
    smallest: [
      "where |n − g| is smallest",
      check(
        relative,
        largest((n, g) => -Math.abs(n - g)),
      ),
    ],
    "relative-place": [
      "where the relative distance is largest",
      check(
        relative,
        largest((n, g) => safe(Math.abs(n - g), Math.abs(n) + Math.abs(g))),
      ),
    ],
    "by-rows": [
      "the place is divided by the rows, not the columns",
      check(relative, (n, g) => {
        const [r, c] = apart(n, g);
        const k = (r - 1) * n.cols + c - 1;
        return [Math.floor(k / n.rows) + 1, (k % n.rows) + 1];
      }),
    ],
    forward: ["forward difference", check(relative, apart, forward)],
    "by-h": [
      "divided by h for 2h",
      check(relative, apart, (f, t, h) => quotient(f, t, h).times(2)),
    ],
    doubled: ["2‖n−g‖/(‖n‖+‖g‖): divided by the mean", check((n, g) => 2 * relative(n, g))],
    epsilon: [
      "1e-8 is added below",
      check((n, g) => n.sub(g).norm() / (n.norm() + g.norm() + 1e-3)),
    ],
  },
  pairs: {
    "absolute-from-zero": [
      "not divided; counted from 0",
      check(
        (n, g) => n.sub(g).norm(),
        (n, g) => {
          const [r, c] = apart(n, g);
          return [r - 1, c - 1];
        },
      ),
    ],
    "by-numerical-exchanged": [
      "by ‖n‖ only; row and column exchanged",
      check(
        (n, g) => safe(n.sub(g).norm(), n.norm()),
        (n, g) => {
          const [r, c] = apart(n, g);
          return [c, r];
        },
      ),
    ],
    "squared-signed": [
      "squared norms; no absolute value",
      check(
        (n, g) => safe(n.sub(g).norm() ** 2, n.norm() ** 2 + g.norm() ** 2),
        largest((n, g) => n - g),
      ),
    ],
    "nan-from-zero": [
      "0/0 not caught; counted from 0",
      check(
        (n, g) => n.sub(g).norm() / (n.norm() + g.norm()),
        (n, g) => {
          const [r, c] = apart(n, g);
          return [r - 1, c - 1];
        },
      ),
    ],
    "by-h-exchanged": [
      "divided by h; row and column exchanged",
      check(
        relative,
        (n, g) => {
          const [r, c] = apart(n, g);
          return [c, r];
        },
        (f, t, h) => quotient(f, t, h).times(2),
      ),
    ],
  },
  right: {
    hypot: [
      "norms by Math.hypot",
      check((n, g) =>
        safe(Math.hypot(...n.sub(g).data), Math.hypot(...n.data) + Math.hypot(...g.data)),
      ),
    ],
  },
};
