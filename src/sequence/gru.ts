/** The GRU over a whole sequence: unrolled forward, and backpropagation through time (BPTT). */
import {
  type GruCache,
  type GruCell,
  type GruCellBackward,
  gruCellBackward,
  gruCellForward,
  type GruCellGradients,
  type GruParameters,
  type GruStep,
} from "../cells/gru.js";
import type { SequenceLoss } from "../losses.js";
import { requireFunction } from "../core/arguments.js";
import { Mat, requireMat } from "../core/matrix.js";
import { checkMask } from "../notation/padding.js";
import { requireSequences } from "../notation/requireSequence.js";
import type { Sequence } from "../notation/sequence.js";
import type { GradientsOf } from "../core/parameterSet.js";
import { maskedStep, maskedStepBackward } from "./masks.js";
import { outputLossAndGradients } from "./outputLayer.js";
import { collect, requireCaches, unroll, unrollBackward, zeroGradients } from "./unroll.js";

/** The result of {@link gruForward}. */
export interface GruForward {
  /** The states a⟨1⟩ = c⟨1⟩, …, a⟨T_x⟩, (n_a, m) each; padded steps keep the one before. */
  readonly a: Sequence<"n_a", "m">;
  /** The predictions ŷ⟨1⟩, …, ŷ⟨T_x⟩, (n_y, m) each; zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
  /** What each step's backward pass needs, its gates among it, step 1 first. */
  readonly caches: readonly GruCache[];
}

/** The result of {@link gruBackward}. */
export interface GruBackward extends Omit<GruCellGradients, "dx_t" | "da_prev"> {
  /** ∂L/∂x⟨t⟩, (n_x, m) each. */
  readonly dx: Sequence<"n_x", "m">;
  /** ∂L/∂a⟨0⟩, (n_a, m). */
  readonly da_0: Mat<"n_a", "m">;
}

/**
 * Runs the cell over all steps: a⟨t⟩, ŷ⟨t⟩ = cell(x⟨t⟩, a⟨t−1⟩) for t = 1, …, T_x. With a mask,
 * padded steps keep the state as it is and have ŷ⟨t⟩ = 0.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param a_0 - the state before the first step, a⟨0⟩ = c⟨0⟩ (most often zeros), (n_a, m)
 * @param parameters - Wu, Wr, Wc, bu, br, bc, Wya, by, the same at every step
 * @param cell - the step; the library's own unless said
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns a⟨t⟩, (n_a, m), and ŷ⟨t⟩, (n_y, m), at each step, and the steps' caches
 * @throws ShapeError that names both shapes when they do not fit; OutOfRangeError when the mask has
 *   another number of steps
 */
export function gruForward(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: GruParameters,
  cell: GruCell = gruCellForward,
  mask?: Sequence<"1", "m">,
): GruForward {
  checkMask("gruForward", mask, "x", x);
  requireMat("gruForward", "a_0", a_0);
  requireFunction("gruForward", "cell", cell);
  const steps = unroll<GruStep>(x.T_x, (t, before) => {
    const a_prev = before?.a_next ?? a_0;
    const step = (x_t: Mat<"n_x", "m">): GruStep => cell(x_t, a_prev, parameters); // a⟨t⟩, ŷ⟨t⟩ = cell(x⟨t⟩, a⟨t−1⟩)
    return maskedStep(step, x.at(t), { a_next: a_prev }, mask?.at(t));
  });
  return collect(steps);
}

/**
 * Backpropagation through time: the gradients of all that went into the states.
 *
 * @param da - each step's own part of ∂L/∂a⟨t⟩ (see `outputBackward`), (n_a, m) at each step
 * @param caches - what {@link gruForward} returned, step 1 first; they hold the mask
 * @param cellBackward - the step backwards; the library's own unless said
 * @returns ∂L/∂x⟨t⟩, (n_x, m) at each step, ∂L/∂a⟨0⟩, (n_a, m), and the parameters' gradients
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function gruBackward(
  da: Sequence<"n_a", "m">,
  caches: readonly GruCache[],
  cellBackward: GruCellBackward = gruCellBackward,
): GruBackward {
  requireSequences("gruBackward", { da });
  requireCaches("gruBackward", { da }, caches);
  const nothing = Mat.zeros<"n_a", "m">(da.rows, da.cols); // comes back from behind step T_x
  const { dx, first, sums } = unrollBackward(
    "gruBackward",
    da.T_x,
    zeroGradients("gruBackward", caches[0]!.parameters, ["Wu", "Wr", "Wc", "bu", "br", "bc"]),
    (t, after?: GruCellGradients) => {
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

/** The result of {@link gruLossAndGradients}. */
export interface GruLossAndGradients extends Omit<SequenceLoss, "dz"> {
  /** The states, (n_a, m) at each step; padded steps keep the one before. */
  readonly a: Sequence<"n_a", "m">;
  /** The predictions, (n_y, m) at each step; zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
  readonly gradients: GradientsOf<GruParameters>;
}

/**
 * The loss of a GRU with an output at every step (softmax and cross-entropy) and its gradients.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param y - the labels, one-hot, (n_y, m) at each step
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - Wu, Wr, Wc, bu, br, bc, Wya, by
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns total and perStep in nats (see `softmaxCrossEntropy`), the states, the predictions and
 *   the gradients
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function gruLossAndGradients(
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: GruParameters,
  mask?: Sequence<"1", "m">,
): GruLossAndGradients {
  checkMask("gruLossAndGradients", mask, "x", x);
  const { a, yhat: z, caches } = gruForward(x, a_0, parameters, gruCellScores, mask);
  const { da, dWya, dby, ...loss } = outputLossAndGradients(z, y, a, parameters, mask);
  const { dWu, dWr, dWc, dbu, dbr, dbc } = gruBackward(da, caches);
  return { ...loss, a, gradients: { dWu, dWr, dWc, dbu, dbr, dbc, dWya, dby } };
}

/**
 * The cell without g2: in place of ŷ⟨t⟩ it gives the scores z⟨t⟩ that the loss needs.
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state before, a⟨t−1⟩ = c⟨t−1⟩, (n_a, m)
 * @param parameters - Wu, Wr, Wc, bu, br, bc, Wya, by
 * @returns the cell's step, in which `yhat_t` is z⟨t⟩ = Wya a⟨t⟩ + by, (n_y, m)
 * @throws ShapeError that names both shapes when they do not fit
 */
export function gruCellScores(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: GruParameters,
): GruStep {
  return gruCellForward(x_t, a_prev, parameters, (z) => z);
}
