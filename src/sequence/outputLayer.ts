/**
 * The output layer z⟨t⟩ = Wya a⟨t⟩ + by, ŷ⟨t⟩ = softmax(z⟨t⟩) over all steps: the same for every
 * kind of network, whatever its states are made of.
 */
import { requireRecord } from "../core/arguments.js";
import { softmax } from "../core/activations.js";
import { type SequenceLoss, softmaxCrossEntropy } from "../losses.js";
import { checkShapes, type Mat } from "../core/matrix.js";
import { checkMask, checkSteps, masked } from "../notation/padding.js";
import { requireSequences } from "../notation/requireSequence.js";
import type { Sequence } from "../notation/sequence.js";
import { sumOf } from "../core/sums.js";

/** From the state to the output; A names the state's rows. */
export interface OutputParameters<A extends string = "n_a"> {
  /** From the state to the output, (n_y, n_a). */
  readonly Wya: Mat<"n_y", A>;
  /** The output's bias, (n_y, 1). */
  readonly by: Mat<"n_y", "1">;
}

/** The gradients of {@link OutputParameters}. */
export interface OutputGradients<A extends string = "n_a"> {
  /** ∂L/∂Wya, (n_y, n_a). */
  readonly dWya: Mat<"n_y", A>;
  /** ∂L/∂by, (n_y, 1). */
  readonly dby: Mat<"n_y", "1">;
}

/**
 * The scores at every step, z⟨t⟩ = Wya a⟨t⟩ + by.
 *
 * @param a - the states, (n_a, m) at each step
 * @param parameters - Wya, (n_y, n_a), and by, (n_y, 1)
 * @returns z⟨t⟩, (n_y, m) at each step
 * @throws ShapeError that names both shapes when they do not fit
 */
export function outputScores<A extends string>(
  a: Sequence<A, "m">,
  parameters: OutputParameters<A>,
): Sequence<"n_y", "m"> {
  requireSequences("outputScores", { a });
  requireRecord("outputScores", "parameters", parameters);
  const { Wya, by } = parameters;
  checkShapes("outputScores", {
    a: [a.at(1), "n_a", "m"],
    Wya: [Wya, "n_y", "n_a"],
    by: [by, "n_y", "1"],
  });
  return a.map((a_t) => Wya.dot(a_t).add(by)); // z⟨t⟩ = Wya a⟨t⟩ + by
}

/**
 * The predictions at every step, ŷ⟨t⟩ = softmax(z⟨t⟩).
 *
 * @param z - the scores, (n_y, m) at each step
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns ŷ⟨t⟩, (n_y, m) at each step; zeros at padded steps
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps do not fit
 */
export function outputPredictions(
  z: Sequence<"n_y", "m">,
  mask?: Sequence<"1", "m">,
): Sequence<"n_y", "m"> {
  checkMask("outputPredictions", mask, "z", z);
  const yhat = z.map((z_t) => softmax(z_t)); // ŷ⟨t⟩ = softmax(z⟨t⟩)
  return masked(yhat, mask);
}

/** The result of {@link outputBackward}. */
export interface OutputBackward<A extends string = "n_a"> extends OutputGradients<A> {
  /** Each step's own part of ∂L/∂a⟨t⟩, (n_a, m). */
  readonly da: Sequence<A, "m">;
}

/**
 * From the scores back to the states: through z⟨t⟩ = Wya a⟨t⟩ + by at every step.
 *
 * da⟨t⟩ = Wyaᵀ dz⟨t⟩, dWya = Σ_t dz⟨t⟩ a⟨t⟩ᵀ, dby = Σ_t Σ_i dz⟨t⟩⁽ⁱ⁾.
 *
 * @param dz - ∂L/∂z⟨t⟩ (see {@link softmaxCrossEntropy}), (n_y, m) at each step
 * @param a - the states, (n_a, m) at each step
 * @param parameters - Wya is used, (n_y, n_a)
 * @returns da, (n_a, m) at each step; dWya, (n_y, n_a); dby, (n_y, 1)
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function outputBackward<A extends string = "n_a">(
  dz: Sequence<"n_y", "m">,
  a: Sequence<A, "m">,
  parameters: Pick<OutputParameters<A>, "Wya">,
): OutputBackward<A> {
  requireRecord("outputBackward", "parameters", parameters);
  checkSteps("outputBackward", { dz, a });
  const { Wya } = parameters;
  checkShapes("outputBackward", {
    dz: [dz.at(1), "n_y", "m"],
    a: [a.at(1), "n_a", "m"],
    Wya: [Wya, "n_y", "n_a"],
  });
  return {
    da: dz.map((dz_t) => Wya.Tdot(dz_t)), //                               da⟨t⟩ = Wyaᵀ dz⟨t⟩
    dWya: sumOf(Array.from(dz, (dz_t, index) => dz_t.dot(a.at(index + 1).T))), // dWya = Σ_t dz⟨t⟩ a⟨t⟩ᵀ
    dby: sumOf(Array.from(dz, (dz_t) => dz_t.sumColumns())), //           dby = Σ_t Σ_i dz⟨t⟩⁽ⁱ⁾
  };
}

/** The result of {@link outputLossAndGradients}. */
export interface OutputLossAndGradients<A extends string = "n_a">
  extends Omit<SequenceLoss, "dz">, OutputBackward<A> {
  /** The predictions ŷ⟨t⟩ = softmax(z⟨t⟩), (n_y, m) each; zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
}

/**
 * The loss of an output at every step (softmax and cross-entropy), and its gradients by the states
 * and by the output layer's parameters.
 *
 * @param z - the scores, (n_y, m) at each step
 * @param y - the labels, one-hot, (n_y, m) at each step
 * @param a - the states that the scores were made of, (n_a, m) at each step
 * @param parameters - Wya is used, (n_y, n_a)
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @param answered - 1 where the output has a label that counts, 0 elsewhere, (1, m); at every step
 *   unless said, and never where the mask is 0
 * @returns the loss in nats, ŷ⟨t⟩, (n_y, m), ∂L/∂a⟨t⟩, (n_a, m), at each step, dWya and dby
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function outputLossAndGradients<A extends string = "n_a">(
  z: Sequence<"n_y", "m">,
  y: Sequence<"n_y", "m">,
  a: Sequence<A, "m">,
  parameters: Pick<OutputParameters<A>, "Wya">,
  mask?: Sequence<"1", "m">,
  answered?: Sequence<"1", "m">,
): OutputLossAndGradients<A> {
  checkMask("outputLossAndGradients", mask, "z", z);
  checkMask("outputLossAndGradients", answered, "z", z);
  const counted = answered === undefined ? mask : masked(answered, mask);
  const { dz, ...loss } = softmaxCrossEntropy(z, y, counted);
  return {
    ...loss,
    yhat: outputPredictions(z, mask),
    ...outputBackward(dz, a, parameters),
  };
}
