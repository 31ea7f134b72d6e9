// Everything by hand, on the raw numbers; nothing but the class Mat is used.
import { Mat } from "unrolled";

interface Parameters {
  Wax: Mat;
  Waa: Mat;
  Wya: Mat;
  ba: Mat;
  by: Mat;
}

function multiplyAdd(out: Float64Array, W: Mat, x: Mat): void {
  const m = x.cols;
  for (let i = 0; i < W.rows; i++) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let k = W.cols - 1; k >= 0; k--) sum += W.data[i * W.cols + k]! * x.data[k * m + j]!;
      out[i * m + j]! += sum;
    }
  }
}

function addBias(out: Float64Array, b: Mat, m: number): void {
  for (let n = 0; n < out.length; n++) out[n]! += b.data[Math.floor(n / m)]!;
}

export function rnnCellForward(x_t: Mat, a_prev: Mat, parameters: Parameters) {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const m = x_t.cols;
  const state = new Float64Array(Wax.rows * m);
  multiplyAdd(state, Waa, a_prev);
  multiplyAdd(state, Wax, x_t);
  addBias(state, ba, m);
  for (let n = 0; n < state.length; n++) state[n] = Math.tanh(state[n]!);
  const a_next = new Mat(Wax.rows, m, state);
  const out = new Float64Array(Wya.rows * m);
  multiplyAdd(out, Wya, a_next);
  addBias(out, by, m);
  for (let j = 0; j < m; j++) {
    let largest = -Infinity;
    for (let k = 0; k < Wya.rows; k++) largest = Math.max(largest, out[k * m + j]!);
    let total = 0;
    for (let k = 0; k < Wya.rows; k++) {
      out[k * m + j] = Math.exp(out[k * m + j]! - largest);
      total += out[k * m + j]!;
    }
    for (let k = 0; k < Wya.rows; k++) out[k * m + j]! /= total;
  }
  return { a_next, yhat_t: new Mat(Wya.rows, m, out), cache: { x_t, a_prev, a_next, parameters } };
}

export function stackWeights(Waa: Mat, Wax: Mat): Mat {
  const cols = Waa.cols + Wax.cols;
  const stacked = new Mat(Waa.rows, cols);
  for (let i = 0; i < Waa.rows; i++) {
    for (let j = 0; j < Waa.cols; j++) stacked.data[i * cols + j] = Waa.data[i * Waa.cols + j]!;
    for (let j = 0; j < Wax.cols; j++) {
      stacked.data[i * cols + Waa.cols + j] = Wax.data[i * Wax.cols + j]!;
    }
  }
  return stacked;
}

interface Cache {
  x_t: Mat;
  a_prev: Mat;
  a_next: Mat;
  parameters: Parameters;
}

function transposeTimes(W: Mat, dz: Mat): Mat {
  const out = new Mat(W.cols, dz.cols);
  for (let k = 0; k < W.rows; k++)
    for (let i = 0; i < W.cols; i++)
      for (let j = 0; j < dz.cols; j++)
        out.data[i * dz.cols + j]! += W.data[k * W.cols + i]! * dz.data[k * dz.cols + j]!;
  return out;
}

function timesTranspose(dz: Mat, x: Mat): Mat {
  const out = new Mat(dz.rows, x.rows);
  for (let i = 0; i < dz.rows; i++)
    for (let k = 0; k < x.rows; k++)
      for (let j = 0; j < x.cols; j++)
        out.data[i * x.rows + k]! += dz.data[i * dz.cols + j]! * x.data[k * x.cols + j]!;
  return out;
}

export function rnnCellBackward(da_next: Mat, { x_t, a_prev, a_next, parameters }: Cache) {
  const dz = new Mat(da_next.rows, da_next.cols, da_next.data);
  for (let n = 0; n < dz.data.length; n++) dz.data[n]! *= 1 - a_next.data[n]! * a_next.data[n]!;
  const dba = new Mat(dz.rows, 1);
  for (let n = 0; n < dz.data.length; n++) dba.data[Math.floor(n / dz.cols)]! += dz.data[n]!;
  return {
    dx_t: transposeTimes(parameters.Wax, dz),
    da_prev: transposeTimes(parameters.Waa, dz),
    dWax: timesTranspose(dz, x_t),
    dWaa: timesTranspose(dz, a_prev),
    dba,
  };
}
