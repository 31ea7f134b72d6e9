/**
 * Functions that stand in for a learner's own when they are an argument: a cell for `rnnForward`,
 * a backward cell for `rnnBackward`, a function f(θ) for `numericalGradient`.
 *
 * An exercise over a sequence is about the wiring, so its cell is handed in: a wrong cell of the
 * learner's is charged once, in its own exercise. A stand-in has the shapes of the real thing
 * but another formula, so that it gives nothing away, and it depends on every argument and on
 * their order, so that wrong wiring shows.
 */
import {
  Mat,
  type RnnCache,
  type RnnCellGradients,
  type RnnParameters,
  type RnnStep,
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
  cubicWave,
  logSumExp,
  constant,
};

/**
 * What the steps of a sequence take, in order, by the stand-in's name. Their calls come in one order, so
 * that practice can tell the first one that is not as it should be; f(θ) may be asked in any order.
 */
export const stepArguments: Readonly<Record<string, readonly string[]>> = {
  waveCell: ["x_t", "a_prev", "parameters"],
  waveCellBackward: ["da_next", "cache"],
};
