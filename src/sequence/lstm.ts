/** The LSTM over a whole sequence: unrolled forward, and backpropagation through time (BPTT). */
import {
  type LstmCache,
  type LstmCell,
  type LstmCellBackward,
  lstmCellBackward,
  lstmCellForward,
  type LstmCellGradients,
  type LstmParameters,
  type LstmStep,
} from "../cells/lstm.js";
import type { SequenceLoss } from "../losses.js";
import { requireFunction, requireOptions } from "../core/arguments.js";
import { Mat, requireMat } from "../core/matrix.js";
import { checkMask } from "../notation/padding.js";
import { requireSequences } from "../notation/requireSequence.js";
import { Sequence } from "../notation/sequence.js";
import type { GradientsOf } from "../core/parameterSet.js";
import { maskedStep, maskedStepBackward } from "./masks.js";
import { outputLossAndGradients } from "./outputLayer.js";
import { collect, requireCaches, unroll, unrollBackward, zeroGradients } from "./unroll.js";

/** The result of {@link lstmForward}. */
export interface LstmForward {
  /** The states a⟨1⟩, …, a⟨T_x⟩, (n_a, m) each; padded steps keep the one before. */
  readonly a: Sequence<"n_a", "m">;
  /** The memories c⟨1⟩, …, c⟨T_x⟩, (n_a, m) each; padded steps keep the one before. */
  readonly c: Sequence<"n_a", "m">;
  /** The predictions ŷ⟨1⟩, …, ŷ⟨T_x⟩, (n_y, m) each; zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
  /** What each step's backward pass needs, its gates among it, step 1 first. */
  readonly caches: readonly LstmCache[];
}

/** The result of {@link lstmBackward}. */
export interface LstmBackward extends Omit<LstmCellGradients, "dx_t" | "da_prev" | "dc_prev"> {
  /** ∂L/∂x⟨t⟩, (n_x, m) each. */
  readonly dx: Sequence<"n_x", "m">;
  /** ∂L/∂a⟨0⟩, (n_a, m). */
  readonly da_0: Mat<"n_a", "m">;
  /** ∂L/∂c⟨0⟩, (n_a, m). */
  readonly dc_0: Mat<"n_a", "m">;
}

/** What {@link lstmForward} can be told. */
export interface LstmOptions {
  /** The memory before the first step, c⟨0⟩, (n_a, m); zeros unless said. */
  readonly c_0?: Mat<"n_a", "m"> | undefined;
  /** The step; the library's own unless said. */
  readonly cell?: LstmCell;
  /** 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out. */
  readonly mask?: Sequence<"1", "m"> | undefined;
}

/**
 * Runs the cell over all steps: a⟨t⟩, c⟨t⟩, ŷ⟨t⟩ = cell(x⟨t⟩, a⟨t−1⟩, c⟨t−1⟩) for t = 1, …, T_x.
 * With a mask, padded steps keep the state and the memory as they are and have ŷ⟨t⟩ = 0.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param a_0 - the state before the first step, a⟨0⟩ (most often zeros), (n_a, m)
 * @param parameters - Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by, the same at every step
 * @param options - c⟨0⟩, the cell and the mask
 * @returns a⟨t⟩ and c⟨t⟩, (n_a, m), and ŷ⟨t⟩, (n_y, m), at each step, and the steps' caches
 * @throws ShapeError that names both shapes when they do not fit; OutOfRangeError when the mask has
 *   another number of steps
 */
export function lstmForward(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: LstmParameters,
  options: LstmOptions = {},
): LstmForward {
  requireOptions("lstmForward", options, ["c_0", "cell", "mask"]);
  const { mask } = options;
  checkMask("lstmForward", mask, "x", x);
  requireMat("lstmForward", "a_0", a_0);
  const { c_0 = Mat.zeros<"n_a", "m">(a_0.rows, a_0.cols), cell = lstmCellForward } = options;
  requireFunction("lstmForward", "cell", cell);
  const steps = unroll<LstmStep>(x.T_x, (t, before) => {
    const { a_next: a_prev, c_next: c_prev } = before ?? { a_next: a_0, c_next: c_0 };
    const step = (x_t: Mat<"n_x", "m">): LstmStep => cell(x_t, a_prev, c_prev, parameters); // a⟨t⟩, c⟨t⟩, ŷ⟨t⟩ = cell(x⟨t⟩, a⟨t−1⟩, c⟨t−1⟩)
    return maskedStep(step, x.at(t), { a_next: a_prev, c_next: c_prev }, mask?.at(t));
  });
  return { ...collect(steps), c: Sequence.of(steps.map(({ c_next }) => c_next)) };
}

/**
 * Backpropagation through time: the gradients of all that went into the states. Two things come
 * back from step t + 1: ∂L/∂a⟨t⟩'s part and ∂L/∂c⟨t⟩'s.
 *
 * @param da - each step's own part of ∂L/∂a⟨t⟩ (see `outputBackward`), (n_a, m) at each step
 * @param caches - what {@link lstmForward} returned, step 1 first; they hold the mask
 * @param cellBackward - the step backwards; the library's own unless said
 * @returns ∂L/∂x⟨t⟩, (n_x, m) at each step, ∂L/∂a⟨0⟩ and ∂L/∂c⟨0⟩, (n_a, m), and the parameters'
 *   gradients
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function lstmBackward(
  da: Sequence<"n_a", "m">,
  caches: readonly LstmCache[],
  cellBackward: LstmCellBackward = lstmCellBackward,
): LstmBackward {
  requireSequences("lstmBackward", { da });
  requireCaches("lstmBackward", { da }, caches);
  const nothing = Mat.zeros<"n_a", "m">(da.rows, da.cols); // comes back from behind step T_x
  const { dx, first, sums } = unrollBackward(
    "lstmBackward",
    da.T_x,
    zeroGradients("lstmBackward", caches[0]!.parameters, [
      "Wf",
      "Wu",
      "Wc",
      "Wo",
      "bf",
      "bu",
      "bc",
      "bo",
    ]),
    (t, after?: LstmCellGradients) => {
      const da_next = da.at(t).add(after?.da_prev ?? nothing); // ∂L/∂a⟨t⟩ = da⟨t⟩ + what step t + 1 carries back
      const dc_next = after?.dc_prev ?? nothing;
      return maskedStepBackward(
        (into, cache) => cellBackward(into.da_next, into.dc_next, cache),
        { da_next, dc_next },
        caches[t - 1]!,
      );
    },
  );
  return { dx, da_0: first.da_prev, dc_0: first.dc_prev, ...sums };
}

/** The result of {@link lstmLossAndGradients}. */
export interface LstmLossAndGradients extends Omit<SequenceLoss, "dz"> {
  /** The states, (n_a, m) at each step; padded steps keep the one before. */
  readonly a: Sequence<"n_a", "m">;
  /** The memories, (n_a, m) at each step; padded steps keep the one before. */
  readonly c: Sequence<"n_a", "m">;
  /** The predictions, (n_y, m) at each step; zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
  readonly gradients: GradientsOf<LstmParameters>;
}

/**
 * The loss of an LSTM with an output at every step (softmax and cross-entropy) and its gradients.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param y - the labels, one-hot, (n_y, m) at each step
 * @param a_0 - the state before the first step, (n_a, m)
 * @param parameters - Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @param c_0 - the memory before the first step, (n_a, m); zeros when left out
 * @returns total and perStep in nats (see `softmaxCrossEntropy`), the states, the memories, the
 *   predictions and the gradients
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function lstmLossAndGradients(
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: LstmParameters,
  mask?: Sequence<"1", "m">,
  c_0?: Mat<"n_a", "m">,
): LstmLossAndGradients {
  checkMask("lstmLossAndGradients", mask, "x", x);
  const options = { c_0, cell: lstmCellScores, mask };
  const { a, c, yhat: z, caches } = lstmForward(x, a_0, parameters, options);
  const { da, dWya, dby, ...loss } = outputLossAndGradients(z, y, a, parameters, mask);
  const { dWf, dWu, dWc, dWo, dbf, dbu, dbc, dbo } = lstmBackward(da, caches);
  return {
    ...loss,
    a,
    c,
    gradients: { dWf, dWu, dWc, dWo, dbf, dbu, dbc, dbo, dWya, dby },
  };
}

/**
 * The cell without g2: in place of ŷ⟨t⟩ it gives the scores z⟨t⟩ that the loss needs.
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state before, a⟨t−1⟩, (n_a, m)
 * @param c_prev - the memory before, c⟨t−1⟩, (n_a, m)
 * @param parameters - Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by
 * @returns the cell's step, in which `yhat_t` is z⟨t⟩ = Wya a⟨t⟩ + by, (n_y, m)
 * @throws ShapeError that names both shapes when they do not fit
 */
export function lstmCellScores(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  c_prev: Mat<"n_a", "m">,
  parameters: LstmParameters,
): LstmStep {
  return lstmCellForward(x_t, a_prev, c_prev, parameters, (z) => z);
}
