import { type LstmCellGradients, Mat, stackRows } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { columnOf, ofColumns, product, sumDown, sumInHalves } from "../plainLoops.js";
import type * as starter from "./starter.js";

const stack = (...mats: readonly Mat[]): Mat =>
  mats.reduce((top, bottom) => stackRows<string, string, string>(top, bottom));
const rowsOf = (mat: Mat, from: number, count: number): Mat =>
  Mat.build(count, mat.cols, (k, i) => mat.get(from + k, i));

/** Right ways to write one step of the LSTM backwards that are not the library's. */
export const honest: readonly Honest<typeof starter.lstmCellBackward>[] = [
  {
    style: "the four gates as one: stacked dz, stacked weights, a row of ones for the biases",
    write: (da_next, dc_next, cache) => {
      const { x_t, a_prev, c_prev, gamma_f, gamma_u, gamma_o, c_tilde, c_next } = cache;
      const { Wf, Wu, Wc, Wo } = cache.parameters;
      const [n_a, n_x, m] = [a_prev.rows, x_t.rows, x_t.cols];
      const dc = Mat.build(
        n_a,
        m,
        (k, i) =>
          (da_next.get(k, i) * gamma_o.get(k, i)) / Math.cosh(c_next.get(k, i)) ** 2 +
          dc_next.get(k, i),
      );
      const slope = (g: number): number => g - g * g;
      const dz = stack(
        dc.map((d, k, i) => d * slope(gamma_f.get(k, i)) * c_prev.get(k, i)),
        dc.map((d, k, i) => d * slope(gamma_u.get(k, i)) * c_tilde.get(k, i)),
        dc.map(
          (d, k, i) => d * gamma_u.get(k, i) * (1 - c_tilde.get(k, i)) * (1 + c_tilde.get(k, i)),
        ),
        da_next.map((d, k, i) => d * Math.tanh(c_next.get(k, i)) * slope(gamma_o.get(k, i))),
      );
      const dW = product(dz, stack(a_prev, x_t, Mat.filled(1, m, 1)).T);
      const dax = product(stack(Wf, Wu, Wc, Wo).T, dz);
      const weights = (k: number): Mat =>
        Mat.build(n_a, n_a + n_x, (row, j) => dW.get(k * n_a + row, j));
      const bias = (k: number): Mat => Mat.build(n_a, 1, (row) => dW.get(k * n_a + row, n_a + n_x));
      return {
        dbo: bias(3),
        dbc: bias(2),
        dbu: bias(1),
        dbf: bias(0),
        dWo: weights(3),
        dWc: weights(2),
        dWu: weights(1),
        dWf: weights(0),
        dc_prev: gamma_f.times(dc),
        da_prev: rowsOf(dax, 0, n_a),
        dx_t: rowsOf(dax, n_a, n_x),
      };
    },
  },
  {
    style: "example by example: outer products added into own buffers, the way back per entry",
    write: (da_next, dc_next, cache) => {
      const { x_t, a_prev, c_prev, gamma_f, gamma_u, gamma_o, c_tilde, c_next } = cache;
      const { Wf, Wu, Wc, Wo } = cache.parameters;
      const [n_a, n_x, m] = [a_prev.rows, x_t.rows, x_t.cols];
      const weights = [Wf, Wu, Wc, Wo] as const;
      const dW = weights.map(({ rows, cols }) => new Mat(rows, cols));
      const db = weights.map(() => new Mat(n_a, 1));
      const dx: number[][] = [];
      const da: number[][] = [];
      const dc_prev = new Mat(n_a, m);
      for (let i = m - 1; i >= 0; i--) {
        const input = [...columnOf(a_prev, i), ...columnOf(x_t, i)];
        const dz: number[][] = [[], [], [], []];
        for (let k = 0; k < n_a; k++) {
          const [f, u, o] = [gamma_f.get(k, i), gamma_u.get(k, i), gamma_o.get(k, i)];
          const candidate = c_tilde.get(k, i);
          const shown = Math.tanh(c_next.get(k, i));
          const d = da_next.get(k, i) * o * (1 - shown) * (1 + shown) + dc_next.get(k, i);
          dz[0]!.push(d * c_prev.get(k, i) * f * (1 - f));
          dz[1]!.push(d * candidate * u * (1 - u));
          dz[2]!.push(d * u * (1 - candidate ** 2));
          dz[3]!.push(da_next.get(k, i) * shown * o * (1 - o));
          dc_prev.data[k * m + i] = f * d;
        }
        for (const [n, own] of dz.entries()) {
          for (const [k, value] of own.entries()) {
            db[n]!.data[k]! += value;
            input.forEach((v, j) => (dW[n]!.data[k * (n_a + n_x) + j]! += v * value));
          }
        }
        const back = input.map((_, j) =>
          sumInHalves(weights.flatMap((W, n) => dz[n]!.map((value, k) => W.get(k, j) * value))),
        );
        da.unshift(back.slice(0, n_a));
        dx.unshift(back.slice(n_a));
      }
      const [dWf, dWu, dWc, dWo] = dW as [Mat, Mat, Mat, Mat];
      const [dbf, dbu, dbc, dbo] = db as [Mat, Mat, Mat, Mat];
      const states = { dx_t: ofColumns(n_x, dx), da_prev: ofColumns(n_a, da), dc_prev };
      return { ...states, dWf, dWu, dWc, dWo, dbf, dbu, dbc, dbo };
    },
  },
  {
    style: "the gates worked out once more from their scores; keys put together by name",
    write: (da_next, dc_next, { x_t, a_prev, c_prev, parameters }) => {
      const ax = stack(a_prev, x_t);
      const score = (W: Mat, b: Mat): Mat => product(W, ax).add(b);
      const { Wf, Wu, Wc, Wo, bf, bu, bc, bo } = parameters;
      const z = { f: score(Wf, bf), u: score(Wu, bu), c: score(Wc, bc), o: score(Wo, bo) };
      const gate = (mat: Mat): Mat => mat.map((v) => 1 / (1 + Math.exp(-v)));
      // σ′(z) = 1 / (2 + 2 cosh z)
      const gateSlope = (mat: Mat): Mat => mat.map((v) => 1 / (2 + 2 * Math.cosh(v)));
      const c = gate(z.u).times(z.c.map(Math.tanh)).add(gate(z.f).times(c_prev));
      const dc = da_next
        .times(gate(z.o))
        .times(c.map((v) => 1 / Math.cosh(v) ** 2))
        .add(dc_next);
      const dz: Readonly<Record<string, Mat>> = {
        f: gateSlope(z.f).times(dc).times(c_prev),
        u: gateSlope(z.u).times(dc).times(z.c.map(Math.tanh)),
        c: z.c
          .map((v) => 1 / Math.cosh(v) ** 2)
          .times(gate(z.u))
          .times(dc),
        o: gateSlope(z.o).times(c.map(Math.tanh)).times(da_next),
      };
      const W: Readonly<Record<string, Mat>> = { f: Wf, u: Wu, c: Wc, o: Wo };
      const names = Object.keys(dz);
      const [n_a, n_x, m] = [a_prev.rows, x_t.rows, x_t.cols];
      const dax = Mat.build(n_a + n_x, m, (j, i) =>
        sumDown(names.length, (n) =>
          sumDown(n_a, (k) => W[names[n]!]!.get(k, j) * dz[names[n]!]!.get(k, i)),
        ),
      );
      return {
        ...Object.fromEntries(names.map((name) => [`dW${name}`, product(ax, dz[name]!.T).T])),
        ...Object.fromEntries(
          names.map((name) => [`db${name}`, product(dz[name]!, Mat.filled(m, 1, 1))]),
        ),
        dx_t: rowsOf(dax, n_a, n_x),
        da_prev: rowsOf(dax, 0, n_a),
        dc_prev: dc.times(gate(z.f)),
      } as unknown as LstmCellGradients;
    },
  },
];
