/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

const floor = (p: number): number => Math.max(-100, Math.log(p));
const bce = (p: number, y: number): number => -y * floor(p) - (1 - y) * floor(1 - p);
/** Sums `term` down each column. */
const down =
  (term: (p: number, y: number) => number) =>
  (yhat: Mat, y: Mat): Mat =>
    yhat.map((p, k, i) => term(p, y.get(k, i))).sumRows();

/** binaryCrossEntropy as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "only-yes": ["only −y log ŷ", down((p, y) => -y * floor(p))],
    "only-no": ["only −(1 − y) log(1 − ŷ)", down((p, y) => -(1 - y) * floor(1 - p))],
    sign: ["the minus is forgotten", down((p, y) => -bce(p, y))],
    "half-sign": [
      "the second part has the wrong sign",
      down((p, y) => -y * floor(p) + (1 - y) * floor(1 - p)),
    ],
    log2: [
      "log to the base 2",
      down(
        (p, y) => -y * Math.max(-100, Math.log2(p)) - (1 - y) * Math.max(-100, Math.log2(1 - p)),
      ),
    ],
    log10: [
      "log to the base 10",
      down(
        (p, y) => -y * Math.max(-100, Math.log10(p)) - (1 - y) * Math.max(-100, Math.log10(1 - p)),
      ),
    ],
    "no-floor": [
      "the logarithm is not bounded",
      down((p, y) => -y * Math.log(p) - (1 - y) * Math.log(1 - p)),
    ],
    eps: [
      "log(p + 1e-8)",
      down((p, y) => -y * Math.log(p + 1e-8) - (1 - y) * Math.log(1 - p + 1e-8)),
    ],
    clip: [
      "ŷ is clipped to [1e-7, 1 − 1e-7]",
      down((p, y) => {
        const q = Math.min(1 - 1e-7, Math.max(1e-7, p));
        return -y * Math.log(q) - (1 - y) * Math.log(1 - q);
      }),
    ],
    "floor-ten": [
      "bounded at −10",
      down((p, y) => -y * Math.max(-10, Math.log(p)) - (1 - y) * Math.max(-10, Math.log(1 - p))),
    ],
    exchanged: ["prediction and label exchanged", down((p, y) => bce(y, p))],
    "classes-flipped": ["y and 1 − y exchanged", down((p, y) => bce(1 - p, y))],
    "mean-classes": [
      "a mean over the outputs",
      (yhat: Mat, y: Mat) => down(bce)(yhat, y).times(1 / y.rows),
    ],
    "mean-examples": ["divided by m", (yhat: Mat, y: Mat) => down(bce)(yhat, y).times(1 / y.cols)],
    "sum-of-all": ["one number for the batch", (yhat: Mat, y: Mat) => down(bce)(yhat, y).sum()],
    "per-output": [
      "not summed over the outputs",
      (yhat: Mat, y: Mat) => yhat.map((p, k, i) => bce(p, y.get(k, i))),
    ],
    "by-rows": [
      "summed over the examples, for each output",
      (yhat: Mat, y: Mat) => yhat.map((p, k, i) => bce(p, y.get(k, i))).sumColumns(),
    ],
    squared: ["squared error", down((p, y) => (p - y) ** 2)],
    column: ["the row is a column", (yhat: Mat, y: Mat) => down(bce)(yhat, y).T],
    "sigmoid-again": ["a sigmoid over ŷ once more", down((p, y) => bce(1 / (1 + Math.exp(-p)), y))],
    "floor-of-sum": [
      "the bound is on the whole sum (loss at most 100)",
      (yhat: Mat, y: Mat) =>
        yhat
          .map((p, k, i) => (y.get(k, i) > 0.5 ? -Math.log(p) : -Math.log(1 - p)))
          .sumRows()
          .map((v) => Math.min(100, v)),
    ],
  },
  pairs: {
    "log2-mean": [
      "log2; mean over the outputs",
      (yhat: Mat, y: Mat) => down((p, l) => bce(p, l) / Math.LN2)(yhat, y).times(1 / y.rows),
    ],
    "only-yes-sign": ["only the first part; minus forgotten", down((p, y) => y * floor(p))],
    "only-yes-divided": [
      "only the first part; divided by m",
      (yhat: Mat, y: Mat) => down((p, l) => -l * floor(p))(yhat, y).times(1 / y.cols),
    ],
    "sign-divided": [
      "minus forgotten; divided by m",
      (yhat: Mat, y: Mat) => down(bce)(yhat, y).times(-1 / y.cols),
    ],
    "no-floor-mean": [
      "not bounded; mean over the outputs",
      (yhat: Mat, y: Mat) =>
        down((p, l) => -l * Math.log(p) - (1 - l) * Math.log(1 - p))(yhat, y).times(1 / y.rows),
    ],
    "clip-sign": [
      "clipped at 1e-7; minus forgotten",
      down((p, y) => {
        const q = Math.min(1 - 1e-7, Math.max(1e-7, p));
        return y * Math.log(q) + (1 - y) * Math.log(1 - q);
      }),
    ],
  },
  right: {
    "by-cases": [
      "an if for each label",
      down((p, y) => (y === 1 ? Math.min(100, -Math.log(p)) : Math.min(100, -Math.log(1 - p)))),
    ],
    log1p: ["log1p(−ŷ)", down((p, y) => -y * floor(p) - (1 - y) * Math.max(-100, Math.log1p(-p)))],
  },
};
