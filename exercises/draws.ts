/** Random arguments that several exercises share. */
import {
  type GruCache,
  gruCellForward,
  type GruParameters,
  lstmForward,
  type LstmCache,
  type LstmParameters,
  Mat,
  oneHot,
  type Random,
  randomNormal,
  rnnForward,
  type RnnCache,
  type RnnParameters,
  Sequence,
} from "../src/index.js";
import type { Settings, Size } from "./exercise.js";

/**
 * A size of a case; asking for one that the case lacks is our own mistake.
 *
 * @param size - the case's
 * @param name - such as "n_a" or "T_x"
 * @returns the size
 * @throws Error when the case lacks it: our own mistake
 */
export function sizeOf(size: Size, name: string): number {
  const value = size[name];
  if (value === undefined) throw new Error(`a case lacks the size ${name}`);
  return value;
}

/**
 * A setting of a case that is a number.
 *
 * @param settings - the case's
 * @param name - such as "scale"
 * @param otherwise - what holds for a case that does not set it
 * @returns the case's number, else the other
 * @throws Error when neither is there: our own mistake
 */
export function numberOf(settings: Settings, name: string, otherwise?: number): number {
  const value = settings[name] ?? otherwise;
  if (typeof value !== "number") throw new Error(`a case lacks the setting ${name}`);
  return value;
}

/**
 * Normal numbers, none of them near zero: a forgotten term always shows.
 *
 * @param rows - number of rows
 * @param cols - number of columns
 * @param random - the stream that the numbers are drawn from
 * @param scale - what they are multiplied by; 1 unless said
 * @returns (rows, cols)
 */
export function nonZero<R extends string, C extends string>(
  rows: number,
  cols: number,
  random: Random,
  scale = 1,
): Mat<R, C> {
  return randomNormal<R, C>(rows, cols, random).map(
    (value) => scale * (value + Math.sign(value) * 0.1),
  );
}

/**
 * T_x steps of (rows, cols) numbers.
 *
 * @param T - number of steps
 * @param rows - rows of each step
 * @param cols - columns of each step
 * @param random - the stream that the numbers are drawn from
 * @param scale - what they are multiplied by; 1 unless said
 * @returns T steps of {@link nonZero} numbers, (rows, cols) each
 */
export function drawSequence<R extends string, C extends string>(
  T: number,
  rows: number,
  cols: number,
  random: Random,
  scale = 1,
): Sequence<R, C> {
  return Sequence.build(T, () => nonZero<R, C>(rows, cols, random, scale));
}

/**
 * All five parameters, the biases not zero; the setting `scale` multiplies them.
 *
 * @param size - with n_x, n_a and n_y
 * @param random - the stream that the numbers are drawn from
 * @param settings - with `scale`, or without
 * @returns Wax, Waa, Wya, ba, by
 * @throws Error when the case lacks a size: our own mistake
 */
export function drawParameters(size: Size, random: Random, settings: Settings = {}): RnnParameters {
  const n_x = sizeOf(size, "n_x");
  const n_a = sizeOf(size, "n_a");
  const n_y = sizeOf(size, "n_y");
  const scale = numberOf(settings, "scale", 1);
  return {
    Wax: nonZero(n_a, n_x, random, scale / Math.sqrt(n_x)),
    Waa: nonZero(n_a, n_a, random, scale / Math.sqrt(n_a)),
    Wya: nonZero(n_y, n_a, random, scale / Math.sqrt(n_a)),
    ba: nonZero(n_a, 1, random, scale / 2),
    by: nonZero(n_y, 1, random, scale / 2),
  };
}

/**
 * The caches of a forward pass of the real cell, for the way back.
 *
 * @param size - with n_x, n_a, n_y, m and T_x
 * @param random - the stream that the numbers are drawn from
 * @param settings - with `scale`, or without
 * @returns one cache a step
 * @throws Error when the case lacks a size: our own mistake
 */
export function drawCaches(
  size: Size,
  random: Random,
  settings: Settings = {},
): readonly RnnCache[] {
  const m = sizeOf(size, "m");
  const x = drawSequence<"n_x", "m">(size["T_x"] ?? 1, sizeOf(size, "n_x"), m, random);
  const a_0 = nonZero<"n_a", "m">(sizeOf(size, "n_a"), m, random, 0.5);
  return rnnForward(x, a_0, drawParameters(size, random, settings)).caches;
}

/**
 * All eight parameters of a GRU, the biases not zero; the setting `scale` multiplies them.
 *
 * @param size - with n_x, n_a and n_y
 * @param random - the stream that the numbers are drawn from
 * @param settings - with `scale`, or without
 * @returns Wu, Wr, Wc, bu, br, bc, Wya, by
 * @throws Error when the case lacks a size: our own mistake
 */
export function drawGruParameters(
  size: Size,
  random: Random,
  settings: Settings = {},
): GruParameters {
  const [n_x, n_a, n_y] = [sizeOf(size, "n_x"), sizeOf(size, "n_a"), sizeOf(size, "n_y")];
  const scale = numberOf(settings, "scale", 1);
  const weights = (): Mat<"n_a", "n_a+n_x"> =>
    nonZero(n_a, n_a + n_x, random, (1.5 * scale) / Math.sqrt(n_a + n_x));
  const bias = (): Mat<"n_a", "1"> => nonZero(n_a, 1, random, scale / 2);
  return {
    Wu: weights(),
    Wr: weights(),
    Wc: weights(),
    bu: bias(),
    br: bias(),
    bc: bias(),
    Wya: nonZero(n_y, n_a, random, scale / Math.sqrt(n_a)),
    by: nonZero(n_y, 1, random, scale / 2),
  };
}

/**
 * The cache of one forward step of the GRU, for the way back.
 *
 * @param size - with n_x, n_a, n_y and m
 * @param random - the stream that the numbers are drawn from
 * @param settings - with `scale`, or without
 * @returns the step's cache
 * @throws Error when the case lacks a size: our own mistake
 */
export function drawGruCache(size: Size, random: Random, settings: Settings = {}): GruCache {
  const m = sizeOf(size, "m");
  const x_t = nonZero<"n_x", "m">(sizeOf(size, "n_x"), m, random);
  const a_prev = nonZero<"n_a", "m">(sizeOf(size, "n_a"), m, random, 0.5);
  return gruCellForward(x_t, a_prev, drawGruParameters(size, random, settings)).cache;
}

/**
 * All ten parameters of an LSTM, the biases not zero; the setting `scale` multiplies what the gates and the
 * candidate are made with, `outputs` the output's.
 *
 * @param size - with n_x, n_a and n_y
 * @param random - the stream that the numbers are drawn from
 * @param settings - with `scale` and `outputs`, or without
 * @returns Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by
 * @throws Error when the case lacks a size: our own mistake
 */
export function drawLstmParameters(
  size: Size,
  random: Random,
  settings: Settings = {},
): LstmParameters {
  const n_a = sizeOf(size, "n_a");
  const n_y = sizeOf(size, "n_y");
  const columns = n_a + sizeOf(size, "n_x");
  const scale = numberOf(settings, "scale", 1);
  const outputs = numberOf(settings, "outputs", 1);
  const weights = (): Mat<"n_a", "n_a+n_x"> =>
    nonZero(n_a, columns, random, (1.5 * scale) / Math.sqrt(columns));
  const bias = (): Mat<"n_a", "1"> => nonZero(n_a, 1, random, scale / 2);
  return {
    Wf: weights(),
    Wu: weights(),
    Wc: weights(),
    Wo: weights(),
    bf: bias(),
    bu: bias(),
    bc: bias(),
    bo: bias(),
    Wya: nonZero(n_y, n_a, random, outputs / Math.sqrt(n_a)),
    by: nonZero(n_y, 1, random, outputs / 2),
  };
}

/**
 * The caches of a forward pass of the real LSTM cell, for the way back.
 *
 * @param size - with n_x, n_a, n_y, m and T_x
 * @param random - the stream that the numbers are drawn from
 * @param settings - with `scale` and `memory` (of c⟨0⟩), or without
 * @returns one cache a step
 * @throws Error when the case lacks a size: our own mistake
 */
export function drawLstmCaches(
  size: Size,
  random: Random,
  settings: Settings = {},
): readonly LstmCache[] {
  const [n_a, m] = [sizeOf(size, "n_a"), sizeOf(size, "m")];
  const x = drawSequence<"n_x", "m">(size["T_x"] ?? 1, sizeOf(size, "n_x"), m, random);
  const a_0 = nonZero<"n_a", "m">(n_a, m, random, 0.5);
  const c_0 = nonZero<"n_a", "m">(n_a, m, random, numberOf(settings, "memory", 1));
  return lstmForward(x, a_0, drawLstmParameters(size, random, settings), { c_0 }).caches;
}

/**
 * T one-hot steps of m examples.
 *
 * @param T - number of steps
 * @param n - the length of a column
 * @param m - number of examples
 * @param random - the stream that the indices are drawn from
 * @returns (n, m) at each step
 */
export function drawOneHot(T: number, n: number, m: number, random: Random): Sequence<"n_x", "m"> {
  return Sequence.build(T, () =>
    oneHot(
      Array.from({ length: m }, () => random.integer(n)),
      n,
    ),
  );
}

/**
 * A mask for m examples of different lengths: one is full, the first one too only where it must be, and
 * the last or the last but one has a single step.
 *
 * @param T - number of steps
 * @param m - number of examples
 * @param random - the stream that the lengths are drawn from
 * @returns (1, m) at each step: 1 for a real step, 0 for padding
 */
export function drawMask(T: number, m: number, random: Random): Sequence<"1", "m"> {
  const lengths = Array.from({ length: m }, () => 1 + random.integer(T));
  if (m > 1 && T > 1) lengths[m > 3 ? m - 2 : m - 1] = 1;
  if (m > 2 && T > 2) lengths[0] = 2 + random.integer(T - 2); // one that ends before the longest does
  if (m > 3 && T > 2) lengths[m - 1] = 2 + random.integer(T - 2);
  lengths[m > 2 && T > 2 ? 1 : 0] = T;
  return Sequence.build(T, (t) => Mat.build(1, m, (_, i) => (t <= lengths[i]! ? 1 : 0)));
}
