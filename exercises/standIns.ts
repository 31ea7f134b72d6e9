/**
 * Functions that stand in for a learner's own when they are an argument: a cell for `rnnForward`,
 * a backward cell for `rnnBackward`, a layer for `bidirectionalForward`, a function f(θ) for `numericalGradient`,
 * a loss for `optimizeStep`.
 *
 * An exercise over a sequence is about the wiring, so its cell is handed in: a wrong cell of the
 * learner's is charged once, in its own exercise. A stand-in has the shapes of the real thing
 * but another formula, so that it gives nothing away, and it depends on every argument and on
 * their order, so that wrong wiring shows.
 */
import {
  type LstmCache,
  type LstmCellGradients,
  type LstmParameters,
  type LstmStep,
  Mat,
  stackRows,
  type RnnCache,
  type RnnCellGradients,
  type RnnGradients,
  type RnnParameters,
  type RnnStep,
  type Sequence,
} from "../src/index.js";
import type { AnyFunction, StandIn } from "./exercise.js";

/**
 * The stand-in of this name.
 *
 * @param name - one of {@link standIns}
 * @returns what stands for the function among a case's arguments
 */
export function standIn(name: string): StandIn {
  return { standIn: name };
}

/**
 * Whether an argument is a stand-in.
 *
 * @param value - anything
 * @returns true for what {@link standIn} gives
 */
export function isStandIn(value: unknown): value is StandIn {
  return typeof value === "object" && value !== null && "standIn" in value;
}

/** A step that is not the RNN's: a⟨t⟩ = ½ sin(Waa a⟨t−1⟩ + ba) + ½ cos(Wax x⟨t⟩ + 1). */
function waveCell(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: RnnParameters,
): RnnStep {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const remembered = Waa.dot(a_prev).add(ba).map(Math.sin);
  // Cosine alone would not tell x⟨t⟩ from −x⟨t⟩.
  const read = Wax.dot(x_t).map((z) => Math.cos(z + 1));
  const a_next = remembered.add(read).times(0.5);
  const yhat_t = Wya.dot(a_next)
    .add(by)
    .map((z) => 1 / (1 + z * z));
  return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } };
}

/** A layer's parameters: the RNN's without the output. */
export type WaveLayerParameters = Pick<RnnParameters, "Wax" | "Waa" | "ba">;

/**
 * A layer that is not the RNN's: {@link waveCell}'s states from a⟨0⟩ = 0; where the mask is 0 an example's
 * state stays as it is.
 */
function waveLayer(
  x: Sequence<"n_x", "m">,
  parameters: WaveLayerParameters,
  mask?: Sequence<"1", "m">,
): { readonly a: Sequence<"n_a", "m"> } {
  const n_a = parameters.ba.rows;
  const silent = {
    ...parameters,
    Wya: Mat.zeros<"n_y", "n_a">(1, n_a),
    by: Mat.zeros<"n_y", "1">(1, 1),
  };
  let a_t = Mat.zeros<"n_a", "m">(n_a, x.cols);
  const a = x.map((x_t, t) => {
    const { a_next } = waveCell(x_t, a_t, silent);
    const before = a_t;
    a_t = a_next.map((value, k, i) => (mask?.at(t).get(0, i) === 0 ? before.get(k, i) : value));
    return a_t;
  });
  return { a };
}

/** A way back that is not the RNN's, with every gradient depending on da_next and the cache. */
function waveCellBackward(da_next: Mat<"n_a", "m">, cache: RnnCache): RnnCellGradients {
  const { x_t, a_prev, a_next, parameters } = cache;
  const dz = da_next.times(a_next.map((a) => 0.4 + 0.2 * a));
  return {
    dx_t: parameters.Wax.T.dot(dz).times(0.5),
    da_prev: parameters.Waa.T.dot(dz).add(a_prev.times(0.1)),
    dWax: dz.dot(x_t.T).times(2),
    dWaa: dz.dot(a_prev.T).times(3),
    dba: dz.map((value) => value * value).sumColumns(),
  };
}

/** A step with a memory that is not the LSTM's: each gate is a wave, and none of them is a sigmoid. */
function waveMemoryCell(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  c_prev: Mat<"n_a", "m">,
  parameters: LstmParameters,
): LstmStep {
  const { Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by } = parameters;
  const ax_t = stackRows(a_prev, x_t);
  const gamma_f = Wf.dot(ax_t)
    .add(bf)
    .map((z) => 0.6 + 0.3 * Math.sin(z));
  const gamma_u = Wu.dot(ax_t)
    .add(bu)
    .map((z) => 0.5 + 0.3 * Math.cos(z + 1));
  const gamma_o = Wo.dot(ax_t)
    .add(bo)
    .map((z) => 0.4 + 0.2 * Math.sin(z + 2));
  const c_tilde = Wc.dot(ax_t).add(bc).map(Math.sin);
  const c_next = gamma_f.times(c_prev).add(gamma_u.times(c_tilde));
  const a_next = gamma_o.add(c_next.map((c) => Math.sin(c) / 2));
  const yhat_t = Wya.dot(a_next)
    .add(by)
    .map((z) => 1 / (1 + z * z));
  const gates = { gamma_f, gamma_u, gamma_o, c_tilde };
  const cache = { x_t, a_prev, c_prev, ...gates, c_next, parameters };
  return { a_next, c_next, yhat_t, cache };
}

/** A way back that is not the LSTM's, with every gradient depending on both gradients and the cache. */
function waveMemoryCellBackward(
  da_next: Mat<"n_a", "m">,
  dc_next: Mat<"n_a", "m">,
  cache: LstmCache,
): LstmCellGradients {
  const { x_t, a_prev, c_prev, gamma_f, gamma_u, c_next, parameters } = cache;
  const dc = dc_next.times(0.8).add(da_next.times(c_next.map((c) => 0.4 + 0.2 * Math.sin(c))));
  const dz = dc.times(gamma_u);
  const ax_t = stackRows(a_prev, x_t);
  const through = parameters.Wo.T.dot(dz).times(0.5);
  const n_a = a_prev.rows;
  const part = (from: number, rows: number): Mat =>
    Mat.build(rows, dz.cols, (k, i) => through.get(from + k, i));
  return {
    dx_t: part(n_a, x_t.rows),
    da_prev: part(0, n_a).add(c_prev.times(0.1)),
    dc_prev: dc.times(gamma_f.map((f) => 0.3 + 0.5 * f)),
    dWf: dz.times(c_prev).dot(ax_t.T),
    dWu: dz.dot(ax_t.T).times(2),
    dWc: dc.dot(ax_t.T),
    dWo: da_next.dot(ax_t.T).times(3),
    dbf: dz.times(c_prev).sumColumns(),
    dbu: dz.map((value) => value * value).sumColumns(),
    dbc: dc.sumColumns(),
    dbo: da_next.sumColumns(),
  };
}

/**
 * f(θ) = Σ ±(k+1)·θ_k³/6 + sin θ_k, over the entries in order, with + and − in turn: each has a gradient
 * of its own, some are negative.
 *
 * @param theta - θ, of any shape
 * @returns a number
 */
export function cubicWave(theta: Mat): number {
  return theta.data.reduce(
    (sum, value, k) => sum + ((k % 2 === 0 ? k + 1 : -k - 1) * value ** 3) / 6 + Math.sin(value),
    0,
  );
}

/**
 * f(θ) = log Σ e^θ: every entry's gradient depends on all entries.
 *
 * @param theta - θ, of any shape
 * @returns a number
 */
export function logSumExp(theta: Mat): number {
  const largest = Math.max(...theta.data);
  return largest + Math.log(theta.data.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/**
 * A loss that is not a network's, L = Σ_W Σ_n c_n (1 − cos W_n) with c_n = 4, 8, 12 in turn: its gradients
 * c_n sin W_n lie on both sides of any bound that clips.
 */
function waveLoss(parameters: RnnParameters): {
  readonly total: number;
  readonly gradients: RnnGradients;
} {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const steepness = (n: number): number => 4 * (1 + (n % 3));
  const loss = (W: Mat): number =>
    W.data.reduce((sum, value, n) => sum + steepness(n) * (1 - Math.cos(value)), 0);
  const slope = <R extends string, C extends string>(W: Mat<R, C>): Mat<R, C> =>
    W.map((value, i, j) => steepness(i * W.cols + j) * Math.sin(value));
  return {
    total: loss(Wax) + loss(Waa) + loss(Wya) + loss(ba) + loss(by),
    gradients: {
      dWax: slope(Wax),
      dWaa: slope(Waa),
      dWya: slope(Wya),
      dba: slope(ba),
      dby: slope(by),
    },
  };
}

/**
 * f(θ) = 7, whatever θ is.
 *
 * @param _theta - θ, of any shape
 * @returns 7
 */
export function constant(_theta: Mat): number {
  return 7;
}

/** All stand-ins by name. */
export const standIns: Readonly<Record<string, AnyFunction>> = {
  waveCell,
  waveCellBackward,
  waveMemoryCell,
  waveMemoryCellBackward,
  waveLayer,
  cubicWave,
  logSumExp,
  constant,
  waveLoss,
};

/**
 * What the steps of a sequence take, and a whole layer, in order, by the stand-in's name. Practice tells
 * the first of their calls that is not as it should be; f(θ) may be asked of anything.
 */
export const stepArguments: Readonly<Record<string, readonly string[]>> = {
  waveCell: ["x_t", "a_prev", "parameters"],
  waveCellBackward: ["da_next", "cache"],
  waveMemoryCell: ["x_t", "a_prev", "c_prev", "parameters"],
  waveMemoryCellBackward: ["da_next", "dc_next", "cache"],
  waveLayer: ["x", "parameters", "mask"],
  waveLoss: ["parameters"],
};
