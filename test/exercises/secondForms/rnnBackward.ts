/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import {
  Mat,
  type RnnCache,
  type RnnCellBackward,
  type RnnCellGradients,
  Sequence,
} from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type State = Mat<"n_a", "m">;
type Da = Sequence<"n_a", "m">;
const total = (list: readonly Mat[]): Mat => list.reduce((s, v) => s.add(v));

/** A loop back through time: what enters a step, what is carried, what comes of the steps. */
function loop(
  change: {
    order?: (T: number) => number[];
    enter?: (own: State, later: State, t: number, T: number) => State;
    carry?: (step: RnnCellGradients, own: State, later: State) => State;
    cache?: (t: number, T: number) => number;
    gather?: (byTime: RnnCellGradients[], last: State, da: Da) => object;
  } = {},
) {
  return (da: Da, caches: readonly RnnCache[], back: RnnCellBackward): unknown => {
    const T = da.T_x;
    const steps: RnnCellGradients[] = [];
    let later: State = Mat.zeros(da.rows, da.cols);
    const order = change.order?.(T) ?? Array.from({ length: T }, (_, i) => T - i);
    for (const t of order) {
      const own = da.at(t);
      const step = back(
        change.enter?.(own, later, t, T) ?? own.add(later),
        caches[(change.cache?.(t, T) ?? t) - 1]!,
      );
      steps.unshift(step);
      later = change.carry?.(step, own, later) ?? step.da_prev;
    }
    return {
      dx: Sequence.of(steps.map((s) => s.dx_t)),
      da_0: later,
      dWax: total(steps.map((s) => s.dWax as Mat)),
      dWaa: total(steps.map((s) => s.dWaa as Mat)),
      dba: total(steps.map((s) => s.dba as Mat)),
      ...change.gather?.(steps, later, da),
    };
  };
}
type G = (s: RnnCellGradients[], last: State, da: Da) => object;
const lastOf =
  (k: "dWax" | "dWaa" | "dba"): G =>
  (s) => ({ [k]: s[0]![k] });
const mean: G = (s) =>
  Object.fromEntries(
    (["dWax", "dWaa", "dba"] as const).map((k) => [
      k,
      total(s.map((v) => v[k] as Mat)).times(1 / s.length),
    ]),
  );

/** rnnBackward as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "not-carried": ["da_prev is not carried back", loop({ enter: (own) => own })],
    "own-forgotten": [
      "only the last step's own gradient enters",
      loop({ enter: (own, later, t, T) => (t === T ? own : later) }),
    ],
    forwards: [
      "the loop goes from t = 1 up",
      loop({
        order: (T) => Array.from({ length: T }, (_, i) => i + 1),
        gather: (s) => ({ dx: Sequence.of([...s].reverse().map((v) => v.dx_t)) }),
      }),
    ],
    "dx-reversed": [
      "dx is in the order of computation",
      loop({ gather: (s) => ({ dx: Sequence.of([...s].reverse().map((v) => v.dx_t)) }) }),
    ],
    overwritten: [
      "dWax, dWaa, dba are overwritten, not summed",
      loop({ gather: (s) => ({ dWax: s[0]!.dWax, dWaa: s[0]!.dWaa, dba: s[0]!.dba }) }),
    ],
    "dwaa-overwritten": ["dWaa is overwritten (= for +=)", loop({ gather: lastOf("dWaa") })],
    "dba-overwritten": ["dba is overwritten (= for +=)", loop({ gather: lastOf("dba") })],
    "dwax-overwritten": ["dWax is overwritten (= for +=)", loop({ gather: lastOf("dWax") })],
    "mean-over-time": ["parameters' gradients are means over the steps", loop({ gather: mean })],
    "da0-zero": ["da_0 is zero", loop({ gather: (_s, last) => ({ da_0: last.times(0) }) })],
    "da0-own": ["da_0 is da⟨1⟩", loop({ gather: (_s, _l, da) => ({ da_0: da.at(1) }) })],
    "da0-early": [
      "da_0 is taken before the last step back",
      loop({ gather: (s, last) => ({ da_0: s[1]?.da_prev ?? last.times(0) }) }),
    ],
    "da0-from-the-end": [
      "da_0 is the da_prev of the last step in time",
      loop({ gather: (s) => ({ da_0: s.at(-1)!.da_prev }) }),
    ],
    "carried-summed": [
      "carried gradients pile up (da_next += da_prev)",
      loop({ carry: (s, _o, later) => later.add(s.da_prev) }),
    ],
    "own-twice": [
      "each step's own gradient counts twice",
      loop({ enter: (own, later) => own.add(own).add(later) }),
    ],
    "cache-next": ["the cache of the step after", loop({ cache: (t, T) => Math.min(T, t + 1) })],
    "cache-before": ["the cache of the step before", loop({ cache: (t) => Math.max(1, t - 1) })],
    "caches-mirrored": ["caches are read from the other end", loop({ cache: (t, T) => T + 1 - t })],
    "skips-first": [
      "the loop stops before t = 1",
      loop({ order: (T) => (T === 1 ? [1] : Array.from({ length: T - 1 }, (_, i) => T - i)) }),
    ],
    "skips-last": [
      "the loop starts at T_x − 1",
      loop({ order: (T) => (T === 1 ? [1] : Array.from({ length: T - 1 }, (_, i) => T - 1 - i)) }),
    ],
    "one-da-for-all": [
      "the last step's da for every step",
      (da: Da, c: readonly RnnCache[], b: RnnCellBackward) =>
        loop()(Sequence.of(Array.from(da, () => da.at(da.T_x))), c, b),
    ],
    "product-for-sum": [
      "own and carried gradients multiplied",
      loop({ enter: (own, later, t, T) => (t === T ? own : own.times(later)) }),
    ],
    minus: ["the carried gradient is subtracted", loop({ enter: (own, later) => own.sub(later) })],
  },
  pairs: {
    "not-carried-overwritten": [
      "not carried; dWaa overwritten",
      loop({ enter: (own) => own, gather: lastOf("dWaa") }),
    ],
    "dwaa-over-da0-zero": [
      "dWaa overwritten; da_0 zero",
      loop({ gather: (s, last) => ({ dWaa: s[0]!.dWaa, da_0: last.times(0) }) }),
    ],
    "dx-reversed-mean": [
      "dx reversed; means over the steps",
      loop({
        gather: (s, l, da) => ({
          ...mean(s, l, da),
          dx: Sequence.of([...s].reverse().map((v) => v.dx_t)),
        }),
      }),
    ],
    "not-carried-dx-reversed": [
      "not carried; dx reversed",
      loop({
        enter: (own) => own,
        gather: (s) => ({ dx: Sequence.of([...s].reverse().map((v) => v.dx_t)) }),
      }),
    ],
    "piled-dba-over": [
      "carried gradients pile up; dba overwritten",
      loop({ carry: (s, _o, later) => later.add(s.da_prev), gather: lastOf("dba") }),
    ],
    "dba-over-dx-reversed": [
      "dba overwritten; dx reversed",
      loop({
        gather: (s) => ({ dba: s[0]!.dba, dx: Sequence.of([...s].reverse().map((v) => v.dx_t)) }),
      }),
    ],
    "mirror-mean": [
      "caches mirrored; means over the steps",
      loop({ cache: (t, T) => T + 1 - t, gather: mean }),
    ],
  },
  right: {
    "recursion-in-time": [
      "sums by accumulation in the loop",
      (da: Da, caches: readonly RnnCache[], back: RnnCellBackward) => {
        const dx: Mat<"n_x", "m">[] = new Array(da.T_x);
        let s = back(da.at(da.T_x), caches[da.T_x - 1]!);
        dx[da.T_x - 1] = s.dx_t;
        let { dWax, dWaa, dba } = s;
        for (let t = da.T_x - 1; t > 0; t--) {
          s = back(s.da_prev.add(da.at(t)), caches[t - 1]!);
          dx[t - 1] = s.dx_t;
          dWax = s.dWax.add(dWax);
          dWaa = s.dWaa.add(dWaa);
          dba = s.dba.add(dba);
        }
        return { dx: Sequence.of(dx), da_0: s.da_prev, dWax, dWaa, dba };
      },
    ],
  },
};
