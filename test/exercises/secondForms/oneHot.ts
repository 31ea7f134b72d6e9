/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

function check(indices: readonly number[], n: number): void {
  if (indices.some((k) => !Number.isInteger(k) || k < 0 || k >= n)) throw new Error("bad index");
}

/** oneHot as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "rows-are-examples": [
      "one row per index, as in NumPy's eye(n)[indices]",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        return Mat.build(ids.length, n, (i, k) => (ids[i] === k ? 1 : 0));
      },
    ],
    "from-one": [
      "indices are counted from 1",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        return Mat.build(n, ids.length, (k, i) => (k + 1 === ids[i] ? 1 : 0));
      },
    ],
    "one-row-more": [
      "n_x + 1 rows",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        const x = Mat.zeros(n + 1, ids.length);
        ids.forEach((k, i) => (x.data[k * ids.length + i] = 1));
        return x;
      },
    ],
    "no-check": [
      "no index is refused",
      (ids: readonly number[], n: number) =>
        Mat.build(n, ids.length, (k, i) => Number(ids[i] === k)),
    ],
    "only-too-large": [
      "negative and fractional indices are let through",
      (ids: readonly number[], n: number) => {
        for (const k of ids) if (k >= n) throw new Error("too large");
        return Mat.build(n, ids.length, (k, i) => (ids[i] === k ? 1 : 0));
      },
    ],
    "fractions-pass": [
      "a fractional index is let through",
      (ids: readonly number[], n: number) => {
        for (const k of ids) if (k < 0 || k > n - 1) throw new Error("out of range");
        return Mat.build(n, ids.length, (k, i) => (ids[i] === k ? 1 : 0));
      },
    ],
    "end-included": [
      "an index of n_x is let through (> for >=)",
      (ids: readonly number[], n: number) => {
        for (const k of ids) if (!Number.isInteger(k) || k < 0 || k > n) throw new Error("bad");
        return Mat.build(n, ids.length, (k, i) => (ids[i] === k ? 1 : 0));
      },
    ],
    clamped: [
      "a bad index is clamped into the vocabulary",
      (ids: readonly number[], n: number) => {
        const safe = ids.map((k) => Math.min(n - 1, Math.max(0, Math.floor(k))));
        return Mat.build(n, ids.length, (k, i) => (safe[i] === k ? 1 : 0));
      },
    ],
    "wraps-around": [
      "an index counts from the end when it is negative (modulo n_x)",
      (ids: readonly number[], n: number) => {
        const safe = ids.map((k) => ((Math.trunc(k) % n) + n) % n);
        return Mat.build(n, ids.length, (k, i) => (safe[i] === k ? 1 : 0));
      },
    ],
    "index-as-value": [
      "the index is written in place of 1",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        return Mat.build(n, ids.length, (k, i) => (ids[i] === k ? k : 0));
      },
    ],
    "bag-of-words": [
      "one column for all words",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        const x = Mat.zeros(n, 1);
        for (const k of ids) x.data[k] = 1;
        return x;
      },
    ],
    "first-only": [
      "only the first index gets its 1",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        const x = Mat.zeros(n, ids.length);
        x.data[ids[0]! * ids.length] = 1;
        return x;
      },
    ],
    cold: [
      "ones where zeros belong",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        return Mat.build(n, ids.length, (k, i) => (ids[i] === k ? 0 : 1));
      },
    ],
    "upside-down": [
      "rows are counted from the bottom",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        return Mat.build(n, ids.length, (k, i) => (n - 1 - k === ids[i] ? 1 : 0));
      },
    ],
    "row-major-slip": [
      "the buffer is filled as if it were column after column",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        const data = new Array<number>(n * ids.length).fill(0);
        ids.forEach((k, i) => (data[i * n + k] = 1));
        return new Mat(n, ids.length, data);
      },
    ],
    thermometer: [
      "ones up to the index",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        return Mat.build(n, ids.length, (k, i) => (k <= ids[i]! ? 1 : 0));
      },
    ],
  },
  pairs: {
    "rows-and-no-check": [
      "one row per index; nothing is refused",
      (ids: readonly number[], n: number) =>
        Mat.build(ids.length, n, (i, k) => (ids[i] === k ? 1 : 0)),
    ],
    "from-one-and-no-check": [
      "counted from 1; nothing is refused",
      (ids: readonly number[], n: number) =>
        Mat.build(n, ids.length, (k, i) => (k === ids[i]! - 1 ? 1 : 0)),
    ],
    "one-row-more-and-fractions": [
      "n_x + 1 rows; fractions are let through",
      (ids: readonly number[], n: number) => {
        for (const k of ids) if (k < 0 || k >= n) throw new Error("out of range");
        return Mat.build(n + 1, ids.length, (k, i) => (ids[i] === k ? 1 : 0));
      },
    ],
    "upside-down-and-no-check": [
      "rows from the bottom; nothing is refused",
      (ids: readonly number[], n: number) =>
        Mat.build(n, ids.length, (k, i) => (n - 1 - k === ids[i] ? 1 : 0)),
    ],
  },
  right: {
    "column-by-column": [
      "lists of lists",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        const rows = Array.from({ length: n }, (_, k) => ids.map((id) => +(id === k)));
        return Mat.from(rows);
      },
    ],
    "outer-comparison": [
      "1 − min(1, |k − index|)",
      (ids: readonly number[], n: number) => {
        check(ids, n);
        return Mat.build(n, ids.length, (k, i) => 1 - Math.min(1, Math.abs(k - ids[i]!)));
      },
    ],
  },
};
