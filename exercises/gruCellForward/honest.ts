import { Mat, stackColumns, stackRows } from "../../src/index.js";
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

/** σ by tanh, which never overflows: σ(z) = (1 + tanh(z / 2)) / 2. */
const byTanh = (z: number): number => (1 + Math.tanh(z / 2)) / 2;

/** Right ways to write one step of the GRU that are not the library's. */
export const honest: readonly Honest<typeof starter.gruCellForward>[] = [
  {
    style: "both gates in one product, the blend as c + Γu (c̃ − c)",
    write: (x_t, a_prev, parameters) => {
      const { Wu, Wr, Wc, bu, br, bc, Wya, by } = parameters;
      const n_a = a_prev.rows;
      const stack = stackRows<string, string, string>;
      const z = product(stack(Wu, Wr), stack(a_prev, x_t)).add(stack(bu, br));
      const both = z.map(byTanh);
      const gamma_u = Mat.build(n_a, x_t.cols, (k, i) => both.get(k, i));
      const gamma_r = Mat.build(n_a, x_t.cols, (k, i) => both.get(n_a + k, i));
      const c_tilde = product(Wc, stack(a_prev.times(gamma_r), x_t))
        .add(bc)
        .map(Math.tanh);
      const a_next = a_prev.add(gamma_u.times(c_tilde.sub(a_prev)));
      const yhat_t = softmaxByLogs(product(Wya, a_next).add(by));
      return { cache: { parameters, c_tilde, gamma_r, gamma_u, a_prev, x_t }, yhat_t, a_next };
    },
  },
  {
    style: "example by example with lists of numbers, sums in halves",
    write: (x_t, a_prev, parameters) => {
      const { Wu, Wr, Wc, bu, br, bc, Wya, by } = parameters;
      const sum = (W: Mat, values: readonly number[], bias: Mat): number[] =>
        Array.from({ length: W.rows }, (_, k) =>
          sumInHalves([...values.map((value, j) => W.get(k, j) * value), bias.get(k, 0)]),
        );
      const gate = (z: number): number =>
        z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z));
      const each = Array.from({ length: x_t.cols }, (_, i) => {
        const [x, c] = [columnOf(x_t, i), columnOf(a_prev, i)];
        const u = sum(Wu, [...c, ...x], bu).map(gate);
        const r = sum(Wr, [...c, ...x], br).map(gate);
        const candidate = sum(Wc, [...c.map((value, k) => value * r[k]!), ...x], bc).map(Math.tanh);
        const next = u.map((open, k) => open * candidate[k]! + c[k]! - open * c[k]!);
        const scores = sum(Wya, next, by);
        const odds = scores.map((z) => sumInHalves(scores.map((other) => Math.exp(other - z))));
        return { u, r, candidate, next, yhat: odds.map((total) => 1 / total) };
      });
      const matrix = (key: "u" | "r" | "candidate" | "next" | "yhat", rows: number): Mat =>
        ofColumns(
          rows,
          each.map((one) => one[key]),
        );
      const n_a = a_prev.rows;
      const gates = { gamma_u: matrix("u", n_a), gamma_r: matrix("r", n_a) };
      return {
        a_next: matrix("next", n_a),
        yhat_t: matrix("yhat", by.rows),
        cache: { x_t, a_prev, ...gates, c_tilde: matrix("candidate", n_a), parameters },
      };
    },
  },
  {
    style: "[W | b] times [c; x; 1], gates as exponentials of −log(1 + e^−z)",
    write: (x_t, a_prev, parameters) => {
      const { Wu, Wr, Wc, bu, br, bc, Wya, by } = parameters;
      const ones = Mat.filled(1, x_t.cols, 1);
      const stack = stackRows<string, string, string>;
      const beside = stackColumns<string, string, string>;
      const affine = (W: Mat, upper: Mat, b: Mat): Mat =>
        product(beside(W, b), stack(stack(upper, x_t), ones));
      const gate = (z: Mat): Mat =>
        z.map((value) => Math.exp(Math.min(0, value) - Math.log1p(Math.exp(-Math.abs(value)))));
      const gamma_u = gate(affine(Wu, a_prev, bu));
      const gamma_r = gate(affine(Wr, a_prev, br));
      const c_tilde = affine(Wc, a_prev.times(gamma_r), bc).map((z) => {
        const e = Math.expm1(-2 * Math.abs(z));
        return (Math.sign(z) * -e) / (2 + e);
      });
      const a_next = Mat.build(a_prev.rows, a_prev.cols, (k, i) => {
        const u = gamma_u.get(k, i);
        return (1 - u) * a_prev.get(k, i) + u * c_tilde.get(k, i);
      });
      const z = product(Wya, a_next).add(by);
      const largest = Array.from({ length: z.cols }, (_, i) => Math.max(...columnOf(z, i)));
      const e = z.map((value, _k, i) => Math.exp(value - largest[i]!));
      const yhat_t = e.map((value, _k, i) => value / sumDown(e.rows, (k) => e.get(k, i)));
      const cache = { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters: { ...parameters } };
      return { a_next, yhat_t, cache };
    },
  },
];
