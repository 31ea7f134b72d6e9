/**
 * The five types of RNN, by the lengths of input and output. All but the first unroll a cell; each
 * takes it as an argument, so that a learner's own cell fits.
 */
import { softmax } from "../core/activations.js";
import {
  type RnnCache,
  type RnnCell,
  rnnCellForward,
  type RnnParameters,
  type RnnStep,
} from "../cells/rnn.js";
import { inWords, requireFunction, requireRecord } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { checkShapes, Mat } from "../core/matrix.js";
import { checkMask, lastValidSteps } from "../notation/padding.js";
import { Sequence } from "../notation/sequence.js";
import { rnnForward, type RnnForward } from "./rnn.js";
import { collect, unroll } from "./unroll.js";

/** The parameters of {@link oneToOne}. */
export interface OneToOneParameters {
  /** (n_y, n_x). */
  readonly W: Mat<"n_y", "n_x">;
  /** (n_y, 1). */
  readonly b: Mat<"n_y", "1">;
}

/**
 * One to one, no recurrence at all: ŷ = softmax(W x + b).
 *
 * @param x - (n_x, m)
 * @param parameters - W, (n_y, n_x), and b, (n_y, 1)
 * @returns ŷ, (n_y, m)
 * @throws ShapeError that names both shapes when they do not fit
 */
export function oneToOne(x: Mat<"n_x", "m">, parameters: OneToOneParameters): Mat<"n_y", "m"> {
  requireRecord("oneToOne", "parameters", parameters);
  const { W, b } = parameters;
  checkShapes("oneToOne", { x: [x, "n_x", "m"], W: [W, "n_y", "n_x"], b: [b, "n_y", "1"] });
  return softmax(W.dot(x).add(b)); // ŷ = softmax(W x + b)
}

/**
 * One to many: x⟨1⟩ starts, then each prediction is the next input, x⟨t+1⟩ = ŷ⟨t⟩ (so n_x = n_y).
 *
 * @param x_1 - the one input, (n_x, m)
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - Wax, Waa, Wya, ba, by
 * @param T_y - steps to predict, at least 1
 * @param cell - the step; the library's own unless said
 * @returns a and ŷ of T_y steps, and the caches
 * @throws ShapeError when n_x ≠ n_y or other shapes do not fit; OutOfRangeError when T_y is no whole
 *   number of at least 1
 */
export function oneToMany(
  x_1: Mat<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  T_y: number,
  cell: RnnCell = rnnCellForward,
): RnnForward {
  requireSteps("oneToMany", T_y);
  requireFunction("oneToMany", "cell", cell);
  requireRecord("oneToMany", "parameters", parameters);
  checkShapes("oneToMany", {
    x_1: [x_1, "n_x (fed back: n_y)", "m"],
    by: [parameters.by, "n_x (fed back: n_y)", "1"],
  });
  return feedBack(x_1, a_0, parameters, T_y, cell);
}

/** The result of {@link manyToOne}. */
export interface ManyToOne {
  /** The states, (n_a, m) at each step; behind an example's end its last state stays. */
  readonly a: Sequence<"n_a", "m">;
  /** The one prediction, (n_y, m). */
  readonly yhat: Mat<"n_y", "m">;
  readonly caches: readonly RnnCache[];
}

/**
 * Many to one: the whole input is read, and the prediction of the last step is the answer; with a
 * mask, of each example's own last step.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - Wax, Waa, Wya, ba, by
 * @param cell - the step; the library's own unless said
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns ŷ, (n_y, m), and the states that led to it
 * @throws ShapeError, OutOfRangeError when shapes do not fit or an example has no step
 */
export function manyToOne(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  cell: RnnCell = rnnCellForward,
  mask?: Sequence<"1", "m">,
): ManyToOne {
  checkMask("manyToOne", mask, "x", x);
  const { a, yhat, caches } = rnnForward(x, a_0, parameters, cell, mask);
  const answer = mask === undefined ? yhat.at(yhat.T_y) : pickSteps(yhat, lastValidSteps(mask));
  return { a, yhat: answer, caches };
}

/**
 * Many to many of equal length: a prediction at every step. With a mask, padded steps keep the
 * state as it is and have ŷ⟨t⟩ = 0.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - Wax, Waa, Wya, ba, by
 * @param cell - the step; the library's own unless said
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns a⟨t⟩, (n_a, m), and ŷ⟨t⟩, (n_y, m), at each of the T_x steps, and their caches
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps do not fit
 */
export function manyToManySynced(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  cell: RnnCell = rnnCellForward,
  mask?: Sequence<"1", "m">,
): RnnForward {
  checkMask("manyToManySynced", mask, "x", x);
  return rnnForward(x, a_0, parameters, cell, mask);
}

/** The parameters of {@link encodeDecode}: two networks with states of the same size. */
export interface EncoderDecoderParameters {
  /** Reads x. Its outputs (Wya, by) play no part. */
  readonly encoder: RnnParameters;
  /** Writes ŷ; its inputs are its own outputs, so its n_x is n_y. */
  readonly decoder: RnnParameters;
}

/** The result of {@link encodeDecode}. */
export interface EncodeDecode {
  /** The encoder's states a⟨1⟩ … a⟨T_x⟩, (n_a, m) each. */
  readonly a: Sequence<"n_a", "m">;
  /** The decoder's states s⟨1⟩ … s⟨T_y⟩, (n_a, m) each. */
  readonly s: Sequence<"n_a", "m">;
  /** The predictions ŷ⟨1⟩ … ŷ⟨T_y⟩, (n_y, m) each. */
  readonly yhat: Sequence<"n_y", "m">;
  readonly caches: { readonly encoder: readonly RnnCache[]; readonly decoder: readonly RnnCache[] };
}

/**
 * Many to many of unequal lengths: the encoder reads all of x first; the decoder starts from its
 * last state, s⟨0⟩ = a⟨T_x⟩, and writes T_y steps, each prediction being its next input.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param a_0 - the encoder's state before the first step, (n_a, m)
 * @param parameters - those of the encoder and of the decoder
 * @param y_0 - the decoder's first input, such as a one-hot start symbol, (n_y, m)
 * @param T_y - steps to write, at least 1
 * @param cell - the step of both; the library's own unless said
 * @param mask - 1 where an example has an input, 0 where it is padding, (1, m); all 1 when left out
 * @returns ŷ⟨t⟩, (n_y, m), at each of the T_y steps, and both parts' states and caches
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps do not fit
 */
export function encodeDecode(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: EncoderDecoderParameters,
  y_0: Mat<"n_y", "m">,
  T_y: number,
  cell: RnnCell = rnnCellForward,
  mask?: Sequence<"1", "m">,
): EncodeDecode {
  requireRecord("encodeDecode", "parameters", parameters);
  const { encoder, decoder } = parameters;
  requireRecord("encodeDecode", "parameters.encoder", encoder);
  requireRecord("encodeDecode", "parameters.decoder", decoder);
  requireSteps("encodeDecode", T_y);
  requireFunction("encodeDecode", "cell", cell);
  checkShapes("encodeDecode", {
    y_0: [y_0, "n_y", "m"],
    "decoder.by": [decoder.by, "n_y", "1"],
    a_0: [a_0, "n_a", "m"],
    "decoder.Waa": [decoder.Waa, "n_a", "n_a"],
  });
  const encoded = manyToManySynced(x, a_0, encoder, cell, mask);
  const s_0 = encoded.a.at(encoded.a.T_x); // s⟨0⟩ = a⟨T_x⟩
  const decoded = feedBack(y_0, s_0, decoder, T_y, cell);
  return {
    a: encoded.a,
    s: decoded.a,
    yhat: decoded.yhat,
    caches: { encoder: encoded.caches, decoder: decoded.caches },
  };
}

/** Unrolls a cell for T steps whose inputs are x⟨1⟩ and then its own predictions. */
function feedBack(
  x_1: Mat<string, "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  T: number,
  cell: RnnCell,
): RnnForward {
  const steps = unroll<RnnStep>(
    T,
    (_, before) => cell(before?.yhat_t ?? x_1, before?.a_next ?? a_0, parameters), // x⟨t+1⟩ = ŷ⟨t⟩
  );
  return collect(steps);
}

/** Column i from step `steps[i]`. */
function pickSteps<R extends string>(
  sequence: Sequence<R, "m">,
  steps: readonly number[],
): Mat<R, "m"> {
  return Mat.build(sequence.rows, sequence.cols, (k, i) => sequence.at(steps[i]!).get(k, i));
}

function requireSteps(caller: string, T_y: number): void {
  if (Number.isInteger(T_y) && T_y >= 1) return;
  throw new OutOfRangeError(
    `${caller}: expected a whole number of steps T_y of at least 1, got ${inWords(T_y)}`,
  );
}
