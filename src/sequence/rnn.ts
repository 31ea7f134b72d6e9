/**
 * The RNN over a whole sequence: unrolled forward, and backpropagation through time (BPTT).
 *
 * One set of parameters serves all steps, so that their gradients are sums over the steps.
 */
import {
  type RnnCache,
  type RnnCell,
  type RnnCellBackward,
  rnnCellBackward,
  type RnnCellGradients,
  rnnCellForward,
  type RnnGradients,
  type RnnParameters,
  type RnnStep,
} from "../cells/rnn.js";
import { OutOfRangeError } from "../core/errors.js";
import type { SequenceLoss } from "../losses.js";
import { inWords, requireFunction } from "../core/arguments.js";
import { Mat, requireMat } from "../core/matrix.js";
import { checkMask } from "../notation/padding.js";
import { requireSequences } from "../notation/requireSequence.js";
import { Sequence } from "../notation/sequence.js";
import { sumOf } from "../core/sums.js";
import { maskedStep, maskedStepBackward } from "./masks.js";
import { outputLossAndGradients } from "./outputLayer.js";
import { collect, requireCaches, unroll, unrollBackward, zeroGradients } from "./unroll.js";

/** The result of {@link rnnForward}. */
export interface RnnForward {
  /** The states a⟨1⟩, …, a⟨T_x⟩, (n_a, m) each; padded steps keep the one before. */
  readonly a: Sequence<"n_a", "m">;
  /** The predictions ŷ⟨1⟩, …, ŷ⟨T_x⟩, (n_y, m) each; zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
  /**
   * What each step's backward pass needs, step 1 first: x⟨t⟩ and the parameters themselves, no copies, so that what is
   * changed in their `data` before {@link rnnBackward} changes its gradients.
   */
  readonly caches: readonly RnnCache[];
}

/** The result of {@link rnnBackward}. */
export interface RnnBackward {
  /** ∂L/∂x⟨t⟩, (n_x, m) each. */
  readonly dx: Sequence<"n_x", "m">;
  /** ∂L/∂a⟨0⟩, (n_a, m). */
  readonly da_0: Mat<"n_a", "m">;
  /** ∂L/∂Wax, (n_a, n_x). */
  readonly dWax: Mat<"n_a", "n_x">;
  /** ∂L/∂Waa, (n_a, n_a). */
  readonly dWaa: Mat<"n_a", "n_a">;
  /** ∂L/∂ba, (n_a, 1). */
  readonly dba: Mat<"n_a", "1">;
}

/**
 * Runs the cell over all steps: a⟨t⟩, ŷ⟨t⟩ = cell(x⟨t⟩, a⟨t−1⟩) for t = 1, …, T_x. With a mask,
 * padded steps keep the state as it is and have ŷ⟨t⟩ = 0.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param a_0 - the state before the first step, a⟨0⟩ (most often zeros), (n_a, m)
 * @param parameters - Wax, Waa, Wya, ba, by, the same at every step
 * @param cell - the step; the library's own unless said
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns a⟨t⟩, (n_a, m), and ŷ⟨t⟩, (n_y, m), at each step, and the steps' caches
 * @throws ShapeError that names both shapes when they do not fit; OutOfRangeError when the mask has
 *   another number of steps
 */
export function rnnForward(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  cell: RnnCell = rnnCellForward,
  mask?: Sequence<"1", "m">,
): RnnForward {
  checkMask("rnnForward", mask, "x", x);
  requireMat("rnnForward", "a_0", a_0);
  requireFunction("rnnForward", "cell", cell);
  const steps = unroll<RnnStep>(x.T_x, (t, before) => {
    const a_prev = before?.a_next ?? a_0;
    const step = (x_t: Mat<"n_x", "m">): RnnStep => cell(x_t, a_prev, parameters); // a⟨t⟩, ŷ⟨t⟩ = cell(x⟨t⟩, a⟨t−1⟩)
    return maskedStep(step, x.at(t), { a_next: a_prev }, mask?.at(t));
  });
  return collect(steps);
}

/**
 * Backpropagation through time: the gradients of all that went into the states.
 *
 * ∂L/∂a⟨t⟩ has two parts: da⟨t⟩ from step t's own output, and what step t + 1 carries back through
 * the state. The parameters' gradients add up over the steps.
 *
 * @param da - each step's own part of ∂L/∂a⟨t⟩ (see `outputBackward`), (n_a, m) at each step
 * @param caches - what {@link rnnForward} returned, step 1 first; they hold the mask
 * @param cellBackward - the step backwards; the library's own unless said
 * @returns ∂L/∂x⟨t⟩, (n_x, m) at each step, ∂L/∂a⟨0⟩, (n_a, m), and the parameters' gradients
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function rnnBackward(
  da: Sequence<"n_a", "m">,
  caches: readonly RnnCache[],
  cellBackward: RnnCellBackward = rnnCellBackward,
): RnnBackward {
  requireSequences("rnnBackward", { da });
  requireCaches("rnnBackward", { da }, caches);
  const nothing = Mat.zeros<"n_a", "m">(da.rows, da.cols); // comes back from behind step T_x
  const { dx, first, sums } = unrollBackward(
    "rnnBackward",
    da.T_x,
    zeroGradients("rnnBackward", caches[0]!.parameters, ["Wax", "Waa", "ba"]),
    (t, after?: RnnCellGradients) => {
      const da_next = da.at(t).add(after?.da_prev ?? nothing); // ∂L/∂a⟨t⟩ = da⟨t⟩ + what step t + 1 carries back
      return maskedStepBackward(
        (into, cache) => cellBackward(into.da_next, cache),
        { da_next },
        caches[t - 1]!,
      );
    },
  );
  return { dx, da_0: first.da_prev, ...sums };
}

/**
 * Truncated backpropagation through time: as {@link rnnBackward}, but nothing is carried back from
 * one block of k steps into the block before (blocks are 1 … k, k + 1 … 2k, and so on).
 *
 * The forward pass is whole; only the gradient forgets. With k ≥ T_x it is the full gradient.
 *
 * @param da - each step's own part of ∂L/∂a⟨t⟩, (n_a, m) at each step
 * @param caches - what {@link rnnForward} returned, step 1 first
 * @param k - steps in a block, at least 1
 * @param cellBackward - the step backwards; the library's own unless said
 * @returns as {@link rnnBackward}, the gradients without what would have crossed from block to
 *   block
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ, or k is less than 1
 */
export function rnnBackwardTruncated(
  da: Sequence<"n_a", "m">,
  caches: readonly RnnCache[],
  k: number,
  cellBackward: RnnCellBackward = rnnCellBackward,
): RnnBackward {
  if (!((Number.isInteger(k) && k >= 1) || k === Infinity)) {
    throw new OutOfRangeError(
      `rnnBackwardTruncated: expected a whole number of steps k of at least 1, got ${inWords(k)}`,
    );
  }
  requireSequences("rnnBackwardTruncated", { da });
  requireCaches("rnnBackwardTruncated", { da }, caches);
  const blocks: RnnBackward[] = [];
  for (let from = 1; from <= da.T_x; from += k) {
    const to = Math.min(from + k - 1, da.T_x);
    blocks.push(rnnBackward(da.slice(from, to), caches.slice(from - 1, to), cellBackward));
  }
  return {
    dx: Sequence.of(blocks.flatMap((block) => Array.from(block.dx))),
    da_0: blocks[0]!.da_0,
    dWax: sumOf(blocks.map((block) => block.dWax)),
    dWaa: sumOf(blocks.map((block) => block.dWaa)),
    dba: sumOf(blocks.map((block) => block.dba)),
  };
}

/** The result of {@link rnnLossAndGradients}. */
export interface RnnLossAndGradients extends Omit<SequenceLoss, "dz"> {
  /** The states, (n_a, m) at each step; padded steps keep the one before. */
  readonly a: Sequence<"n_a", "m">;
  /** The predictions, (n_y, m) at each step; zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
  readonly gradients: RnnGradients;
}

/**
 * The loss of an RNN with an output at every step (softmax and cross-entropy) and its gradients:
 * forward over all steps, loss, and back.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param y - the labels, one-hot, (n_y, m) at each step
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - Wax, Waa, Wya, ba, by
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns total and perStep in nats (see `softmaxCrossEntropy`), the states, the predictions
 *   and the gradients
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function rnnLossAndGradients(
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  mask?: Sequence<"1", "m">,
): RnnLossAndGradients {
  checkMask("rnnLossAndGradients", mask, "x", x);
  const { a, yhat: z, caches } = rnnForward(x, a_0, parameters, rnnCellScores, mask);
  const { da, dWya, dby, ...loss } = outputLossAndGradients(z, y, a, parameters, mask);
  const { dWax, dWaa, dba } = rnnBackward(da, caches);
  return { ...loss, a, gradients: { dWax, dWaa, dWya, dba, dby } };
}

/**
 * The cell without g2: in place of ŷ⟨t⟩ it gives the scores z⟨t⟩ that the loss needs.
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state before, a⟨t−1⟩, (n_a, m)
 * @param parameters - Wax, Waa, Wya, ba, by
 * @returns the cell's step, in which `yhat_t` is z⟨t⟩ = Wya a⟨t⟩ + by, (n_y, m)
 * @throws ShapeError that names both shapes when they do not fit
 */
export function rnnCellScores(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: RnnParameters,
): RnnStep {
  return rnnCellForward(x_t, a_prev, parameters, (z) => z);
}
