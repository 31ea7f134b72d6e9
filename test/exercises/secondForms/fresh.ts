/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
/**
 * A later set, written after the known mistakes had been added to, and run once before anything more
 * was changed: other ideas, in another manner.
 */
import { Mat, Sequence, sigmoid, tanh } from "../../../src/index.js";
import {
  type Lengths,
  type Sizes,
  typeOf,
  lengthsOf,
  valid,
  cellWith,
  backWith,
  unroll,
  cost,
  sequenceLoss,
  through,
  slopes,
  central,
  compared,
  ratio,
  usual,
  speak,
  readOut,
  inStep,
  translated,
} from "./builders.js";
import type { Parameters, SecondForms } from "./secondForm.js";

/** By exercise. */
export const freshForms: Readonly<Record<string, SecondForms>> = {
  classifyTask: {
    singles: {
      "shortest-compared": [
        "the shortest lengths decide",
        (examples: Lengths) => {
          const { xs, ys } = lengthsOf(examples);
          const [x, y] = [Math.min(...xs), Math.min(...ys)];
          return typeOf(
            x <= 1,
            y <= 1,
            xs.every((v, i) => v === ys[i]),
          );
        },
      ],
      "zero-is-many": [
        "an input of length 0 is not one",
        (examples: Lengths) => {
          const { xs, ys } = lengthsOf(examples);
          return typeOf(
            xs.every((v) => v === 1),
            ys.every((v) => v === 1),
            xs.join() === ys.join(),
          );
        },
      ],
      "set-of-lengths": [
        "equal when both sides have the same set of lengths",
        (examples: Lengths) => {
          const { xs, ys } = lengthsOf(examples);
          const sorted = (list: number[]): string => [...list].sort((a, b) => a - b).join();
          return typeOf(
            xs.every((v) => v <= 1),
            ys.every((v) => v <= 1),
            sorted(xs) === sorted(ys),
          );
        },
      ],
      "never-one-to-one": [
        "one-to-one is not asked for",
        (examples: Lengths) => {
          const { xs, ys } = lengthsOf(examples);
          if (xs.every((v) => v <= 1)) return "one-to-many";
          return typeOf(
            false,
            ys.every((v) => v === 1),
            xs.every((v, i) => v === ys[i]),
          );
        },
      ],
    },
    pairs: {},
    right: {},
  },
  oneHot: {
    singles: {
      "minus-one": [
        "−1 where not hot",
        (k: readonly number[], n: number) => {
          valid(k, n);
          return Mat.build(n, k.length, (row, i) => (k[i] === row ? 1 : -1));
        },
      ],
      "one-too-low": [
        "the 1 is one row too low",
        (k: readonly number[], n: number) => {
          valid(k, n);
          return Mat.build(n, k.length, (row, i) => ((k[i]! + 1) % n === row ? 1 : 0));
        },
      ],
      "one-row-less": [
        "n_x − 1 rows",
        (k: readonly number[], n: number) => {
          valid(k, n);
          return Mat.build(n - 1, k.length, (row, i) => (k[i] === row ? 1 : 0));
        },
      ],
    },
    pairs: {
      "low-and-unchecked": [
        "transposed; negative indices let through",
        (k: readonly number[], n: number) => {
          if (k.some((v) => v >= n || !Number.isInteger(v))) throw new RangeError("word");
          return Mat.build(k.length, n, (i, row) => (k[i] === row ? 1 : 0));
        },
      ],
    },
    right: {},
  },
  padBatch: { singles: {}, pairs: {}, right: {} },
  shapeOf: {
    singles: {
      "yhat-with-inputs": [
        "yhat has n_x rows",
        shapes(({ n_x, m, T_x }) => ({ yhat: [n_x, m, T_x], yhat_t: [n_x, m] })),
      ],
      "wya-from-inputs": ["Wya is (n_y, n_x)", shapes(({ n_y, n_x }) => ({ Wya: [n_y, n_x] }))],
      "ax-only-a": ["ax_t has n_a rows", shapes(({ n_a, m }) => ({ ax_t: [n_a, m] }))],
    },
    pairs: {
      "waa-and-ba": [
        "Wax turned; biases as rows",
        shapes(({ n_x, n_a, n_y }) => ({ Wax: [n_x, n_a], ba: [1, n_a], by: [1, n_y] })),
      ],
    },
    right: {},
  },
  rnnCellForward: {
    singles: {
      cosine: ["cos for tanh", cellWith({ squash: (z) => z.map(Math.cos) }) as never],
      arctan: ["arctan for tanh", cellWith({ squash: (z) => z.map(Math.atan) }) as never],
      "no-exponential": [
        "scores divided by their sum",
        cellWith({
          share: (s) => {
            const sums = s.sumRows();
            return s.map((v, _k, i) => v / sums.get(0, i));
          },
        }) as never,
      ],
      "reads-x-again": [
        "leaky: half of the old state is kept",
        ((x: Mat, a: Mat, p: Parameters) =>
          cellWith({
            sum: (q, x_t, a_prev) => q.Waa.dot(a_prev).add(q.Wax.dot(x_t)).add(q.ba),
            squash: (z) => tanh(z).times(0.5).add(a.times(0.5)),
          })(x, a, p)) as never,
      ],
      "by-before": [
        "by is subtracted",
        cellWith({ score: (p, a) => p.Wya.dot(a).sub(p.by) }) as never,
      ],
      "ba-missing-sigmoid-range": [
        "2σ(z) − 1 for tanh: half the slope",
        cellWith({ squash: (z) => sigmoid(z as never).map((v) => 2 * v - 1) }) as never,
      ],
    },
    pairs: {
      "no-ba-no-softmax": [
        "ba missing; no softmax",
        cellWith({
          sum: (p, x, a) => p.Waa.dot(a).add(p.Wax.dot(x)),
          share: (s) => s,
        }) as never,
      ],
      "relu-by-twice": [
        "ReLU; by twice",
        cellWith({
          squash: (z) => z.map((v) => Math.max(0, v)),
          score: (p, a) => p.Wya.dot(a).add(p.by).add(p.by),
        }) as never,
      ],
    },
    right: {},
  },
  stackWeights: {
    singles: {
      interleaved: [
        "the columns alternate",
        (Waa: Mat, Wax: Mat) => {
          const columns: [Mat, number][] = [];
          for (let j = 0; j < Math.max(Waa.cols, Wax.cols); j++) {
            if (j < Waa.cols) columns.push([Waa, j]);
            if (j < Wax.cols) columns.push([Wax, j]);
          }
          return Mat.build(Waa.rows, columns.length, (i, n) =>
            columns[n]![0].get(i, columns[n]![1]),
          );
        },
      ],
      "state-zero": [
        "Waa's part stayed zero",
        (Waa: Mat, Wax: Mat) =>
          Mat.build(Waa.rows, Waa.cols + Wax.cols, (i, j) =>
            j < Waa.cols ? 0 : Wax.get(i, j - Waa.cols),
          ),
      ],
      mirrored: [
        "Wax's columns in reverse",
        (Waa: Mat, Wax: Mat) =>
          Mat.build(Waa.rows, Waa.cols + Wax.cols, (i, j) =>
            j < Waa.cols ? Waa.get(i, j) : Wax.get(i, Waa.cols + Wax.cols - 1 - j),
          ),
      ],
    },
    pairs: {
      "swapped-transposed": [
        "Wax first; transposed",
        (Waa: Mat, Wax: Mat) =>
          Mat.build(Waa.cols + Wax.cols, Waa.rows, (j, i) =>
            j < Wax.cols ? Wax.get(i, j) : Waa.get(i, j - Wax.cols),
          ),
      ],
    },
    right: {},
  },
  rnnForward: {
    singles: {
      "one-step-late-start": [
        "starts at t = 2 unless there is one step",
        unroll({ from: (T) => Math.min(2, T) }),
      ],
      "caches-without-last": [
        "the last cache is missing",
        unroll({ answer: (s) => ({ caches: s.slice(0, -1).map((v) => v.cache) }) }),
      ],
      "yhat-reversed": [
        "yhat is in reverse",
        unroll({ answer: (s) => ({ yhat: Sequence.of(s.map((v) => v.yhat_t)).reverse() }) }),
      ],
      "every-other": [
        "the state is carried at every second step only",
        unroll({ keep: (s, before, t) => (t % 2 === 0 ? s.a_next : before) }),
      ],
      "minus-carried": ["the state changes sign", unroll({ keep: (s) => s.a_next.times(-1) })],
      "states-summed": [
        "a holds running sums",
        unroll({
          answer: (s) => ({
            a: Sequence.of(
              s.map((_v, n) =>
                s
                  .slice(0, n + 1)
                  .map((v) => v.a_next)
                  .reduce((p, q) => p.add(q)),
              ),
            ),
          }),
        }),
      ],
    },
    pairs: {
      "short-and-late-input": [
        "reads the input before; a is reversed",
        unroll({
          read: (x, t) => x.at(Math.max(1, t - 1)),
          answer: (s) => ({ a: Sequence.of(s.map((v) => v.a_next)).reverse() }),
        }),
      ],
      "short-and-first-cache": [
        "ends one step early; caches reversed",
        unroll({
          to: (T) => Math.max(1, T - 1),
          answer: (s) => ({ caches: s.map((v) => v.cache).reverse() }),
        }),
      ],
    },
    right: {},
  },
  binaryCrossEntropy: {
    singles: {
      halved: ["half the loss", cost(undefined, (row) => row.times(0.5)) as never],
      absolute: ["absolute error", cost((p, y) => Math.abs(p - y)) as never],
      fifty: [
        "bounded at −50",
        cost((p, y) => -Math.max(-50, Math.log(y === 1 ? p : 1 - p))) as never,
      ],
      "largest-output": [
        "the largest output's loss",
        ((yhat: Mat, y: Mat) =>
          Mat.build(1, y.cols, (_, i) =>
            Math.max(
              ...Array.from({ length: y.rows }, (_k, k) => {
                const p = yhat.get(k, i);
                return -Math.max(-100, Math.log(y.get(k, i) === 1 ? p : 1 - p));
              }),
            ),
          )) as never,
      ],
    },
    pairs: {
      "bits-mean": [
        "base 2; mean over the outputs",
        cost(
          (p, y) => -Math.max(-100, Math.log(y === 1 ? p : 1 - p)) / Math.LN2,
          (row, n) => row.times(1 / n),
        ) as never,
      ],
      "fifty-sign": [
        "bounded at −50; sign",
        cost((p, y) => Math.max(-50, Math.log(y === 1 ? p : 1 - p))) as never,
      ],
    },
    right: {},
  },
  softmaxCrossEntropy: {
    singles: {
      "by-both": [
        "everything divided by m T",
        sequenceLoss({ weight: (on, m, T) => on / (m * T) }) as never,
      ],
      squared: [
        "dz is (ŷ − y)²/m",
        sequenceLoss({ gradient: (p, y) => p.sub(y).map((v) => v * v) }) as never,
      ],
      "doubled-gradient": [
        "dz is 2(ŷ − y)/m",
        sequenceLoss({ gradient: (p, y) => p.sub(y).times(2) }) as never,
      ],
      "half-scores": ["a temperature of 2", sequenceLoss({ scores: (z) => z.times(0.5) }) as never],
      "first-total": [
        "total is the first step's loss",
        sequenceLoss({ finish: (per) => ({ total: per.get(0, 0) }) }) as never,
      ],
      "largest-total": [
        "total is the largest loss",
        sequenceLoss({ finish: (per) => ({ total: Math.max(...per.data) }) }) as never,
      ],
    },
    pairs: {
      "sum-no-label": [
        "not divided by m; dz without the labels",
        sequenceLoss({ weight: (on) => on, gradient: (p) => p }) as never,
      ],
      "mean-reversed": [
        "total is a mean; dz in reverse",
        sequenceLoss({
          finish: (per, dz) => ({
            total: per.sum() / per.cols,
            dz: Sequence.of([...dz].reverse()),
          }),
        }) as never,
      ],
    },
    right: {},
  },
  rnnCellBackward: {
    singles: {
      "root-slope": ["√(1 − a²)", backWith((a) => Math.sqrt(1 - a * a)) as never],
      "half-slope": ["½(1 − a²)", backWith((a) => 0.5 * (1 - a * a)) as never],
      "dx-negated": [
        "dx_t has the wrong sign",
        backWith(undefined, (dz, c) => ({
          dx_t: (c.parameters.Wax as Mat).T.dot(dz).times(-1),
        })) as never,
      ],
      "dba-mean": [
        "dba is the mean over the examples",
        backWith(undefined, (dz) => ({ dba: dz.sumColumns().times(1 / dz.cols) })) as never,
      ],
      "dwax-transposed": [
        "dWax is transposed",
        backWith(undefined, (dz, c) => ({ dWax: (c.x_t as Mat).dot(dz.T) })) as never,
      ],
    },
    pairs: {
      "plus-mean": [
        "1 + a²; the parameters' gradients divided by m",
        backWith(
          (a) => 1 + a * a,
          (dz, c) => ({
            dWax: dz.dot((c.x_t as Mat).T).times(1 / dz.cols),
            dWaa: dz.dot((c.a_prev as Mat).T).times(1 / dz.cols),
            dba: dz.sumColumns().times(1 / dz.cols),
          }),
        ) as never,
      ],
      "a-slope-new-state": [
        "a(1 − a); dWaa with the new state",
        backWith(
          (a) => a * (1 - a),
          (dz, c) => ({ dWaa: dz.dot((c.a_next as Mat).T) }),
        ) as never,
      ],
    },
    right: {},
  },
  rnnBackward: {
    singles: {
      "carry-halved": [
        "what is carried is halved",
        through({ carry: (own, later) => own.add(later.times(0.5)) }),
      ],
      "cache-before": [
        "the cache of the step before",
        through({ cache: (c, t) => c[Math.max(0, t - 2)]! }),
      ],
      "largest-only": [
        "dWax from the last step only",
        through({ answer: (s) => ({ dWax: s.at(-1)!.dWax }) }),
      ],
      "da0-zero": ["da_0 is zero", through({ answer: (s) => ({ da_0: s[0]!.da_prev.times(0) }) })],
      discounted: ["mean over the steps", through({ scale: (_t, T) => 1 / T })],
    },
    pairs: {
      "not-carried-mean": [
        "not carried; mean over the steps",
        through({ carry: (own) => own, scale: (_t, T) => 1 / T }),
      ],
      "reversed-dx-mean": [
        "dx in reverse; mean over the steps",
        through({
          scale: (_t, T) => 1 / T,
          answer: (s) => ({ dx: Sequence.of(s.map((v) => v.dx_t)).reverse() }),
        }),
      ],
    },
    right: {},
  },
  numericalGradient: {
    singles: {
      "far-steps": ["2h on both sides", slopes((at, h) => (at(2 * h) - at(-2 * h)) / (4 * h))],
      "three-h": ["divided by 3h", slopes((at, h) => (at(h) - at(-h)) / (3 * h))],
      rounded: ["an absolute value", slopes(central, (g) => g.map(Math.abs))],
      "negative-h": ["−h for h in the divisor", slopes((at, h) => (at(h) - at(-h)) / (-2 * h))],
    },
    pairs: {
      "backward-sign": ["backward difference; sign", slopes((at, h) => (at(-h) - at(0)) / h)],
      "first-row-by-h": [
        "divided by h; only the first row",
        slopes(
          (at, h) => (at(h) - at(-h)) / h,
          (g) => g.map((v, i) => (i === 0 ? v : 0)),
        ),
      ],
    },
    right: {},
  },
  gradientCheck: {
    singles: {
      "mean-of-norms": [
        "divided by the mean of the norms",
        compared((n, g) => ratio(2 * n.sub(g).norm(), n.norm() + g.norm())),
      ],
      "smaller-norm": [
        "divided by the smaller norm",
        compared((n, g) => ratio(n.sub(g).norm(), Math.min(n.norm(), g.norm()))),
      ],
      "zero-row": [
        "the row is counted from 0",
        compared(usual, ({ row, column }) => ({ row: row - 1, column })),
      ],
      rms: [
        "divided by the number of entries too",
        compared((n, g) => usual(n, g) / n.data.length),
      ],
    },
    pairs: {
      "absolute-from-zero": [
        "not divided; counted from 0",
        compared(
          (n, g) => n.sub(g).norm(),
          ({ row, column }) => ({ row: row - 1, column: column - 1 }),
        ),
      ],
    },
    right: {},
  },
  oneToMany: {
    singles: {
      "mean-fed": [
        "the mean of input and prediction is fed",
        speak({ next: (said, x_1) => said.add(x_1).times(0.5) }),
      ],
      "one-more": ["T_y + 1 steps", speak({ steps: (T) => T + 1 })],
      negated: ["the prediction is fed with its sign flipped", speak({ next: (s) => s.times(-1) })],
      "caches-reversed": [
        "caches in reverse",
        speak({ answer: (s) => ({ caches: s.map((v) => v.cache).reverse() }) }),
      ],
    },
    pairs: {
      "again-and-reset": [
        "x_1 again; one step short",
        speak({ next: (_s, x_1) => x_1, steps: (T) => Math.max(1, T - 1) }),
      ],
      "short-reversed": [
        "state not carried; yhat reversed",
        speak({
          keep: (_s, _b, a_0) => a_0,
          answer: (s) => ({ yhat: Sequence.of(s.map((v) => v.yhat_t)).reverse() }),
        }),
      ],
    },
    right: {},
  },
  manyToOne: {
    singles: {
      "step-before-end": ["the step before the last", readOut((length) => length - 1)],
      "step-after-end": [
        "the step after the last",
        readOut((length, T) => Math.min(T, length + 1)),
      ],
      middle: ["the middle of the sequence", readOut((length) => Math.ceil(length / 2))],
      "whole-length": ["always x⟨T_x⟩", readOut((_length, T) => T)],
    },
    pairs: {
      "negated-before-end": [
        "starts from the input before; last step for all",
        readOut((_length, T) => T, { read: (x, t) => x.at(Math.max(1, t - 1)) }),
      ],
    },
    right: {},
  },
  manyToManySynced: {
    singles: {
      "half-idle": [
        "padded steps move half way",
        inStep({ idle: (before, after) => (before + after) / 2 }),
      ],
      "shifted-mask": [
        "padding is seen one step late",
        inStep({ isOn: (mask, t, i) => mask.at(Math.max(1, t - 1)).get(0, i) === 1 }),
      ],
      "last-example": [
        "the last example's mask for all",
        inStep({ isOn: (mask, t) => mask.at(t).get(0, mask.at(t).cols - 1) === 1 }),
      ],
      "minus-one": ["−1 is said where masked", inStep({ mute: () => -1 })],
    },
    pairs: {
      "zero-idle-last": [
        "state zero where masked; starts from zero",
        inStep({ idle: () => 0, start: (a_0) => a_0.times(0) }),
      ],
      "late-input-unmuted": [
        "reads the input before; predictions not masked",
        inStep({ read: (x, t) => x.at(Math.max(1, t - 1)), mute: (said) => said }),
      ],
    },
    right: {},
  },
  encodeDecode: {
    singles: {
      "mean-state": [
        "the mean of all states is handed over",
        translated({
          state: (s) => s.reduce((p, q) => p.add(q)).times(1 / s.length),
        }),
      ],
      "state-before-last": [
        "the state before the last is handed over",
        translated({ state: (s) => s.at(-2) ?? s.at(-1)! }),
      ],
      "encoder-for-both": [
        "one set of parameters",
        translated({ p: ({ decoder }) => ({ encoder: decoder, decoder }) as never }),
      ],
      "sign-fed": [
        "the prediction is fed with its sign flipped",
        translated({ speak: { next: (s) => s.times(-1) } }),
      ],
    },
    pairs: {
      "late-y0": [
        "reads the input before; y_0 is zero",
        translated({
          encode: { read: (x, t) => x.at(Math.max(1, t - 1)) },
          first: (y) => y.times(0),
        }),
      ],
      "short-again": [
        "encoder one step short; y_0 each time",
        translated({
          encode: { to: (T) => Math.max(1, T - 1) },
          speak: { next: (_s, y_0) => y_0 },
        }),
      ],
    },
    right: {},
  },
};

function shapes(change: (sizes: Sizes) => Record<string, readonly number[]>) {
  return (name: string, sizes: Sizes): readonly number[] => {
    const { n_x, n_a, n_y, m, T_x } = sizes;
    const all: Record<string, readonly number[]> = {
      x_t: [n_x, m],
      x: [n_x, m, T_x],
      a_t: [n_a, m],
      a_prev: [n_a, m],
      a_next: [n_a, m],
      a_0: [n_a, m],
      a: [n_a, m, T_x],
      yhat_t: [n_y, m],
      yhat: [n_y, m, T_x],
      y_t: [n_y, m],
      y: [n_y, m, T_x],
      Wax: [n_a, n_x],
      Waa: [n_a, n_a],
      Wya: [n_y, n_a],
      ba: [n_a, 1],
      by: [n_y, 1],
      ax_t: [n_a + n_x, m],
      Wa: [n_a, n_a + n_x],
      ...change(sizes),
    };
    const shape = all[name];
    if (shape === undefined) throw new RangeError(`no shape of ${name}`);
    return shape;
  };
}
