/**
 * Padding in a batch of unequal sequences, forward and on the way back: where an example has no
 * step any more, its state stays as it is, it predicts zeros, and nothing of the gradient enters the
 * cell; what flows into the state flows on to the state before.
 *
 *   a⟨t⟩ = cell(…) where mask⟨t⟩ = 1, a⟨t−1⟩ where mask⟨t⟩ = 0
 *   da⟨t−1⟩ = what the cell carries back where mask⟨t⟩ = 1, da⟨t⟩ where mask⟨t⟩ = 0
 *
 * A masked step's cache holds its mask, so that the way back is the same function's as without one.
 */
import type {
  RnnCache,
  RnnCell,
  RnnCellBackward,
  RnnCellGradients,
  RnnParameters,
  RnnStep,
} from "../cells/rnn.js";
import { Mat } from "../core/matrix.js";
import { lastValidSteps, selectValid } from "../notation/padding.js";
import type { Sequence } from "../notation/sequence.js";

/**
 * One step forward of a batch in which some examples have ended.
 *
 * @param cell - the step: any cell, which learns nothing of the mask
 * @param x_t - the inputs, (n_x, m); what stands at padded examples is not read
 * @param a_prev - the states before, (n_a, m)
 * @param parameters - the cell's
 * @param mask_t - 1 where an example has this step, 0 where it is padding, (1, m)
 * @returns the cell's step, with a⟨t−1⟩ and ŷ⟨t⟩ = 0 at padded examples; the cache holds the mask
 * @throws ShapeError that names both shapes when they do not fit
 */
export function maskedStep(
  cell: RnnCell,
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: RnnParameters,
  mask_t: Mat<"1", "m">,
): RnnStep {
  const { a_next, yhat_t, cache } = cell(selectValid(mask_t, x_t), a_prev, parameters);
  return {
    a_next: selectValid(mask_t, a_next, a_prev), // a⟨t⟩ where valid, a⟨t−1⟩ where padded
    yhat_t: selectValid(mask_t, yhat_t), //         ŷ⟨t⟩ where valid, 0 where padded
    cache: { ...cache, mask_t },
  };
}

/**
 * One step back: through {@link maskedStep} where the cache holds a mask, else through the cell.
 *
 * @param cellBackward - the cell's step back, which learns nothing of the mask
 * @param da_next - ∂L/∂a⟨t⟩, (n_a, m)
 * @param cache - what the step forward returned
 * @returns the cell's gradients; at padded examples dx⟨t⟩ = 0 and da⟨t−1⟩ = da⟨t⟩
 * @throws ShapeError that names both shapes when they do not fit
 */
export function maskedStepBackward(
  cellBackward: RnnCellBackward,
  da_next: Mat<"n_a", "m">,
  cache: RnnCache,
): RnnCellGradients {
  const { mask_t, ...whole } = cache;
  if (mask_t === undefined) return cellBackward(da_next, cache);
  const step = cellBackward(selectValid(mask_t, da_next), whole); // da⟨t⟩ = 0 where padded: dW gets no part
  return {
    ...step,
    dx_t: selectValid(mask_t, step.dx_t),
    da_prev: selectValid(mask_t, step.da_prev, da_next),
  };
}

/**
 * A mask that covers nothing.
 *
 * @param x - the inputs, (n_x, m) a step
 * @returns ones, (1, m) at each of x's steps
 */
export function allValid(x: Sequence<"n_x", "m">): Sequence<"1", "m"> {
  return x.map(() => Mat.filled(1, x.cols, 1));
}

/**
 * w⟨t⟩ = 1 at each example's last valid step, 0 elsewhere.
 *
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) a step
 * @returns the weights, (1, m) a step
 * @throws OutOfRangeError when an example has no step
 */
export function lastStepWeights(mask: Sequence<"1", "m">): Sequence<"1", "m"> {
  const last = lastValidSteps(mask);
  return mask.map((_, t) => Mat.build(1, mask.cols, (_row, i) => (last[i] === t ? 1 : 0)));
}

/**
 * w⟨t⟩ = 1 / T_x⁽ⁱ⁾ at each example's valid steps, 0 elsewhere.
 *
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) a step
 * @returns the weights, (1, m) a step
 * @throws OutOfRangeError when an example has no step
 */
export function meanWeights(mask: Sequence<"1", "m">): Sequence<"1", "m"> {
  const last = lastValidSteps(mask);
  return mask.map((mask_t) => mask_t.map((valid, _row, i) => valid / last[i]!));
}

/**
 * Zeros at padded steps, whatever stood there.
 *
 * @param sequence - what is masked, (R, m) a step
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) a step; none masks nothing
 * @returns the sequence with zeros where the mask is 0
 * @throws ShapeError when the mask does not have one row and the sequence's examples
 */
export function masked<R extends string>(
  sequence: Sequence<R, "m">,
  mask: Sequence<"1", "m"> | undefined,
): Sequence<R, "m"> {
  return mask === undefined ? sequence : sequence.map((step, t) => selectValid(mask.at(t), step));
}
