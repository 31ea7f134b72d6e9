import { Mat, Sequence, softmax } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type Steps = Sequence<"n_y", "m">;
type Mask = Sequence<"1", "m"> | undefined;
interface Slips {
  by?: (m: number, T: number, kept: number, n: number) => number;
  keep?: boolean;
  log?: (z: Mat, k: number, i: number) => number;
  dz?: (p: number, y: number, m: number, runs: boolean, T: number) => number;
  after?: (total: number, per: Mat, dz: Sequence) => object;
}
const logOf = (z: Mat, k: number, i: number): number => {
  const c = z.column(i).data;
  const top = Math.max(...c);
  return z.get(k, i) - top - Math.log(c.reduce((s, v) => s + Math.exp(v - top), 0));
};
function loss({ by, keep = false, log = logOf, dz, after }: Slips = {}) {
  return (z: Steps, y: Steps, mask?: Mask): unknown => {
    const m = z.cols;
    const runs = (t: number, i: number): boolean =>
      keep || mask === undefined || mask.at(t).get(0, i) === 1;
    const per = Mat.build(1, z.T_y, (_, n) => {
      const t = n + 1;
      let sum = 0;
      let kept = 0;
      for (let i = 0; i < m; i++) {
        if (!runs(t, i)) continue;
        kept++;
        for (let k = 0; k < z.rows; k++)
          if (y.at(t).get(k, i) !== 0) sum -= y.at(t).get(k, i) * log(z.at(t), k, i);
      }
      return sum / (by?.(m, z.T_y, kept, z.rows) ?? m);
    });
    const grad = Sequence.build(z.T_y, (t) =>
      z.at(t).map((_v, k, i) => {
        const p = Math.exp(logOf(z.at(t), k, i));
        const label = y.at(t).get(k, i);
        const on = runs(t, i);
        return dz?.(p, label, m, on, z.T_y) ?? (on ? (p - label) / m : 0);
      }),
    ) as Sequence;
    return { total: per.sum(), perStep: per, dz: grad, ...after?.(per.sum(), per, grad) };
  };
}
const sm = (z: Mat, k: number, i: number): number => softmax(z).get(k, i);

/** softmaxCrossEntropy as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "not-by-m": ["the loss is not divided by m", loss({ by: () => 1 })],
    "all-not-by-m": [
      "neither loss nor gradient is divided by m",
      loss({ by: () => 1, dz: (p, y, _m, on) => (on ? p - y : 0) }),
    ],
    "dz-not-by-m": ["dz is not divided by m", loss({ dz: (p, y, _m, on) => (on ? p - y : 0) })],
    "dz-sign": ["dz is y − ŷ", loss({ dz: (p, y, m, on) => (on ? (y - p) / m : 0) })],
    "dz-no-mask": ["dz is not masked", loss({ dz: (p, y, m) => (p - y) / m })],
    "no-mask": ["the mask is not used at all", loss({ keep: true })],
    "by-running": [
      "the loss is divided by the running examples",
      loss({ by: (_m, _T, kept) => Math.max(1, kept) }),
    ],
    "total-mean": [
      "total is a mean over the steps",
      loss({ after: (t, per) => ({ total: t / per.cols }) }),
    ],
    "total-last": [
      "total is the last step's loss",
      loss({ after: (_t, per) => ({ total: per.get(0, per.cols - 1) }) }),
    ],
    "all-by-T": [
      "everything is divided by T_y too",
      loss({ by: (m, T) => m * T, dz: (p, y, m, on, T) => (on ? (p - y) / m / T : 0) }),
    ],
    log2: ["log2", loss({ log: (z, k, i) => logOf(z, k, i) / Math.LN2 })],
    eps: ["log(ŷ + 1e-8)", loss({ log: (z, k, i) => Math.log(sm(z, k, i) + 1e-8) })],
    "log-of-softmax": [
      "the logarithm of the rounded softmax",
      loss({ log: (z, k, i) => Math.log(sm(z, k, i)) }),
    ],
    clip: [
      "ŷ is clipped at 1e-7",
      loss({ log: (z, k, i) => Math.log(Math.max(1e-7, sm(z, k, i))) }),
    ],
    naive: [
      "softmax without subtracting the largest score",
      loss({
        log: (z, k, i) =>
          Math.log(Math.exp(z.get(k, i)) / z.column(i).data.reduce((s, v) => s + Math.exp(v), 0)),
      }),
    ],
    "softmax-twice": [
      "softmax is taken twice",
      loss({ log: (z, k, i) => logOf(softmax(z), k, i) }),
    ],
    sign: [
      "the loss lacks its minus",
      loss({ after: (t, per) => ({ total: -t, perStep: per.times(-1) }) }),
    ],
    "by-n": ["the loss is divided by n_y", loss({ by: (_m, _T, _k, n) => n })],
    "dz-is-yhat": ["dz is ŷ/m", loss({ dz: (p, _y, m, on) => (on ? p / m : 0) })],
    "dz-slope": [
      "dz has softmax's own derivative once more",
      loss({ dz: (p, y, m, on) => (on ? ((p - y) * p * (1 - p)) / m : 0) }),
    ],
    "dz-reversed": [
      "dz is in reverse order",
      loss({ after: (_t, _p, dz) => ({ dz: dz.reverse() }) }),
    ],
    "per-column": ["perStep is a column", loss({ after: (_t, per) => ({ perStep: per.T }) })],
    cumulative: [
      "perStep is a running sum",
      loss({
        after: (_t, per) => {
          let s = 0;
          return { perStep: per.map((v) => (s += v)) };
        },
      }),
    ],
  },
  pairs: {
    "not-by-m-dz-sign": [
      "loss not divided by m; dz is y − ŷ",
      loss({ by: () => 1, dz: (p, y, m, on) => (on ? (y - p) / m : 0) }),
    ],
    "log2-dz-not-by-m": [
      "log2; dz not divided by m",
      loss({ log: (z, k, i) => logOf(z, k, i) / Math.LN2, dz: (p, y, _m, on) => (on ? p - y : 0) }),
    ],
    "mean-dz-no-mask": [
      "total is a mean; dz not masked",
      loss({ dz: (p, y, m) => (p - y) / m, after: (t, per) => ({ total: t / per.cols }) }),
    ],
    "sign-dz-sign": [
      "loss lacks its minus; dz is y − ŷ",
      loss({
        dz: (p, y, m, on) => (on ? (y - p) / m : 0),
        after: (t, per) => ({ total: -t, perStep: per.times(-1) }),
      }),
    ],
    "running-dz-sign": [
      "divided by the running examples; dz is y − ŷ",
      loss({
        by: (_m, _T, kept) => Math.max(1, kept),
        dz: (p, y, m, on) => (on ? (y - p) / m : 0),
      }),
    ],
    "eps-mean": [
      "log(ŷ + 1e-8); total is a mean",
      loss({
        log: (z, k, i) => Math.log(sm(z, k, i) + 1e-8),
        after: (t, per) => ({ total: t / per.cols }),
      }),
    ],
  },
  right: {
    "total-by-hand": [
      "total added in the loop",
      loss({ after: (_t, per) => ({ total: per.data.reduce((s, v) => s + v, 0) }) }),
    ],
  },
};
