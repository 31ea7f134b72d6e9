/**
 * A third set, written from the statements alone and run once before anything was changed for it: one
 * function for another, means and halves, a list that lacks an entry, an index that is one off at the end.
 */
import { Mat, type RnnParameters, Sequence, sigmoid, softmax, tanh } from "../../../src/index.js";
import {
  backWith,
  cellWith,
  central,
  compared,
  cost,
  inStep,
  lengthsOf,
  type Lengths,
  ratio,
  readOut,
  sequenceLoss,
  type Sizes,
  slopes,
  speak,
  through,
  translated,
  typeOf,
  unroll,
  usual,
  valid,
} from "./builders.js";
import type { Forms, SecondForms } from "./secondForm.js";

const log = (p: number): number => Math.max(-100, Math.log(p));
const normed = (z: Mat, f: (v: number) => number): Mat =>
  Mat.build(z.rows, z.cols, (k, i) => {
    const total = Array.from(z.column(i).data, f).reduce((a, b) => a + b);
    return f(z.get(k, i)) / total;
  });
const mean = (mats: readonly Mat[]): Mat => mats.reduce((a, b) => a.add(b)).times(1 / mats.length);

const only = (singles: Forms): SecondForms => ({ singles, pairs: {}, right: {} });

const padded =
  (
    change: {
      word?: (words: readonly number[], t: number, longest: number) => number | undefined;
      on?: (T: number, t: number, longest: number) => boolean;
      steps?: (lengths: readonly number[]) => number;
      lengths?: (lengths: readonly number[]) => readonly number[];
    } = {},
  ) =>
  (batch: readonly (readonly number[])[], n_x: number) => {
    const T_x = batch.map((words) => words.length);
    if (T_x.length === 0 || T_x.includes(0)) throw new RangeError("empty");
    valid(batch.flat(), n_x);
    const longest = Math.max(...T_x);
    const steps = change.steps?.(T_x) ?? longest;
    const word = change.word ?? ((words, t) => words[t - 1]);
    return {
      x: Sequence.build(steps, (t) =>
        Mat.build(n_x, batch.length, (k, i) => (word(batch[i]!, t, longest) === k ? 1 : 0)),
      ),
      mask: Sequence.build(steps, (t) =>
        Mat.build(1, batch.length, (_, i) =>
          (change.on?.(T_x[i]!, t, longest) ?? t <= T_x[i]!) ? 1 : 0,
        ),
      ),
      T_x: change.lengths?.(T_x) ?? T_x,
    };
  };

const shapes =
  (change: (s: Sizes) => Readonly<Record<string, readonly number[]>>) =>
  (name: string, s: Sizes): readonly number[] => {
    const { n_x, n_a, n_y, m, T_x } = s;
    const table: Readonly<Record<string, readonly number[]>> = {
      ...{ x: [n_x, m, T_x], a: [n_a, m, T_x], yhat: [n_y, m, T_x] },
      ...{ x_t: [n_x, m], a_t: [n_a, m], yhat_t: [n_y, m], ax_t: [n_a + n_x, m] },
      ...{ Wax: [n_a, n_x], Waa: [n_a, n_a], Wya: [n_y, n_a], Wa: [n_a, n_a + n_x] },
      ...{ ba: [n_a, 1], by: [n_y, 1] },
      ...change(s),
    };
    const shape = table[name];
    if (shape === undefined || shape.length === 0) throw new RangeError(`no symbol ${name}`);
    return shape;
  };

/** By exercise. */
export const laterForms: Readonly<Record<string, SecondForms>> = {
  classifyTask: only({
    "last-only": [
      "only the last example is looked at",
      (examples: Lengths) => {
        lengthsOf(examples);
        const { T_x, T_y } = examples.at(-1)!;
        return typeOf(T_x <= 1, T_y <= 1, T_x === T_y);
      },
    ],
    "all-but-last": [
      "the loop ends before the last example",
      (examples: Lengths) => {
        lengthsOf(examples);
        const seen = examples.slice(0, -1);
        return typeOf(
          seen.every((e) => e.T_x <= 1),
          seen.every((e) => e.T_y <= 1),
          seen.every((e) => e.T_x === e.T_y),
        );
      },
    ],
    average: [
      "the mean lengths decide",
      (examples: Lengths) => {
        const { xs, ys } = lengthsOf(examples);
        const of = (list: number[]): number => list.reduce((a, b) => a + b) / list.length;
        return typeOf(of(xs) <= 1, of(ys) <= 1, of(xs) === of(ys));
      },
    ],
  }),
  oneHot: only({
    "last-lacks": [
      "the last index gets no 1",
      (k: readonly number[], n: number) => {
        valid(k, n);
        return Mat.build(n, k.length, (row, i) => (i < k.length - 1 && k[i] === row ? 1 : 0));
      },
    ],
    "one-too-high": [
      "the 1 is one row too high, row 1 for index 1",
      (k: readonly number[], n: number) => {
        valid(k, n);
        return Mat.build(n, k.length, (row, i) => (k[i]! - 1 === row ? 1 : 0));
      },
    ],
    "index-itself": [
      "the index stands where 1 should",
      (k: readonly number[], n: number) => {
        valid(k, n);
        return Mat.build(n, k.length, (row, i) => (k[i] === row ? row : 0));
      },
    ],
    "up-to-index": [
      "ones up to the index",
      (k: readonly number[], n: number) => {
        valid(k, n);
        return Mat.build(n, k.length, (row, i) => (row <= k[i]! ? 1 : 0));
      },
    ],
  }),
  padBatch: only({
    "last-word-lacks": [
      "each example's last word is left out of x",
      padded({ word: (words, t) => (t < words.length ? words[t - 1] : undefined) }),
    ],
    "mask-one-short": ["the mask ends one step early", padded({ on: (T, t) => t < T })],
    "mask-one-long": ["the mask goes on one step too far", padded({ on: (T, t) => t <= T + 1 })],
    "lengths-lack-last": [
      "T_x lacks the last example",
      padded({ lengths: (lengths) => lengths.slice(0, -1) }),
    ],
    "lengths-from-0": [
      "T_x counts from 0",
      padded({ lengths: (lengths) => lengths.map((T) => T - 1) }),
    ],
    "mean-steps": [
      "as many steps as the examples have on average",
      padded({ steps: (l) => Math.max(1, Math.round(l.reduce((a, b) => a + b) / l.length)) }),
    ],
    "last-word-repeated": [
      "padding repeats the last word",
      padded({ word: (words, t) => words[Math.min(t, words.length) - 1] }),
    ],
  }),
  shapeOf: only({
    "no-ax": ["ax_t is missing", shapes(() => ({ ax_t: [] }))],
    "no-by": ["by is missing", shapes(() => ({ by: [] }))],
    "stack-mean": ["Wa has n_a + n_a columns", shapes((s) => ({ Wa: [s.n_a, 2 * s.n_a] }))],
    "ba-by-m": ["ba has a column for each example", shapes((s) => ({ ba: [s.n_a, s.m] }))],
    "a-one-more": ["a has T_x + 1 steps", shapes((s) => ({ a: [s.n_a, s.m, s.T_x + 1] }))],
  }),
  rnnCellForward: only({
    arctan: ["arctan in place of tanh", cellWith({ squash: (z) => z.map(Math.atan) })],
    cosine: ["cos in place of tanh", cellWith({ squash: (z) => z.map(Math.cos) })],
    "tanh-of-half": ["tanh(z/2)", cellWith({ squash: (z) => tanh(z.times(0.5)) })],
    softsign: ["z/(1 + |z|)", cellWith({ squash: (z) => z.map((v) => v / (1 + Math.abs(v))) })],
    softplus: ["log(1 + e^z)", cellWith({ squash: (z) => z.map((v) => Math.log1p(Math.exp(v))) })],
    "leaky-relu": ["leaky ReLU", cellWith({ squash: (z) => z.map((v) => (v > 0 ? v : 0.01 * v)) })],
    "tanh-squared": ["tanh²", cellWith({ squash: (z) => tanh(z).map((v) => v * v) })],
    "half-sum": [
      "the mean of both products",
      cellWith({ sum: (p, x, a) => p.Waa.dot(a).add(p.Wax.dot(x)).times(0.5).add(p.ba) }),
    ],
    "bias-twice": [
      "ba is added to each product",
      cellWith({ sum: (p, x, a) => p.Waa.dot(a).add(p.ba).add(p.Wax.dot(x).add(p.ba)) }),
    ],
    "squares-for-exp": [
      "squares in place of exponentials",
      cellWith({ share: (z) => normed(z, (v) => v * v) }),
    ],
    "two-for-e": ["2^z in place of e^z", cellWith({ share: (z) => normed(z, (v) => 2 ** v) })],
    "sigmoid-normed": [
      "sigmoids, divided by their sum",
      cellWith({ share: (z) => normed(sigmoid(z as Mat<"n_y", "m">), (v) => v) }),
    ],
    "log-softmax": [
      "log of the softmax",
      cellWith({ share: (z) => softmax(z as Mat<"n_y", "m">).map(Math.log) }),
    ],
    "half-state-out": [
      "the output reads the mean of a⟨t⟩ and a⟨t−1⟩",
      cellWith({ score: (p, a, before) => p.Wya.dot(a.add(before).times(0.5)).add(p.by) }),
    ],
    "cache-lacks-a_prev": [
      "the cache lacks a_prev",
      (x: Mat, a: Mat, p: Parameters<ReturnType<typeof cellWith>>[2]) => {
        const { cache, ...rest } = cellWith()(x, a, p);
        return { ...rest, cache: { ...cache, a_prev: undefined } };
      },
    ],
  }),
  stackWeights: only({
    "last-column-lacks": [
      "Wax's last column is left out",
      (Waa: Mat, Wax: Mat) =>
        Mat.build(Waa.rows, Waa.cols + Wax.cols - 1, (k, l) =>
          l < Waa.cols ? Waa.get(k, l) : Wax.get(k, l - Waa.cols),
        ),
    ],
    "one-column-late": [
      "Wax begins one column early, over Waa's last",
      (Waa: Mat, Wax: Mat) =>
        Mat.build(Waa.rows, Waa.cols + Wax.cols, (k, l) =>
          l < Waa.cols - 1
            ? Waa.get(k, l)
            : l - Waa.cols + 1 < Wax.cols
              ? Wax.get(k, l - Waa.cols + 1)
              : 0,
        ),
    ],
  }),
  rnnForward: only({
    "a-lacks-last": [
      "a lacks the last state",
      unroll({
        answer: (s) => ({
          a: Sequence.of(
            s
              .slice(0, -1)
              .concat(s.length > 1 ? [] : [s[0]!])
              .map((one) => one.a_next),
          ),
        }),
      }),
    ],
    "caches-lack-last": [
      "caches lacks the last",
      unroll({ answer: (s) => ({ caches: s.slice(0, -1).map((one) => one.cache) }) }),
    ],
    "half-state": [
      "the mean of old and new state goes on",
      unroll({ keep: (step, before) => step.a_next.add(before).times(0.5) }),
    ],
    "yhat-averaged": [
      "yhat is the mean of the predictions so far",
      unroll({
        answer: (s) => ({
          yhat: Sequence.of(s.map((_, n) => mean(s.slice(0, n + 1).map((one) => one.yhat_t)))),
        }),
      }),
    ],
    "a-from-0": [
      "a begins with a⟨0⟩ and lacks a⟨T_x⟩",
      unroll({
        answer: (s, a_0) => ({ a: Sequence.of([a_0, ...s.slice(0, -1).map((one) => one.a_next)]) }),
      }),
    ],
    "last-twice": [
      "the last input is read at the last two steps",
      unroll({ read: (x, t) => x.at(Math.min(t + 1, x.T_x)) }),
    ],
  }),
  binaryCrossEntropy: only({
    squares: ["(y − ŷ)²", cost((p, y) => (y - p) ** 2)],
    "log-two": [
      "logarithms of base 2",
      cost((p, y) => -Math.max(-100, Math.log2(y === 1 ? p : 1 - p))),
    ],
    "log-ten": [
      "logarithms of base 10",
      cost((p, y) => -Math.max(-100, Math.log10(y === 1 ? p : 1 - p))),
    ],
    "half-each": ["half of each term", cost((p, y) => -0.5 * log(y === 1 ? p : 1 - p))],
    "mean-of-both": ["the mean over the outputs", cost(undefined, (row, n) => row.times(1 / n))],
    "last-output-lacks": [
      "the last output is left out",
      (yhat: Mat, y: Mat) => {
        if (yhat.rows !== y.rows || yhat.cols !== y.cols) throw new RangeError("shapes");
        return Mat.build(1, y.cols, (_, i) =>
          Array.from(
            { length: y.rows - 1 },
            (_k, k) => -log(y.get(k, i) === 1 ? yhat.get(k, i) : 1 - yhat.get(k, i)),
          ).reduce((a, b) => a + b, 0),
        );
      },
    ],
    "exp-for-log": ["e^−ŷ in place of −log ŷ", cost((p, y) => Math.exp(-(y === 1 ? p : 1 - p)))],
  }),
  softmaxCrossEntropy: only({
    "sigmoid-gradient": [
      "dz from sigmoids in place of the softmax",
      (z: Sequence<"n_y", "m">, y: Sequence<"n_y", "m">, mask?: Sequence<"1", "m">) => ({
        ...sequenceLoss()(z, y, mask),
        dz: z.map((z_t, t) =>
          z_t.map((v, k, i) =>
            (mask?.at(t).get(0, i) ?? 1) === 0
              ? 0
              : (1 / (1 + Math.exp(-v)) - y.at(t).get(k, i)) / z.cols,
          ),
        ),
      }),
    ],
    "total-mean": [
      "total is the mean of the steps",
      sequenceLoss({ finish: (per) => ({ total: per.sum() / per.cols }) }),
    ],
    "total-last": [
      "total is the last step's",
      sequenceLoss({ finish: (per) => ({ total: per.get(0, per.cols - 1) }) }),
    ],
    "total-lacks-last": [
      "total lacks the last step",
      sequenceLoss({ finish: (per) => ({ total: per.sum() - per.get(0, per.cols - 1) }) }),
    ],
    "per-lacks-last": [
      "perStep lacks the last step",
      sequenceLoss({
        finish: (per) => ({
          perStep: Mat.build(1, Math.max(1, per.cols - 1), (_, t) => per.get(0, t)),
        }),
      }),
    ],
    "dz-half": [
      "dz is half of it",
      sequenceLoss({ finish: (_, dz) => ({ dz: Sequence.of(dz.map((d) => d.times(0.5))) }) }),
    ],
    "square-gradient": [
      "dz of a squared error, through the softmax's own slope",
      sequenceLoss({ gradient: (p, y) => p.sub(y).times(p.map((v) => v * (1 - v))) }),
    ],
    "half-temperature": ["the scores are halved", sequenceLoss({ scores: (z) => z.times(0.5) })],
  }),
  rnnCellBackward: only({
    root: ["√(1 − a²)", backWith((a) => Math.sqrt(1 - a * a))],
    "sigmoid-slope": ["a(1 − a)", backWith((a) => a * (1 - a))],
    "one-minus-a": ["1 − a", backWith((a) => 1 - a)],
    "one-minus-size": ["1 − |a|", backWith((a) => 1 - Math.abs(a))],
    "square-of-difference": ["(1 − a)²", backWith((a) => (1 - a) ** 2)],
    "half-slope": ["(1 − a²)/2", backWith((a) => (1 - a * a) / 2)],
    "relu-slope": ["1 where a > 0", backWith((a) => (a > 0 ? 1 : 0))],
    "atan-slope": ["1/(1 + a²)", backWith((a) => 1 / (1 + a * a))],
    "cosine-slope": ["cos a", backWith(Math.cos)],
    "last-example-lacks": [
      "dba leaves out the last example",
      backWith(undefined, (dz) => ({
        dba: Mat.build(dz.rows, 1, (k) =>
          Array.from({ length: Math.max(1, dz.cols - 1) }, (_, i) => dz.get(k, i)).reduce(
            (a, b) => a + b,
          ),
        ),
      })),
    ],
    "no-dba": ["dba is missing", backWith(undefined, () => ({ dba: undefined }))],
    "carry-da": ["da_prev is dz, without Waa", backWith(undefined, (dz) => ({ da_prev: dz }))],
    "mean-of-both": [
      "dWaa reads the mean of a⟨t⟩ and a⟨t−1⟩",
      backWith(undefined, (dz, c) => ({ dWaa: dz.dot(c.a_prev.add(c.a_next).times(0.5).T) })),
    ],
  }),
  rnnBackward: only({
    "half-of-both": [
      "half of da⟨t⟩ and what comes back",
      through({ carry: (own, later) => own.add(later).times(0.5) }),
    ],
    "half-of-later": [
      "half of what comes back",
      through({ carry: (own, later) => own.add(later.times(0.5)) }),
    ],
    "dx-lacks-last": [
      "dx lacks the last step",
      through({
        answer: (s) => ({
          dx: Sequence.of((s.length > 1 ? s.slice(0, -1) : s).map((one) => one.dx_t)),
        }),
      }),
    ],
    means: ["dW are means over the steps", through({ scale: (_, T) => 1 / T })],
    "without-first": [
      "the first step's dW are left out",
      through({ scale: (t, T) => (t === 1 && T > 1 ? 0 : 1) }),
    ],
    "without-last": [
      "the last step's dW are left out",
      through({ scale: (t, T) => (t === T && T > 1 ? 0 : 1) }),
    ],
    "next-cache": [
      "the next step's cache",
      through({ cache: (c, t) => c[Math.min(t, c.length - 1)]! }),
    ],
    "first-left-out": [
      "da⟨1⟩ is not added",
      through({ carry: (own, later, t, T) => (t === 1 && T > 1 ? later : own.add(later)) }),
    ],
  }),
  numericalGradient: only({
    "half-h": [
      "moved by h/2, divided by 2h",
      slopes((at, h) => (at(h / 2) - at(-h / 2)) / (2 * h)),
    ],
    forward: ["forward difference", slopes((at, h) => (at(h) - at(0)) / h)],
    "mean-of-values": ["(f(θ+h) + f(θ−h))/2h", slopes((at, h) => (at(h) + at(-h)) / (2 * h))],
    "last-lacks": [
      "the last entry is left 0",
      slopes(central, (g) => g.map((v, i, j) => (i === g.rows - 1 && j === g.cols - 1 ? 0 : v))),
    ],
    "last-column-lacks": [
      "the last column is left 0",
      slopes(central, (g) => g.map((v, _i, j) => (j === g.cols - 1 && g.cols > 1 ? 0 : v))),
    ],
    "by-h": ["divided by h", slopes((at, h) => (at(h) - at(-h)) / h)],
    curvature: ["the second difference", slopes((at, h) => (at(h) - 2 * at(0) + at(-h)) / h ** 2)],
  }),
  gradientCheck: only({
    "sums-of-sizes": [
      "sums of absolute values in place of norms",
      compared((n, g) => {
        const size = (x: Mat): number => x.map(Math.abs).sum();
        return ratio(size(n.sub(g)), size(n) + size(g));
      }),
    ],
    "largest-entries": [
      "largest entries in place of norms",
      compared((n, g) => {
        const size = (x: Mat): number => Math.max(...x.map(Math.abs).data);
        return ratio(size(n.sub(g)), size(n) + size(g));
      }),
    ],
    "squared-norms": [
      "squared norms",
      compared((n, g) => ratio(n.sub(g).norm() ** 2, n.norm() ** 2 + g.norm() ** 2)),
    ],
    "half-the-sum": [
      "divided by the mean of the norms",
      compared((n, g) => ratio(n.sub(g).norm(), (n.norm() + g.norm()) / 2)),
    ],
    "by-product": [
      "divided by the product of the norms",
      compared((n, g) => ratio(n.sub(g).norm(), n.norm() * g.norm())),
    ],
    "norm-of-both": [
      "divided by ‖n + g‖",
      compared((n, g) => ratio(n.sub(g).norm(), n.add(g).norm())),
    ],
    "row-from-0": [
      "the row counts from 0",
      compared(usual, ({ row, column }) => ({ row: row - 1, column })),
    ],
    "no-column": ["column is missing", compared(usual, ({ row }) => ({ row }))],
  }),
  oneToMany: only({
    "half-mix": [
      "the mean of ŷ and x⟨1⟩ is fed back",
      speak({ next: (said, x_1) => said.add(x_1).times(0.5) }),
    ],
    "one-short": ["one step too few", speak({ steps: (T) => Math.max(1, T - 1) })],
    "caches-lack-last": [
      "caches lacks the last",
      speak({ answer: (s) => ({ caches: s.slice(0, -1).map((one) => one.cache) }) }),
    ],
    "half-state": [
      "the mean of old and new state goes on",
      speak({ keep: (step, before) => step.a_next.add(before).times(0.5) }),
    ],
    "no-a": ["a is missing", speak({ answer: () => ({ a: undefined }) })],
  }),
  manyToOne: only({
    "mean-of-all": ["the mean of all predictions", readOut(undefined, {}, (_, said) => mean(said))],
    "one-early": ["one step before its last", readOut((length) => length - 1)],
    "half-of-last-two": [
      "the mean of its last two",
      (...args: Parameters<ReturnType<typeof readOut>>) => ({
        yhat: mean([readOut()(...args).yhat, readOut((length) => length - 1)(...args).yhat]),
      }),
    ],
    middle: ["the middle step", readOut((length) => Math.ceil(length / 2))],
  }),
  manyToManySynced: only({
    "half-idle": [
      "where the mask is 0 the mean of old and new state",
      inStep({ idle: (before, after) => (before + after) / 2 }),
    ],
    "mask-one-early": [
      "the mask of the step behind",
      inStep({ isOn: (mask, t, i) => mask.at(Math.min(t + 1, mask.T_x)).get(0, i) === 1 }),
    ],
    "mute-half": [
      "half of the prediction where the mask is 0",
      inStep({ mute: (said) => said / 2 }),
    ],
    "mute-last": ["the last prediction is kept", inStep({ mute: (_, last) => last })],
  }),
  encodeDecode: only({
    "mean-state": ["the mean of the encoder's states", translated({ state: mean as never })],
    "half-fed": [
      "half of ŷ is fed back",
      translated({ speak: { next: (said) => said.times(0.5) } }),
    ],
    "one-input-short": [
      "the encoder's last input is not read",
      translated({ encode: { to: (T) => Math.max(1, T - 1) } }),
    ],
    "state-before-last": [
      "the state before the last",
      translated({ state: (s) => s.at(-2) ?? s.at(-1)! }),
    ],
    "same-network": [
      "the decoder's biases for the encoder's",
      translated({
        p: (p) => ({ ...p, encoder: { ...p.encoder, ba: p.decoder.ba } as RnnParameters }),
      }),
    ],
  }),
};
