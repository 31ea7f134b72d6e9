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

/** Right ways to write one step that are not the library's. */
export const honest: readonly Honest<typeof starter.rnnCellForward>[] = [
  {
    style: "one stacked product, tanh by its exponentials, softmax by logarithms",
    write: (x_t, a_prev, parameters) => {
      const { Wax, Waa, Wya, ba, by } = parameters;
      const z = product(
        stackColumns<string, string, string>(Wax, Waa),
        stackRows<string, string, string>(x_t, a_prev),
      );
      const a_next = z.map((value, k) => {
        const e = Math.exp(-2 * Math.abs(value + ba.get(k, 0)));
        return (Math.sign(value + ba.get(k, 0)) * (1 - e)) / (1 + e);
      });
      const yhat_t = softmaxByLogs(product(Wya, a_next).add(by));
      return { yhat_t, a_next, cache: { x_t, a_prev, a_next, parameters } };
    },
  },
  {
    style: "example by example with lists of numbers, tanh(z) = 2σ(2z) − 1, sums in halves",
    write: (x_t, a_prev, parameters) => {
      const { Wax, Waa, Wya, ba, by } = parameters;
      const weighed = (W: Mat, values: readonly number[], k: number): readonly number[] =>
        values.map((value, j) => W.get(k, j) * value);
      const each = Array.from({ length: x_t.cols }, (_, i) => {
        const [x, before] = [columnOf(x_t, i), columnOf(a_prev, i)];
        const state = columnOf(ba, 0).map((bias, k) => {
          const z = sumInHalves([bias, ...weighed(Waa, before, k), ...weighed(Wax, x, k)]);
          return 2 / (1 + Math.exp(-2 * z)) - 1;
        });
        const scores = columnOf(by, 0).map((bias, k) =>
          sumInHalves([...weighed(Wya, state, k), bias]),
        );
        // e^(z_k) / Σ_j e^(z_j) = 1 / Σ_j e^(z_j − z_k)
        const odds = scores.map((z) => sumInHalves(scores.map((other) => Math.exp(other - z))));
        return { state, probabilities: odds.map((sum) => 1 / sum) };
      });
      const a_next = ofColumns(
        ba.rows,
        each.map(({ state }) => state),
      );
      const yhat_t = ofColumns(
        by.rows,
        each.map(({ probabilities }) => probabilities),
      );
      return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } };
    },
  },
  {
    style: "buffers that begin as the bias and take input by input; tanh by expm1",
    write: (x_t, a_prev, parameters) => {
      const { Wax, Waa, Wya, ba, by } = parameters;
      const m = x_t.cols;
      const affine = (bias: Mat, ...pairs: readonly (readonly [W: Mat, input: Mat])[]): Mat => {
        const z = Mat.build(bias.rows, m, (k) => bias.data[k]!);
        for (const [W, input] of pairs) {
          for (let j = 0; j < W.cols; j++) {
            for (let n = 0; n < z.data.length; n++) {
              z.data[n]! += W.data[Math.floor(n / m) * W.cols + j]! * input.data[j * m + (n % m)]!;
            }
          }
        }
        return z;
      };
      const a_next = affine(ba, [Waa, a_prev], [Wax, x_t]);
      a_next.data.forEach((z, n) => {
        const e = Math.expm1(-2 * Math.abs(z));
        a_next.data[n] = (Math.sign(z) * -e) / (2 + e);
      });
      const yhat_t = affine(by, [Wya, a_next]);
      for (let i = 0; i < m; i++) {
        const own = Array.from({ length: by.rows }, (_, k) => k * m + i);
        const largest = Math.max(...own.map((n) => yhat_t.data[n]!));
        for (const n of own) yhat_t.data[n] = Math.exp(yhat_t.data[n]! - largest);
        const total = sumDown(own.length, (k) => yhat_t.data[own[k]!]!);
        for (const n of own) yhat_t.data[n]! /= total;
      }
      return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters: { ...parameters } } };
    },
  },
];
