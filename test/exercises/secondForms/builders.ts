/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
/** Right functions whose formulas may be replaced one by one. */
import {
  type EncoderDecoderParameters,
  Mat,
  type RnnCache,
  type RnnCell,
  type RnnCellBackward,
  type RnnParameters,
  Sequence,
  softmax,
  tanh,
} from "../../../src/index.js";
import type { Parameters } from "./secondForm.js";

export type Lengths = readonly { readonly T_x: number; readonly T_y: number }[];
export type Sizes = Record<"n_x" | "n_a" | "n_y" | "m" | "T_x", number>;
export type Steps = Sequence<"n_x", "m">;
export type State = Mat<"n_a", "m">;
export type Mask = Sequence<"1", "m">;
export type Step = ReturnType<RnnCell>;
export type F = (theta: Mat) => number;

export const typeOf = (x: boolean, y: boolean, equal: boolean): string => {
  if (x) return y ? "one-to-one" : "one-to-many";
  if (y) return "many-to-one";
  return `many-to-many-${equal ? "equal" : "unequal"}`;
};
export const lengthsOf = (examples: Lengths) => {
  if (examples.length === 0) throw new RangeError("no example");
  return { xs: examples.map((e) => e.T_x), ys: examples.map((e) => e.T_y) };
};

export const valid = (indices: readonly number[], n_x: number): void => {
  const bad = indices.find((k) => !Number.isInteger(k) || k < 0 || k >= n_x);
  if (bad !== undefined) throw new RangeError(`no word ${bad}`);
};

/** A step by its formulas, each of which may be replaced. */
export const cellWith =
  (
    change: {
      sum?: (p: Parameters, x: Mat, a: Mat) => Mat;
      squash?: (z: Mat) => Mat;
      score?: (p: Parameters, a: Mat, before: Mat, x: Mat) => Mat;
      share?: (scores: Mat) => Mat;
    } = {},
  ) =>
  (x_t: Mat, a_prev: Mat, p: Parameters) => {
    const z = change.sum?.(p, x_t, a_prev) ?? p.Waa.dot(a_prev).add(p.Wax.dot(x_t)).add(p.ba);
    const a_next = (change.squash ?? tanh)(z);
    const scores = change.score?.(p, a_next, a_prev, x_t) ?? p.Wya.dot(a_next).add(p.by);
    const yhat_t = (change.share ?? softmax)(scores as Mat<"n_y", "m">);
    return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters: p } };
  };

/** A step back by its formulas, each of which may be replaced. */
export const backWith =
  (
    slope: (a: number) => number = (a) => 1 - a ** 2,
    change: (dz: Mat, cache: RnnCache, da: Mat) => object = () => ({}),
  ) =>
  (da_next: Mat, cache: RnnCache) => {
    const dz: Mat = da_next.map((d, i, j) => d * slope(cache.a_next.get(i, j)));
    const { Wax, Waa }: Parameters = cache.parameters;
    const [x, a]: Mat[] = [cache.x_t, cache.a_prev];
    return {
      dx_t: Wax.T.dot(dz),
      da_prev: Waa.T.dot(dz),
      dWax: dz.dot(x!.T),
      dWaa: dz.dot(a!.T),
      dba: dz.sumColumns(),
      ...change(dz, cache, da_next),
    };
  };

/** A recursion over the steps in place of a loop. */
export const unroll =
  (
    change: {
      from?: (T: number) => number;
      to?: (T: number) => number;
      read?: (x: Steps, t: number) => Mat<"n_x", "m">;
      keep?: (step: Step, before: State, t: number) => State;
      answer?: (steps: readonly Step[], a_0: State) => object;
    } = {},
  ) =>
  (x: Steps, a_0: State, parameters: RnnParameters, cell: RnnCell) => {
    const last = change.to?.(x.T_x) ?? x.T_x;
    const go = (t: number, a: State): readonly Step[] => {
      if (t > last) return [];
      const step = cell(change.read?.(x, t) ?? x.at(t), a, parameters);
      return [step, ...go(t + 1, change.keep?.(step, a, t) ?? step.a_next)];
    };
    const steps = go(change.from?.(x.T_x) ?? 1, a_0);
    return {
      a: Sequence.of(steps.map((s) => s.a_next)),
      yhat: Sequence.of(steps.map((s) => s.yhat_t)),
      caches: steps.map((s) => s.cache),
      ...change.answer?.(steps, a_0),
    };
  };

export const cost =
  (
    term: (p: number, y: number) => number = (p, y) =>
      y === 1 ? -Math.max(-100, Math.log(p)) : -Math.max(-100, Math.log(1 - p)),
    finish: (row: Mat, n: number, m: number) => unknown = (row) => row,
  ) =>
  (yhat: Mat, y: Mat) =>
    finish(
      Mat.build(1, y.cols, (_, i) =>
        Array.from({ length: y.rows }, (_k, k) => term(yhat.get(k, i), y.get(k, i))).reduce(
          (a, b) => a + b,
        ),
      ),
      y.rows,
      y.cols,
    );

/** All steps' losses and gradients, with their weights. */
export const sequenceLoss =
  (
    change: {
      weight?: (on: number, m: number, T: number) => number;
      gradient?: (p: Mat, y: Mat) => Mat;
      finish?: (per: Mat, dz: readonly Mat[]) => object;
      scores?: (z: Mat) => Mat;
    } = {},
  ) =>
  (zs: Sequence<"n_y", "m">, ys: Sequence<"n_y", "m">, mask?: Mask) => {
    const dz: Mat[] = [];
    const per = Mat.build(1, zs.T_y, (_, n) => {
      const z = change.scores?.(zs.at(n + 1)) ?? (zs.at(n + 1) as Mat);
      const y: Mat = ys.at(n + 1);
      const p = softmax(z as Mat<"n_y", "m">) as Mat;
      const on = (i: number): number => mask?.at(n + 1).get(0, i) ?? 1;
      const weight = (i: number): number =>
        change.weight?.(on(i), z.cols, zs.T_y) ?? on(i) / z.cols;
      dz.push(
        (change.gradient?.(p, y) ?? p.sub(y)).map((g, _k, i) =>
          weight(i) === 0 ? 0 : g * weight(i),
        ),
      );
      let sum = 0;
      for (let i = 0; i < z.cols; i++) {
        const column = Array.from({ length: z.rows }, (_r, k) => z.get(k, i));
        const top = Math.max(...column);
        const total = top + Math.log(column.reduce((s, v) => s + Math.exp(v - top), 0));
        column.forEach((v, k) => (sum += weight(i) * y.get(k, i) * (total - v)));
      }
      return sum;
    });
    return { total: per.sum(), perStep: per, dz: Sequence.of(dz), ...change.finish?.(per, dz) };
  };

/** Back through time by a reduce from the right. */
export const through =
  (
    change: {
      carry?: (own: State, later: State, t: number, T: number) => State;
      cache?: (caches: readonly RnnCache[], t: number) => RnnCache;
      answer?: (steps: readonly ReturnType<RnnCellBackward>[]) => object;
      scale?: (t: number, T: number) => number;
    } = {},
  ) =>
  (da: Sequence<"n_a", "m">, caches: readonly RnnCache[], back: RnnCellBackward) => {
    const T = da.T_x;
    let later = da.at(1).times(0);
    const steps: ReturnType<RnnCellBackward>[] = [];
    for (let t = T; t >= 1; t--) {
      const into = change.carry?.(da.at(t), later, t, T) ?? da.at(t).add(later);
      const step = back(into, change.cache?.(caches, t) ?? caches[t - 1]!);
      later = step.da_prev;
      steps.unshift(step);
    }
    const sum = (key: "dWax" | "dWaa" | "dba"): Mat =>
      steps
        .map((s, n) => (s[key] as Mat).times(change.scale?.(n + 1, T) ?? 1))
        .reduce((a, b) => a.add(b));
    return {
      dx: Sequence.of(steps.map((s) => s.dx_t)),
      da_0: steps[0]!.da_prev,
      dWax: sum("dWax"),
      dWaa: sum("dWaa"),
      dba: sum("dba"),
      ...change.answer?.(steps),
    };
  };

export const slopes =
  (quotient: (at: (by: number) => number, h: number) => number, finish = (g: Mat): Mat => g) =>
  (f: F, theta: Mat, h: number) =>
    finish(
      theta.map((_v, i, j) =>
        quotient((by) => {
          const copy = theta.map((v) => v);
          copy.data[i * theta.cols + j]! += by;
          return f(copy);
        }, h),
      ),
    );
export const central = (at: (by: number) => number, h: number): number =>
  (at(h) - at(-h)) / (2 * h);

export const compared =
  (
    error: (n: Mat, g: Mat) => number,
    change: (place: { row: number; column: number }, n: Mat, g: Mat) => object = (place) => place,
    numerical = slopes(central),
  ) =>
  (f: F, theta: Mat, g: Mat, h: number) => {
    const n = numerical(f, theta, h);
    const gaps = Array.from(n.sub(g).data, Math.abs);
    const k = gaps.indexOf(Math.max(...gaps));
    const place = { row: Math.floor(k / n.cols) + 1, column: (k % n.cols) + 1 };
    return { relativeError: error(n, g), ...change(place, n, g) };
  };
export const ratio = (top: number, bottom: number): number => (bottom === 0 ? 0 : top / bottom);
export const usual = (n: Mat, g: Mat): number => ratio(n.sub(g).norm(), n.norm() + g.norm());

/** From one input on, what was said is read next. */
export const speak =
  (
    change: {
      next?: (said: Mat, x_1: Mat, t: number) => Mat;
      keep?: (step: Step, before: State, a_0: State) => State;
      steps?: (T: number) => number;
      answer?: (steps: readonly Step[]) => object;
    } = {},
  ) =>
  (x_1: Mat, a_0: State, p: RnnParameters, T_y: number, cell: RnnCell) => {
    const steps: Step[] = [];
    let [x, a] = [x_1, a_0];
    const T = change.steps?.(T_y) ?? T_y;
    while (steps.length < T) {
      const step = cell(x as Mat<"n_x", "m">, a, p);
      steps.push(step);
      x = change.next?.(step.yhat_t, x_1, steps.length) ?? (step.yhat_t as Mat);
      a = change.keep?.(step, a, a_0) ?? step.a_next;
    }
    return {
      a: Sequence.of(steps.map((s) => s.a_next)),
      yhat: Sequence.of(steps.map((s) => s.yhat_t)),
      caches: steps.map((s) => s.cache),
      ...change.answer?.(steps),
    };
  };

/** The answer of each example at a step of its own. */
export const readOut =
  (
    at: (length: number, T: number) => number = (length) => length,
    change: Parameters_<typeof unroll> = {},
    finish: (yhat: Mat, said: readonly Mat[]) => Mat = (yhat) => yhat,
  ) =>
  (x: Steps, a_0: State, p: RnnParameters, cell: RnnCell, mask?: Mask) => {
    const said = Array.from(unroll(change)(x, a_0, p, cell).yhat) as Mat[];
    const length = (i: number): number =>
      mask === undefined ? x.T_x : Array.from(mask).filter((row) => row.get(0, i) === 1).length;
    const pick = (i: number): number => Math.min(said.length, Math.max(1, at(length(i), x.T_x)));
    return {
      yhat: finish(
        said[0]!.map((_v, k, i) => said[pick(i) - 1]!.get(k, i)),
        said,
      ),
    };
  };
export type Parameters_<G extends (change?: never) => unknown> = Exclude<
  globalThis.Parameters<G>[0],
  undefined
>;

/** In step, with what padding does as told. */
export const inStep =
  (
    change: {
      idle?: (before: number, after: number, start: number) => number;
      mute?: (said: number, last: number) => number;
      isOn?: (mask: Mask, t: number, i: number) => boolean;
      read?: (x: Steps, t: number) => Mat<"n_x", "m">;
      start?: (a_0: State) => State;
    } = {},
  ) =>
  (x: Steps, a_0: State, p: RnnParameters, cell: RnnCell, mask: Mask) => {
    const [a, yhat]: [State[], Mat[]] = [[], []];
    let before = change.start?.(a_0) ?? a_0;
    for (let t = 1; t <= x.T_x; t++) {
      const step = cell(change.read?.(x, t) ?? x.at(t), before, p);
      const isOn = (i: number): boolean => change.isOn?.(mask, t, i) ?? mask.at(t).get(0, i) === 1;
      const old = before;
      before = step.a_next.map((v, k, i) =>
        isOn(i) ? v : (change.idle?.(old.get(k, i), v, a_0.get(k, i)) ?? old.get(k, i)),
      );
      a.push(before);
      const last = yhat.at(-1);
      yhat.push(
        step.yhat_t.map((v, k, i) => (isOn(i) ? v : (change.mute?.(v, last?.get(k, i) ?? 0) ?? 0))),
      );
    }
    return { a: Sequence.of(a), yhat: Sequence.of(yhat) };
  };

/** Reads with one network, speaks with another. */
export const translated =
  (
    change: {
      encode?: Parameters_<typeof unroll>;
      state?: (states: readonly State[]) => State;
      speak?: Parameters_<typeof speak>;
      first?: (y_0: Mat) => Mat;
      p?: (p: EncoderDecoderParameters) => EncoderDecoderParameters;
    } = {},
  ) =>
  (
    x: Steps,
    a_0: State,
    parameters: EncoderDecoderParameters,
    y_0: Mat,
    T_y: number,
    cell: RnnCell,
  ) => {
    const p = change.p?.(parameters) ?? parameters;
    const states = Array.from(unroll(change.encode)(x, a_0, p.encoder, cell).a) as State[];
    const state = change.state?.(states) ?? states.at(-1)!;
    const first = change.first?.(y_0) ?? y_0;
    return { yhat: speak(change.speak)(first, state, p.decoder, T_y, cell).yhat };
  };
