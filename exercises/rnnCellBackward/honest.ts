import { Mat, stackColumns, stackRows } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { columnOf, ofColumns, product, sumDown, sumInHalves } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Right ways to write one step backwards that are not the library's. */
export const honest: readonly Honest<typeof starter.rnnCellBackward>[] = [
  {
    style: "(1 − a)(1 + a), each entry a sum that runs downwards",
    write: (da_next, { x_t, a_prev, a_next, parameters }) => {
      const { Wax, Waa } = parameters;
      const m = da_next.cols;
      const dz = da_next.map((d, k, i) => d * (1 - a_next.get(k, i)) * (1 + a_next.get(k, i)));
      const [n_a, n_x] = Wax.shape;
      return {
        dba: Mat.build(n_a, 1, (k) => sumDown(m, (i) => dz.get(k, i))),
        dWax: Mat.build(n_a, n_x, (k, r) => sumDown(m, (i) => dz.get(k, i) * x_t.get(r, i))),
        dWaa: Mat.build(n_a, n_a, (k, r) => sumDown(m, (i) => dz.get(k, i) * a_prev.get(r, i))),
        dx_t: Mat.build(n_x, m, (r, i) => sumDown(n_a, (k) => Wax.get(k, r) * dz.get(k, i))),
        da_prev: Mat.build(n_a, m, (r, i) => sumDown(n_a, (k) => Waa.get(k, r) * dz.get(k, i))),
      };
    },
  },
  {
    style: "stacked: [Waa | Wax | ba] and [a; x; 1] are one matrix and one input",
    write: (da_next, { x_t, a_prev, a_next, parameters: { Wax, Waa } }) => {
      const [n_a, n_x] = Wax.shape;
      const dz = da_next.sub(da_next.times(a_next).times(a_next));
      const stack = stackRows<string, string, string>;
      const ones = Mat.filled(1, x_t.cols, 1);
      const dW = product(dz, stack(stack(a_prev, x_t), ones).T);
      const inputs = product(stackColumns<string, string, string>(Waa, Wax).T, dz);
      const columns = (from: number, count: number): Mat =>
        Mat.build(n_a, count, (i, j) => dW.get(i, from + j));
      const rows = (from: number, count: number): Mat =>
        Mat.from(inputs.toArray().slice(from, from + count));
      return {
        dWaa: columns(0, n_a),
        dWax: columns(n_a, n_x),
        dba: columns(n_a + n_x, 1),
        da_prev: rows(0, n_a),
        dx_t: rows(n_a, n_x),
      };
    },
  },
  {
    style: "example by example: outer products added into own buffers, the way back per unit",
    write: (da_next, { x_t, a_prev, a_next, parameters }) => {
      const { Wax, Waa } = parameters;
      const [n_a, n_x] = Wax.shape;
      const [dWax, dWaa, dba] = [new Mat(n_a, n_x), new Mat(n_a, n_a), new Mat(n_a, 1)];
      const [dx, da]: [number[][], number[][]] = [[], []];
      for (let i = da_next.cols - 1; i >= 0; i--) {
        const dz = columnOf(da_next, i).map((d, k) => d * (1 - a_next.get(k, i) ** 2));
        dz.forEach((d, k) => {
          dba.data[k]! += d;
          for (let j = 0; j < n_x; j++) dWax.data[k * n_x + j]! += d * x_t.get(j, i);
          for (let j = 0; j < n_a; j++) dWaa.data[k * n_a + j]! += a_prev.get(j, i) * d;
        });
        const back = (W: Mat): number[] =>
          Array.from({ length: W.cols }, (_, j) => sumInHalves(dz.map((d, k) => W.get(k, j) * d)));
        dx.unshift(back(Wax));
        da.unshift(back(Waa));
      }
      return { dx_t: ofColumns(n_x, dx), da_prev: ofColumns(n_a, da), dWax, dWaa, dba };
    },
  },
  {
    style: "the slope as 1 / cosh² of z, worked out once more from the inputs",
    write: (da_next, { x_t, a_prev, parameters: { Wax, Waa, ba } }) => {
      const z = product(Wax, x_t).add(product(Waa, a_prev)).add(ba);
      const dz = da_next.map((d, k, i) => d / Math.cosh(z.get(k, i)) ** 2);
      return {
        dx_t: product(dz.T, Wax).T,
        da_prev: product(dz.T, Waa).T,
        dWax: product(x_t, dz.T).T,
        dWaa: product(a_prev, dz.T).T,
        dba: product(dz, Mat.filled(dz.cols, 1, 1)),
      };
    },
  },
];
