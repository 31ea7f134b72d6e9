/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat, sigmoid, softmax, stackColumns, stackRows, tanh } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type Gru = Record<"Wu" | "Wr" | "Wc" | "bu" | "br" | "bc" | "Wya" | "by", Mat>;
type Step = (x_t: Mat, a_prev: Mat, parameters: Gru) => unknown;

/** One unit of one example after the other, as who thinks in numbers writes it. */
interface Slips {
  gates?: (u: number, r: number) => readonly [u: number, r: number];
  seen?: (r: number, c: number) => number;
  next?: (u: number, r: number, made: number, c: number) => number;
  act?: (z: number) => number;
  sigma?: (z: number) => number;
  predict?: (next: Mat, parameters: Gru, cache: { a_prev: Mat; c_tilde: Mat }) => Mat;
}
function numbers(slips: Slips): Step {
  const { gates = (u, r) => [u, r] as const, seen = (r, c) => r * c, act = Math.tanh } = slips;
  const { next = (u, _r, made, c) => made * u + c - c * u } = slips;
  const { sigma = (z) => 1 / (1 + Math.exp(-z)) } = slips;
  const { predict = (c, { Wya, by }) => softmax(Wya.dot(c).add(by)) } = slips;
  return (x_t, a_prev, parameters) => {
    const { Wu, Wr, Wc, bu, br, bc } = parameters;
    const [n_a, m] = [a_prev.rows, x_t.cols];
    const empty = (): Mat => new Mat(n_a, m);
    const [gamma_u, gamma_r, c_tilde, a_next] = [empty(), empty(), empty(), empty()];
    const set = (mat: Mat, k: number, i: number, value: number): number =>
      (mat.data[k * m + i] = value);
    for (let i = 0; i < m; i++) {
      const input = (k: number, memory: (j: number) => number, W: Mat, b: Mat): number => {
        let z = b.get(k, 0);
        for (let j = 0; j < W.cols; j++) {
          z += W.get(k, j) * (j < n_a ? memory(j) : x_t.get(j - n_a, i));
        }
        return z;
      };
      const before = (j: number): number => a_prev.get(j, i);
      for (let k = 0; k < n_a; k++) {
        const u = sigma(input(k, before, Wu, bu));
        const r = sigma(input(k, before, Wr, br));
        const [open, relevant] = gates(u, r);
        set(gamma_u, k, i, open);
        set(gamma_r, k, i, relevant);
      }
      for (let k = 0; k < n_a; k++) {
        const made = act(input(k, (j) => seen(gamma_r.get(j, i), before(j)), Wc, bc));
        set(c_tilde, k, i, made);
        set(a_next, k, i, next(gamma_u.get(k, i), gamma_r.get(k, i), made, before(k)));
      }
    }
    const cache = { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters };
    return { a_next, yhat_t: predict(a_next, parameters, cache), cache };
  };
}

/** The right step with other parameters, whose cache holds the given ones. */
function using(change: (parameters: Gru) => Partial<Gru>): Step {
  return (x_t, a_prev, parameters) => {
    const made = numbers({})(x_t, a_prev, { ...parameters, ...change(parameters) });
    const { cache, ...rest } = made as { readonly cache: object };
    return { ...rest, cache: { ...cache, parameters } };
  };
}

/** gruCellForward as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "keep-u": [
      "Γu keeps and 1 − Γu writes",
      numbers({ next: (u, _r, made, c) => u * c + (1 - u) * made }),
    ],
    "no-relevance": ["Γr is never used", numbers({ seen: (_r, c) => c })],
    "one-minus-r": ["1 − Γr for Γr", numbers({ seen: (r, c) => c - r * c })],
    "no-rest": [
      "c⟨t−1⟩ is added without 1 − Γu",
      numbers({ next: (u, _r, made, c) => u * made + c }),
    ],
    "only-new": ["Γu ∗ c̃ alone", numbers({ next: (u, _r, made) => u * made })],
    "plain-candidate": ["c⟨t⟩ = c̃⟨t⟩", numbers({ next: (_u, _r, made) => made })],
    "r-keeps": ["Γr is a forget gate", numbers({ next: (u, r, made, c) => u * made + r * c })],
    "sigma-candidate": [
      "σ for tanh in the candidate",
      numbers({ act: (z) => 1 / (1 + Math.exp(-z)) }),
    ],
    "no-tanh": ["no tanh in the candidate", numbers({ act: (z) => z })],
    "tanh-gates": ["tanh for σ in the gates", numbers({ sigma: Math.tanh })],
    "hard-gates": [
      "hard sigmoid",
      numbers({ sigma: (z) => Math.max(0, Math.min(1, 0.5 + z / 5)) }),
    ],
    "no-bu": ["bu is forgotten", using(({ bu }) => ({ bu: bu.times(0) }))],
    "no-br": ["br is forgotten", using(({ br }) => ({ br: br.times(0) }))],
    "no-bc": ["bc is forgotten", using(({ bc }) => ({ bc: bc.times(0) }))],
    "bu-for-br": ["bu in both gates", using(({ bu }) => ({ br: bu }))],
    "old-out": [
      "ŷ of c⟨t−1⟩",
      numbers({ predict: (_c, { Wya, by }, { a_prev }) => softmax(Wya.dot(a_prev).add(by)) }),
    ],
    "candidate-out": [
      "ŷ of c̃⟨t⟩",
      numbers({ predict: (_c, { Wya, by }, { c_tilde }) => softmax(Wya.dot(c_tilde).add(by)) }),
    ],
    "no-softmax": [
      "softmax is forgotten",
      numbers({ predict: (c, { Wya, by }) => Wya.dot(c).add(by) }),
    ],
    "tanh-out": [
      "tanh of the memory",
      numbers({ next: (u, _r, made, c) => Math.tanh(u * made + (1 - u) * c) }),
    ],
  },
  pairs: {
    "keep-u-no-by": [
      "Γu keeps, and by is forgotten",
      numbers({
        next: (u, _r, made, c) => u * c + (1 - u) * made,
        predict: (c, { Wya }) => softmax(Wya.dot(c)),
      }),
    ],
    "no-relevance-no-softmax": [
      "Γr is never used, and softmax is forgotten",
      numbers({ seen: (_r, c) => c, predict: (c, { Wya, by }) => Wya.dot(c).add(by) }),
    ],
    "no-rest-no-by": [
      "no 1 − Γu, and by is forgotten",
      numbers({
        next: (u, _r, made, c) => u * made + c,
        predict: (c, { Wya }) => softmax(Wya.dot(c)),
      }),
    ],
  },
  right: {
    numbers: ["unit by unit", numbers({})],
    "by-columns": [
      "Wc taken apart into its two halves",
      (x_t: Mat, a_prev: Mat, parameters: Gru) => {
        const { Wu, Wr, Wc, bu, br, bc, Wya, by } = parameters;
        const n_a = a_prev.rows;
        const half = (W: Mat, from: number, count: number): Mat =>
          Mat.build(W.rows, count, (k, j) => W.get(k, from + j));
        const sum = (W: Mat, c: Mat, b: Mat): Mat =>
          half(W, 0, n_a)
            .dot(c)
            .add(half(W, n_a, x_t.rows).dot(x_t))
            .add(b);
        const gamma_u = sigmoid(sum(Wu, a_prev, bu));
        const gamma_r = sigmoid(sum(Wr, a_prev, br));
        const c_tilde = tanh(sum(Wc, a_prev.times(gamma_r), bc));
        const a_next = a_prev.add(c_tilde.sub(a_prev).times(gamma_u));
        const scores = stackColumns<string, string, string>(Wya, by).dot(
          stackRows<string, string, string>(a_next, Mat.filled(1, x_t.cols, 1)),
        );
        const cache = { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters };
        return { a_next, yhat_t: softmax(scores), cache };
      },
    ],
  },
};
