/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat, type RnnCell, type RnnParameters, Sequence } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type X = Sequence<"n_x", "m">;
type A = Mat<"n_a", "m">;
type Mask = Sequence<"1", "m"> | undefined;
type Step = ReturnType<RnnCell>;
interface Slips {
  start?: (a: A) => A;
  carry?: (s: Step, a_0: A, a: A) => A;
  order?: (T: number) => number[];
  pick?: (length: number, T: number, all: number[]) => number;
  out?: (s: Step) => Mat;
  gather?: (all: Mat[], lengths: number[]) => unknown;
  checked?: boolean;
}
function read(s: Slips = {}) {
  return (x: X, a_0: A, p: RnnParameters, cell: RnnCell, mask?: Mask): unknown => {
    const lengths = Array.from({ length: x.cols }, (_, i) =>
      mask === undefined ? x.T_x : Array.from(mask).reduce((n, v) => n + v.get(0, i), 0),
    );
    if (s.checked !== false && lengths.includes(0)) throw new Error("all padding");
    const all: Mat[] = [];
    let a = s.start?.(a_0) ?? a_0;
    for (const t of s.order?.(x.T_x) ?? Array.from({ length: x.T_x }, (_, i) => i + 1)) {
      const step = cell(x.at(t), a, p);
      all.push(s.out?.(step) ?? step.yhat_t);
      a = s.carry?.(step, a_0, a) ?? step.a_next;
    }
    if (s.gather) return { yhat: s.gather(all, lengths) };
    return {
      yhat: all[0]!.map(
        (_v, k, i) =>
          all[(s.pick?.(lengths[i]!, x.T_x, lengths) ?? lengths[i]!) - 1]?.get(k, i) ?? 0,
      ),
    };
  };
}

/** manyToOne as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "batch-last": ["the batch's last step for every example", read({ pick: (_l, T) => T })],
    first: ["the first step's prediction", read({ pick: () => 1 })],
    "one-early": ["the step before an example's last", read({ pick: (l) => Math.max(1, l - 1) })],
    "one-late": ["the step after an example's last", read({ pick: (l, T) => Math.min(T, l + 1) })],
    shortest: [
      "the shortest example's length for all",
      read({ pick: (_l, _T, all) => Math.min(...all) }),
    ],
    "first-length": [
      "the first example's length for all",
      read({ pick: (_l, _T, all) => all[0]! }),
    ],
    mean: [
      "the mean of all predictions",
      read({ gather: (all) => all.reduce((s, v) => s.add(v)).times(1 / all.length) }),
    ],
    "masked-mean": [
      "the mean over an example's own steps",
      read({
        gather: (all, l) =>
          all[0]!.map((_v, k, i) => {
            let s = 0;
            for (let t = 0; t < l[i]!; t++) s += all[t]!.get(k, i);
            return s / l[i]!;
          }),
      }),
    ],
    sum: [
      "the sum of an example's predictions",
      read({
        gather: (all, l) =>
          all[0]!.map((_v, k, i) => {
            let s = 0;
            for (let t = 0; t < l[i]!; t++) s += all[t]!.get(k, i);
            return s;
          }),
      }),
    ],
    max: [
      "the largest of all predictions (max pooling)",
      read({
        gather: (all) => all[0]!.map((_v, k, i) => Math.max(...all.map((y) => y.get(k, i)))),
      }),
    ],
    all: ["all predictions as a sequence", read({ gather: (all) => Sequence.of(all) })],
    "zero-start": ["a_0 is not used", read({ start: (a) => a.times(0) })],
    "not-carried": ["every step starts from a_0", read({ carry: (_s, a_0) => a_0 })],
    backwards: [
      "read from the end",
      read({ order: (T) => Array.from({ length: T }, (_, i) => T - i) }),
    ],
    state: ["the state for the prediction", read({ out: (s) => s.a_next })],
    unchecked: ["an example of padding only is let through", read({ checked: false })],
    "masked-last": [
      "zero where the example ended before the batch's last step",
      read({ gather: (all, l) => all.at(-1)!.map((v, _k, i) => (l[i] === all.length ? v : 0)) }),
    ],
    "starts-late": [
      "x⟨1⟩ is not read",
      (x: X, a_0: A, p: RnnParameters, cell: RnnCell, mask?: Mask) => {
        if (x.T_x === 1) return read()(x, a_0, p, cell, mask);
        return read({
          order: (T) => [1, ...Array.from({ length: T - 1 }, (_, i) => i + 2)],
          carry: ((first) => (s: Step, a0: A) => (first++ % x.T_x === 0 ? a0 : s.a_next))(0),
        })(x, a_0, p, cell, mask);
      },
    ],
  },
  pairs: {
    "batch-last-zero": [
      "batch's last step; zero start",
      read({ pick: (_l, T) => T, start: (a) => a.times(0) }),
    ],
    "first-zero": [
      "the step before the last; zero start",
      read({ pick: (l) => Math.max(1, l - 1), start: (a) => a.times(0) }),
    ],
    "not-carried-batch-last": [
      "state not carried; batch's last step",
      read({ carry: (_s, a_0) => a_0, pick: (_l, T) => T }),
    ],
    "mean-zero": [
      "mean over all steps; zero start",
      read({
        start: (a) => a.times(0),
        gather: (all) => all.reduce((s, v) => s.add(v)).times(1 / all.length),
      }),
    ],
    "backwards-zero": [
      "read from the end; zero start",
      read({ order: (T) => Array.from({ length: T }, (_, i) => T - i), start: (a) => a.times(0) }),
    ],
  },
  right: {
    weighted: [
      "a sum with weights 0 and 1",
      read({
        gather: (all, l) =>
          all[0]!.map((_v, k, i) =>
            all.reduce((s, y, t) => s + (t + 1 === l[i] ? y.get(k, i) : 0), 0),
          ),
      }),
    ],
  },
};
