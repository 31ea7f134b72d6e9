/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat, sigmoid, softmax, tanh } from "../../../src/index.js";
import type { Parameters, SecondForms } from "./secondForm.js";

/** The right step but for how it gets z, its state, its scores or its prediction. */
interface Slips {
  z?: (x: Mat, a: Mat, p: Parameters) => Mat;
  act?: (z: Mat) => Mat;
  scores?: (a_next: Mat, a_prev: Mat, p: Parameters, x: Mat, z: Mat) => Mat;
  out?: (scores: Mat) => Mat;
}
function step({ z, act = tanh, scores, out = softmax }: Slips) {
  return (x_t: Mat, a_prev: Mat, parameters: Parameters) => {
    const { Wax, Waa, Wya, ba, by } = parameters;
    const sum = z?.(x_t, a_prev, parameters) ?? Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba);
    const a_next = act(sum);
    const s = scores?.(a_next, a_prev, parameters, x_t, sum) ?? Wya.dot(a_next).add(by);
    return { a_next, yhat_t: out(s), cache: { x_t, a_prev, a_next, parameters } };
  };
}
const exps = (z: Mat): Mat => z.map(Math.exp);

/** rnnCellForward as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "no-ba": ["ba is forgotten", step({ z: (x, a, { Wax, Waa }) => Waa.dot(a).add(Wax.dot(x)) })],
    "no-by": ["by is forgotten", step({ scores: (a, _, { Wya }) => Wya.dot(a) })],
    "by-twice": [
      "by is added twice",
      step({ scores: (a, _, { Wya, by }) => Wya.dot(a).add(by).add(by) }),
    ],
    "ba-twice": [
      "ba is added to both products",
      step({ z: (x, a, { Wax, Waa, ba }) => Waa.dot(a).add(ba).add(Wax.dot(x).add(ba)) }),
    ],
    "no-state": [
      "the state before is not used",
      step({ z: (x, _a, { Wax, ba }) => Wax.dot(x).add(ba) }),
    ],
    "no-input": ["the input is not used", step({ z: (_x, a, { Waa, ba }) => Waa.dot(a).add(ba) })],
    "waa-transposed": [
      "Waa is transposed",
      step({
        z: (x, a, { Wax, Waa, ba }) =>
          Waa.T.dot(a as never)
            .add(Wax.dot(x) as never)
            .add(ba as never) as Mat,
      }),
    ],
    "no-tanh": ["tanh is forgotten", step({ act: (z) => z })],
    relu: ["ReLU for tanh", step({ act: (z) => z.map((v) => Math.max(0, v)) })],
    "sigmoid-state": ["sigmoid for tanh", step({ act: (z) => sigmoid(z) })],
    "state-product": [
      "Wya is used with the state before",
      step({ scores: (_a, prev, { Wya, by }) => Wya.dot(prev).add(by) }),
    ],
    "scores-from-z": [
      "the scores come from z, before tanh",
      step({ scores: (_a, _p, { Wya, by }, _x, z) => Wya.dot(z).add(by) }),
    ],
    "sigmoid-out": ["sigmoid for softmax", step({ out: (s) => sigmoid(s) })],
    "no-softmax": ["softmax is forgotten", step({ out: (s) => s })],
    "softmax-rows": [
      "softmax over the examples (rows)",
      step({ out: (s) => softmax(s.T).T as Mat }),
    ],
    "softmax-all": [
      "softmax over the whole matrix",
      step({
        out: (s) => {
          const top = Math.max(...s.data);
          const e = s.map((v) => Math.exp(v - top));
          return e.times(1 / e.sum());
        },
      }),
    ],
    "naive-softmax": [
      "softmax without subtracting the largest score",
      step({
        out: (s) => {
          const e = exps(s);
          const sums = e.sumRows();
          return e.map((v, _k, i) => v / sums.get(0, i));
        },
      }),
    ],
    "log-softmax": ["log softmax for softmax", step({ out: (s) => softmax(s).map(Math.log) })],
    "softmax-then-by": [
      "by is added after the softmax",
      (x_t: Mat, a_prev: Mat, parameters: Parameters) => {
        const { a_next, cache } = step({})(x_t, a_prev, parameters);
        const yhat_t = softmax(parameters.Wya.dot(a_next)).add(parameters.by);
        return { a_next, yhat_t, cache };
      },
    ],
    "hard-out": [
      "the largest score becomes 1, the others 0",
      step({ out: (s) => s.map((v, _k, i) => (v === Math.max(...s.column(i).data) ? 1 : 0)) }),
    ],
    "tanh-per-term": [
      "tanh of each product by itself",
      step({
        z: (x, a, { Wax, Waa, ba }) => tanh(Wax.dot(x)).add(tanh(Waa.dot(a).add(ba))),
        act: (z) => z,
      }),
    ],
    "bias-outside": [
      "ba is added after tanh",
      (x_t: Mat, a_prev: Mat, parameters: Parameters) => {
        const { Wax, Waa, Wya, ba, by } = parameters;
        const a_next = tanh(Waa.dot(a_prev).add(Wax.dot(x_t))).add(ba);
        return {
          a_next,
          yhat_t: softmax(Wya.dot(a_next).add(by)),
          cache: { x_t, a_prev, a_next, parameters },
        };
      },
    ],
    "cache-swapped": [
      "the cache holds a_next and a_prev exchanged",
      (x_t: Mat, a_prev: Mat, parameters: Parameters) => {
        const { a_next, yhat_t } = step({})(x_t, a_prev, parameters);
        return { a_next, yhat_t, cache: { x_t, a_prev: a_next, a_next: a_prev, parameters } };
      },
    ],
    "cache-no-input": [
      "the cache lacks x_t",
      (x_t: Mat, a_prev: Mat, parameters: Parameters) => {
        const { a_next, yhat_t } = step({})(x_t, a_prev, parameters);
        return { a_next, yhat_t, cache: { a_prev, a_next, parameters } };
      },
    ],
    "cosine-state": [
      "tanh written as (e^z − e^−z)/2: sinh",
      step({ act: (z) => z.map(Math.sinh) }),
    ],
    "minus-state": [
      "the state's part is subtracted",
      step({ z: (x, a, { Wax, Waa, ba }) => Wax.dot(x).sub(Waa.dot(a)).add(ba) }),
    ],
    residual: [
      "the state before is added to the new one",
      (x_t: Mat, a_prev: Mat, parameters: Parameters) => {
        const { Wax, Waa, Wya, ba, by } = parameters;
        const a_next = tanh(Waa.dot(a_prev).add(Wax.dot(x_t)).add(ba)).add(a_prev);
        return {
          a_next,
          yhat_t: softmax(Wya.dot(a_next).add(by)),
          cache: { x_t, a_prev, a_next, parameters },
        };
      },
    ],
  },
  pairs: {
    "no-ba-sigmoid-out": [
      "ba is forgotten; sigmoid for softmax",
      step({ z: (x, a, { Wax, Waa }) => Waa.dot(a).add(Wax.dot(x)), out: (s) => sigmoid(s) }),
    ],
    "no-ba-no-by": [
      "ba is forgotten; by is forgotten",
      step({
        z: (x, a, { Wax, Waa }) => Waa.dot(a).add(Wax.dot(x)),
        scores: (a, _p, { Wya }) => Wya.dot(a),
      }),
    ],
    "relu-rows": [
      "ReLU for tanh; softmax over the examples",
      step({ act: (z) => z.map((v) => Math.max(0, v)), out: (s) => softmax(s.T).T as Mat }),
    ],
    "no-state-no-by": [
      "the state is not used; by is forgotten",
      step({
        z: (x, _a, { Wax, ba }) => Wax.dot(x).add(ba),
        scores: (a, _p, { Wya }) => Wya.dot(a),
      }),
    ],
    "no-tanh-no-softmax": [
      "tanh forgotten; softmax forgotten",
      step({ act: (z) => z, out: (s) => s }),
    ],
    "sigmoid-state-prev-scores": [
      "sigmoid for tanh; scores from the state before",
      step({ act: (z) => sigmoid(z), scores: (_a, prev, { Wya, by }) => Wya.dot(prev).add(by) }),
    ],
    "ba-twice-sigmoid-out": [
      "ba twice; sigmoid for softmax",
      step({
        z: (x, a, { Wax, Waa, ba }) => Waa.dot(a).add(ba).add(Wax.dot(x).add(ba)),
        out: (s) => sigmoid(s),
      }),
    ],
  },
  right: {
    "bias-first": [
      "the bias first, then state, then input",
      step({ z: (x, a, { Wax, Waa, ba }) => Waa.dot(a).add(ba).add(Wax.dot(x)) }),
    ],
    "tanh-by-sigmoid": [
      "tanh z = 2σ(2z) − 1",
      step({ act: (z) => sigmoid(z.times(2)).times(2).sub(1) }),
    ],
  },
};
