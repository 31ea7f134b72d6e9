import { Mat, stackRows } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import {
  columnOf,
  ofColumns,
  product,
  softmaxByLogs,
  sumDown,
  sumInHalves,
} from "../plainLoops.js";
import type * as starter from "./starter.js";

/** tanh by its exponentials, without overflow. */
function tanhByExponentials(z: number): number {
  const e = Math.exp(-2 * Math.abs(z));
  return (Math.sign(z) * (1 - e)) / (1 + e);
}

/** Right ways to write one step of the LSTM that are not the library's. */
export const honest: readonly Honest<typeof starter.lstmCellForward>[] = [
  {
    style: "the four matrices one above the other, one product; σ(z) = ½ + ½ tanh(z/2)",
    write: (x_t, a_prev, c_prev, parameters) => {
      const { Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by } = parameters;
      const n_a = a_prev.rows;
      const stack = (...mats: readonly Mat[]): Mat =>
        mats.reduce((top, bottom) => stackRows<string, string, string>(top, bottom));
      const z = product(stack(Wf, Wu, Wo, Wc), stack(a_prev, x_t)).add(stack(bf, bu, bo, bc));
      const block = (k: number): Mat =>
        Mat.build(n_a, x_t.cols, (row, i) => z.get(k * n_a + row, i));
      const squash = (mat: Mat): Mat => mat.map((v) => 0.5 + 0.5 * Math.tanh(v / 2));
      const [gamma_f, gamma_u, gamma_o] = [block(0), block(1), block(2)].map(squash) as [
        Mat,
        Mat,
        Mat,
      ];
      const c_tilde = block(3).map(tanhByExponentials);
      const c_next = gamma_f.times(c_prev).add(gamma_u.times(c_tilde));
      const a_next = c_next.map(tanhByExponentials).times(gamma_o);
      return {
        yhat_t: softmaxByLogs(product(Wya, a_next).add(by)),
        c_next,
        a_next,
        cache: { parameters, c_next, c_tilde, gamma_o, gamma_u, gamma_f, c_prev, a_prev, x_t },
      };
    },
  },
  {
    style: "example by example and unit by unit with lists of numbers, sums in halves",
    write: (x_t, a_prev, c_prev, parameters) => {
      const { Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by } = parameters;
      const n_a = a_prev.rows;
      const each = Array.from({ length: x_t.cols }, (_, i) => {
        const input = [...columnOf(a_prev, i), ...columnOf(x_t, i)];
        const score = (W: Mat, b: Mat, k: number): number =>
          sumInHalves([...input.map((value, j) => W.get(k, j) * value), b.get(k, 0)]);
        const units = Array.from({ length: n_a }, (_unit, k) => {
          const [f, u, o] = [score(Wf, bf, k), score(Wu, bu, k), score(Wo, bo, k)].map(
            (z) => 1 / (1 + Math.exp(-z)),
          ) as [number, number, number];
          const candidate = 2 / (1 + Math.exp(-2 * score(Wc, bc, k))) - 1;
          const c = f * c_prev.get(k, i) + u * candidate;
          return { f, u, o, candidate, c, a: o * Math.tanh(c) };
        });
        const scores = columnOf(by, 0).map((bias, k) =>
          sumInHalves([bias, ...units.map(({ a }, j) => Wya.get(k, j) * a)]),
        );
        const odds = scores.map((z) => sumInHalves(scores.map((other) => Math.exp(other - z))));
        return { units, probabilities: odds.map((sum) => 1 / sum) };
      });
      const of = (key: "f" | "u" | "o" | "candidate" | "c" | "a"): Mat =>
        ofColumns(
          n_a,
          each.map(({ units }) => units.map((unit) => unit[key])),
        );
      const c_next = of("c");
      const yhat_t = ofColumns(
        by.rows,
        each.map(({ probabilities }) => probabilities),
      );
      const gates = { gamma_f: of("f"), gamma_u: of("u"), gamma_o: of("o") };
      const cache = { x_t, a_prev, c_prev, ...gates, c_tilde: of("candidate"), c_next, parameters };
      return { a_next: of("a"), c_next, yhat_t, cache };
    },
  },
  {
    style: "weights cut apart into those of a and those of x; buffers changed in place",
    write: (x_t, a_prev, c_prev, parameters) => {
      const { Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by } = parameters;
      const [n_a, n_x, m] = [a_prev.rows, x_t.rows, x_t.cols];
      const scores = (W: Mat, b: Mat): Mat => {
        const z = Mat.build(n_a, m, (k, i) =>
          sumDown(n_x, (j) => W.get(k, n_a + j) * x_t.get(j, i)),
        );
        for (let n = 0; n < z.data.length; n++) {
          const [k, i] = [Math.floor(n / m), n % m];
          z.data[n]! += b.data[k]! + sumDown(n_a, (j) => W.get(k, j) * a_prev.get(j, i));
        }
        return z;
      };
      const gate = (W: Mat, b: Mat): Mat =>
        scores(W, b).map((z) => (z > 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))));
      const [gamma_f, gamma_u, gamma_o] = [gate(Wf, bf), gate(Wu, bu), gate(Wo, bo)];
      const c_tilde = scores(Wc, bc).map((z) => -Math.expm1(-2 * z) / (1 + Math.exp(-2 * z)));
      const c_next = Mat.zeros(n_a, m);
      const a_next = Mat.zeros(n_a, m);
      c_next.data.forEach((_, n) => {
        c_next.data[n] = gamma_f.data[n]! * c_prev.data[n]!;
        c_next.data[n]! += c_tilde.data[n]! * gamma_u.data[n]!;
        a_next.data[n] = Math.tanh(c_next.data[n]!) * gamma_o.data[n]!;
      });
      const yhat_t = softmaxByLogs(product(Wya, a_next).add(by));
      const gates = { gamma_f, gamma_u, gamma_o, c_tilde };
      return {
        a_next,
        c_next,
        yhat_t,
        cache: { x_t, a_prev, c_prev, ...gates, c_next, parameters },
      };
    },
  },
];
