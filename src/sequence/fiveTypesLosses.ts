/**
 * Losses and gradients to train the five types of RNN with (the fourth, an output at every step, is
 * `rnnLossAndGradients`).
 *
 * Where a network is fed its own predictions when it is used, it is fed the true labels while it
 * learns ("teacher forcing"): its inputs are y⟨t−1⟩ in place of ŷ⟨t−1⟩.
 */
import { softmax } from "../core/activations.js";
import type { RnnGradients, RnnParameters } from "../cells/rnn.js";
import { softmaxCrossEntropy } from "../losses.js";
import { requireName, requireOptions, requireRecord } from "../core/arguments.js";
import { checkShapes, Mat, requireMat } from "../core/matrix.js";
import { checkMask } from "../notation/padding.js";
import { requireSequences } from "../notation/requireSequence.js";
import { Sequence } from "../notation/sequence.js";
import { outputLossAndGradients } from "./outputLayer.js";
import {
  rnnBackward,
  rnnCellScores,
  rnnForward,
  rnnLossAndGradients,
  type RnnLossAndGradients,
} from "./rnn.js";
import { allValid, lastStepWeights, meanWeights } from "./masks.js";
import { delayed } from "./teacherForcing.js";
import type { EncoderDecoderParameters, OneToOneParameters } from "./fiveTypes.js";

/**
 * One to one: the mean cross-entropy of ŷ = softmax(W x + b), and its gradients.
 *
 * @param x - (n_x, m)
 * @param y - one-hot labels, (n_y, m)
 * @param parameters - W, (n_y, n_x), and b, (n_y, 1)
 * @returns total in nats; ŷ, (n_y, m); dW and db
 * @throws ShapeError that names both shapes when they do not fit
 */
export function oneToOneLossAndGradients(
  x: Mat<"n_x", "m">,
  y: Mat<"n_y", "m">,
  parameters: OneToOneParameters,
): {
  readonly total: number;
  readonly yhat: Mat<"n_y", "m">;
  readonly gradients: { readonly dW: Mat<"n_y", "n_x">; readonly db: Mat<"n_y", "1"> };
} {
  requireRecord("oneToOneLossAndGradients", "parameters", parameters);
  const { W, b } = parameters;
  checkShapes("oneToOneLossAndGradients", {
    x: [x, "n_x", "m"],
    y: [y, "n_y", "m"],
    W: [W, "n_y", "n_x"],
    b: [b, "n_y", "1"],
  });
  const z = W.dot(x).add(b); // z = W x + b
  const loss = softmaxCrossEntropy(Sequence.of([z]), Sequence.of([y]));
  const dz = loss.dz.at(1);
  return {
    total: loss.total,
    yhat: softmax(z),
    gradients: { dW: dz.dot(x.T), db: dz.sumColumns() }, // dW = dz xᵀ, db = Σ_i dz⁽ⁱ⁾
  };
}

/**
 * One to many with teacher forcing: the inputs are x⟨1⟩, y⟨1⟩, …, y⟨T_y−1⟩.
 *
 * @param x_1 - the first input, (n_x, m)
 * @param y - one-hot labels, (n_y, m) at each step, n_y = n_x
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - Wax, Waa, Wya, ba, by
 * @param mask - 1 where an example has a label, 0 where it is padding, (1, m); all 1 when left out
 * @returns total and perStep in nats (see `softmaxCrossEntropy`), the states, the predictions and
 *   the gradients
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function oneToManyLossAndGradients(
  x_1: Mat<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  mask?: Sequence<"1", "m">,
): RnnLossAndGradients {
  checkMask("oneToManyLossAndGradients", mask, "y", y);
  requireMat("oneToManyLossAndGradients", "x_1", x_1);
  return rnnLossAndGradients(delayed(y, x_1, mask), y, a_0, parameters, mask);
}

/** Which state a many-to-one network answers from. */
export interface ReadOptions {
  /** "last": each example's last valid state; "mean": the mean of its valid states. */
  readonly read?: "last" | "mean";
  /** 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out. */
  readonly mask?: Sequence<"1", "m">;
}

/** The result of {@link manyToOneLossAndGradients}. */
export interface ManyToOneLossAndGradients {
  /** The mean cross-entropy over the examples, in nats. */
  readonly total: number;
  /** ŷ, (n_y, m). */
  readonly yhat: Mat<"n_y", "m">;
  /** The states, (n_a, m) at each step; padded steps keep the one before. */
  readonly a: Sequence<"n_a", "m">;
  readonly gradients: RnnGradients;
}

/**
 * Many to one: the answer is read from h = Σ_t w⟨t⟩ ∗ a⟨t⟩, where the weights w⟨t⟩ pick each
 * example's last valid state or take the mean of its valid states; ŷ = softmax(Wya h + by).
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param y - one-hot labels, (n_y, m)
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - Wax, Waa, Wya, ba, by
 * @param options - which states are read, and the mask
 * @returns the loss in nats, ŷ, (n_y, m), the states, (n_a, m) at each step, and the gradients
 * @throws ShapeError, OutOfRangeError when shapes do not fit or an example has no step
 */
export function manyToOneLossAndGradients(
  x: Sequence<"n_x", "m">,
  y: Mat<"n_y", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  options: ReadOptions = {},
): ManyToOneLossAndGradients {
  requireSequences("manyToOneLossAndGradients", { x });
  requireOptions("manyToOneLossAndGradients", options, ["read", "mask"]);
  const { read = "last", mask = allValid(x) } = options;
  requireName("manyToOneLossAndGradients", "read", read, ["last", "mean"]);
  checkMask("manyToOneLossAndGradients", mask, "x", x);
  const w = read === "last" ? lastStepWeights(mask) : meanWeights(mask);
  const { a, caches } = rnnForward(x, a_0, parameters, rnnCellScores, mask);

  let h = Mat.zeros<"n_a", "m">(a.rows, a.cols);
  for (let t = 1; t <= a.T_x; t++) h = h.add(a.at(t).times(w.at(t))); // h = Σ_t w⟨t⟩ ∗ a⟨t⟩
  const z = parameters.Wya.dot(h).add(parameters.by); //                 z = Wya h + by
  const output = outputLossAndGradients(
    Sequence.of([z]),
    Sequence.of([y]),
    Sequence.of([h]),
    parameters,
  );
  const dh = output.da.at(1);
  const { dWax, dWaa, dba } = rnnBackward(
    w.map((w_t) => dh.times(w_t)), // da⟨t⟩ = w⟨t⟩ ∗ dh
    caches,
  );
  const { total, yhat, dWya, dby } = output;
  return { total, yhat: yhat.at(1), a, gradients: { dWax, dWaa, dWya, dba, dby } };
}

/** The masks of {@link encodeDecodeLossAndGradients}. */
export interface EncodeDecodeMasks {
  /** 1 where an example has an input, 0 where it is padding, (1, m); all 1 when left out. */
  readonly input?: Sequence<"1", "m">;
  /** 1 where an example has a label, 0 where it is padding, (1, m); all 1 when left out. */
  readonly output?: Sequence<"1", "m">;
}

/** The result of {@link encodeDecodeLossAndGradients}. */
export interface EncodeDecodeLossAndGradients {
  /** L = Σ_t L⟨t⟩, in nats. */
  readonly total: number;
  /** L⟨t⟩ in nats, (1, T_y). */
  readonly perStep: Mat<"1", "T_y">;
  /** The predictions ŷ⟨t⟩ under teacher forcing, (n_y, m) each; zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
  readonly gradients: { readonly encoder: RnnGradients; readonly decoder: RnnGradients };
}

/**
 * Encoder and decoder with teacher forcing: the decoder starts from the encoder's last valid state
 * and its inputs are y⟨0⟩, y⟨1⟩, …, y⟨T_y−1⟩. The gradient goes back through the decoder into its
 * first state and from there through the encoder.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param y - one-hot labels, (n_y, m) at each step
 * @param a_0 - the encoder's state before the first step, (n_a, m)
 * @param parameters - those of the encoder and of the decoder
 * @param y_0 - the decoder's first input, such as a one-hot start symbol, (n_y, m)
 * @param masks - what is padding among the inputs and among the labels
 * @returns the gradient of the encoder's Wya and by is zero: its outputs play no part
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps do not fit
 */
export function encodeDecodeLossAndGradients(
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: EncoderDecoderParameters,
  y_0: Mat<"n_y", "m">,
  masks: EncodeDecodeMasks = {},
): EncodeDecodeLossAndGradients {
  requireSequences("encodeDecodeLossAndGradients", { x, y });
  requireRecord("encodeDecodeLossAndGradients", "parameters", parameters);
  requireOptions("encodeDecodeLossAndGradients", masks, ["input", "output"], "masks");
  const { encoder, decoder } = parameters;
  requireMat("encodeDecodeLossAndGradients", "a_0", a_0);
  requireMat("encodeDecodeLossAndGradients", "y_0", y_0);
  requireRecord("encodeDecodeLossAndGradients", "parameters.encoder", encoder);
  requireRecord("encodeDecodeLossAndGradients", "parameters.decoder", decoder);
  const { input: inputMask = allValid(x) } = masks;
  checkMask("encodeDecodeLossAndGradients", inputMask, "x", x);
  checkMask("encodeDecodeLossAndGradients", masks.output, "y", y);
  const w = lastStepWeights(inputMask);

  const encoded = rnnForward(x, a_0, encoder, rnnCellScores, inputMask);
  let s_0 = Mat.zeros<"n_a", "m">(a_0.rows, a_0.cols);
  for (let t = 1; t <= x.T_x; t++) s_0 = s_0.add(encoded.a.at(t).times(w.at(t))); // s⟨0⟩ = a⟨T_x⟩
  const decoded = rnnForward(
    delayed(y, y_0, masks.output),
    s_0,
    decoder,
    rnnCellScores,
    masks.output,
  );
  const { a: s, yhat: z, caches } = decoded;
  const { da, dWya, dby, ...loss } = outputLossAndGradients(z, y, s, decoder, masks.output);

  const back = rnnBackward(da, caches);
  const ds_0 = back.da_0;
  const encoderBack = rnnBackward(
    w.map((w_t) => ds_0.times(w_t)), // da⟨T_x⟩ = ds⟨0⟩, nothing at other steps
    encoded.caches,
  );
  return {
    ...loss,
    gradients: {
      encoder: {
        dWax: encoderBack.dWax,
        dWaa: encoderBack.dWaa,
        dWya: Mat.zeros(encoder.Wya.rows, encoder.Wya.cols),
        dba: encoderBack.dba,
        dby: Mat.zeros(encoder.by.rows, 1),
      },
      decoder: {
        dWax: back.dWax,
        dWaa: back.dWaa,
        dWya,
        dba: back.dba,
        dby,
      },
    },
  };
}
