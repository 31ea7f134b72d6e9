import { Mat, stackRows } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { columnOf, ofColumns, product, sumDown, sumInHalves } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Rows `from` … `from + count − 1` of a matrix. */
const rowsOf = (mat: Mat, from: number, count: number): Mat =>
  Mat.build(count, mat.cols, (k, i) => mat.get(from + k, i));

/** Right ways to write one step of the GRU backwards that are not the library's. */
export const honest: readonly Honest<typeof starter.gruCellBackward>[] = [
  {
    style: "the three dz stacked: one product for all weights, ones below the input for the biases",
    write: (da_next, { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters: { Wu, Wr, Wc } }) => {
      const [n_a, n_x, m] = [a_prev.rows, x_t.rows, x_t.cols];
      const stack = stackRows<string, string, string>;
      const ones = Mat.filled(1, m, 1);
      const dzc = da_next.map((d, k, i) => {
        const c = c_tilde.get(k, i);
        return d * gamma_u.get(k, i) * (1 - c) * (1 + c);
      });
      const dzu = da_next.map((d, k, i) => {
        const u = gamma_u.get(k, i);
        return d * (c_tilde.get(k, i) - a_prev.get(k, i)) * (u - u * u);
      });
      const throughC = product(Wc.T, dzc);
      const dr = rowsOf(throughC, 0, n_a);
      const dzr = dr.map((d, k, i) => {
        const r = gamma_r.get(k, i);
        return d * a_prev.get(k, i) * (r - r * r);
      });
      const read = stack(stack(a_prev, x_t), ones).T;
      const dGates = product(stack(dzu, dzr), read);
      const dCandidate = product(dzc, stack(stack(gamma_r.times(a_prev), x_t), ones).T);
      const throughGates = product(stack(Wu, Wr).T, stack(dzu, dzr));
      const weights = (d: Mat, from: number): Mat =>
        Mat.build(n_a, n_a + n_x, (k, j) => d.get(from + k, j));
      const bias = (d: Mat, from: number): Mat =>
        Mat.build(n_a, 1, (k) => d.get(from + k, n_a + n_x));
      return {
        dbu: bias(dGates, 0),
        dbr: bias(dGates, n_a),
        dbc: bias(dCandidate, 0),
        dWu: weights(dGates, 0),
        dWr: weights(dGates, n_a),
        dWc: weights(dCandidate, 0),
        dx_t: rowsOf(throughGates, n_a, n_x).add(rowsOf(throughC, n_a, n_x)),
        da_prev: rowsOf(throughGates, 0, n_a)
          .add(gamma_r.times(dr))
          .add(da_next.sub(da_next.times(gamma_u))),
      };
    },
  },
  {
    style: "example by example: outer products added into own buffers, entry by entry",
    write: (da_next, { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters: { Wu, Wr, Wc } }) => {
      const [n_a, n_x] = [a_prev.rows, x_t.rows];
      const n = n_a + n_x;
      const empty = (): Mat => new Mat(n_a, n);
      const [dWu, dWr, dWc] = [empty(), empty(), empty()];
      const [dbu, dbr, dbc] = [new Mat(n_a, 1), new Mat(n_a, 1), new Mat(n_a, 1)];
      const add = (dW: Mat, db: Mat, dz: readonly number[], read: readonly number[]): void => {
        dz.forEach((d, k) => {
          db.data[k]! += d;
          read.forEach((value, j) => (dW.data[k * n + j]! += d * value));
        });
      };
      const back = (W: Mat, dz: readonly number[]): number[] =>
        Array.from({ length: n }, (_, j) => sumInHalves(dz.map((d, k) => d * W.get(k, j))));
      const [dx, da]: [number[][], number[][]] = [[], []];
      for (let i = 0; i < x_t.cols; i++) {
        const [c, x, d] = [columnOf(a_prev, i), columnOf(x_t, i), columnOf(da_next, i)];
        const [u, r, new_] = [columnOf(gamma_u, i), columnOf(gamma_r, i), columnOf(c_tilde, i)];
        const dzc = d.map((value, k) => value * u[k]! * (1 - new_[k]! ** 2));
        const dzu = d.map((value, k) => value * (new_[k]! - c[k]!) * u[k]! * (1 - u[k]!));
        const throughC = back(Wc, dzc);
        const dzr = c.map((value, k) => throughC[k]! * value * r[k]! * (1 - r[k]!));
        const [throughU, throughR] = [back(Wu, dzu), back(Wr, dzr)];
        add(dWu, dbu, dzu, [...c, ...x]);
        add(dWr, dbr, dzr, [...c, ...x]);
        add(dWc, dbc, dzc, [...c.map((value, k) => r[k]! * value), ...x]);
        const gates = throughU.map((value, j) => value + throughR[j]!);
        da.push(c.map((_, k) => gates[k]! + throughC[k]! * r[k]! + d[k]! * (1 - u[k]!)));
        dx.push(x.map((_, j) => gates[n_a + j]! + throughC[n_a + j]!));
      }
      return {
        dx_t: ofColumns(n_x, dx),
        da_prev: ofColumns(n_a, da),
        dWu,
        dWr,
        dWc,
        dbu,
        dbr,
        dbc,
      };
    },
  },
  {
    style:
      "the slopes by cosh, gates worked out once more from the inputs, sums that run downwards",
    write: (da_next, { x_t, a_prev, parameters }) => {
      const { Wu, Wr, Wc, bu, br, bc } = parameters;
      const [n_a, n_x, m] = [a_prev.rows, x_t.rows, x_t.cols];
      const stack = stackRows<string, string, string>;
      const read = stack(a_prev, x_t);
      const [zu, zr] = [product(Wu, read).add(bu), product(Wr, read).add(br)];
      const gate = (z: number): number => (1 + Math.tanh(z / 2)) / 2;
      const slope = (z: number): number => 1 / (4 * Math.cosh(z / 2) ** 2);
      const [u, r] = [zu.map(gate), zr.map(gate)];
      const seen = stack(r.times(a_prev), x_t);
      const zc = product(Wc, seen).add(bc);
      const dzc = da_next.map((d, k, i) => (d * u.get(k, i)) / Math.cosh(zc.get(k, i)) ** 2);
      const dzu = da_next.map(
        (d, k, i) => d * (Math.tanh(zc.get(k, i)) - a_prev.get(k, i)) * slope(zu.get(k, i)),
      );
      const through = (W: Mat, dz: Mat): Mat =>
        Mat.build(n_a + n_x, m, (j, i) => sumDown(n_a, (k) => W.get(k, j) * dz.get(k, i)));
      const fromC = through(Wc, dzc);
      const dzr = a_prev.map((c, k, i) => fromC.get(k, i) * c * slope(zr.get(k, i)));
      const fromGates = through(Wu, dzu).add(through(Wr, dzr));
      return {
        dx_t: rowsOf(fromC.add(fromGates), n_a, n_x),
        da_prev: da_next.map(
          (d, k, i) => d * (1 - u.get(k, i)) + fromC.get(k, i) * r.get(k, i) + fromGates.get(k, i),
        ),
        dWu: product(dzu, read.T),
        dWr: product(dzr, read.T),
        dWc: product(dzc, seen.T),
        dbu: product(dzu, Mat.filled(m, 1, 1)),
        dbr: product(dzr, Mat.filled(m, 1, 1)),
        dbc: product(dzc, Mat.filled(m, 1, 1)),
      };
    },
  },
];
