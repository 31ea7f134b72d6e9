/**
 * Padding in a batch of unequal sequences, forward and on the way back, for every cell: where an
 * example has no step, its state (an LSTM's memory too) stays as it is, it predicts zeros, and
 * nothing of the gradient enters the cell; what flows into the state flows on to the state before.
 *
 *   a⟨t⟩ = cell(…) where mask⟨t⟩ = 1, a⟨t−1⟩ where mask⟨t⟩ = 0
 *   da⟨t−1⟩ = what the cell carries back where mask⟨t⟩ = 1, da⟨t⟩ where mask⟨t⟩ = 0
 *
 * So each example, wherever its padding stands, is what it would be without it. A masked step's cache
 * holds its mask, so that the way back is the same function's as without one.
 */
import type { PaddedStep } from "../cells/paddedStep.js";
import { requireFunction, requireRecord } from "../core/arguments.js";
import { Mat } from "../core/matrix.js";
import { lastValidSteps, selectValid } from "../notation/padding.js";
import { Sequence } from "../notation/sequence.js";
import { unroll } from "./unroll.js";

/** The states that a step hands on: an LSTM has a memory beside the state. */
interface States {
  /** a⟨t⟩, (n_a, m). */
  readonly a_next: Mat<"n_a", "m">;
  /** c⟨t⟩, (n_a, m). */
  readonly c_next?: Mat<"n_a", "m"> | undefined;
}

/** What a cell gives at each step. */
interface Step extends States {
  readonly yhat_t: Mat<"n_y", "m">;
  readonly cache: PaddedStep;
}

/** What comes back into the states that a step handed on. */
interface IntoStates {
  /** ∂L/∂a⟨t⟩, (n_a, m). */
  readonly da_next: Mat<"n_a", "m">;
  /** ∂L/∂c⟨t⟩, (n_a, m). */
  readonly dc_next?: Mat<"n_a", "m"> | undefined;
}

/** What a cell's step back gives, beside its parameters' gradients. */
interface StepGradients {
  readonly dx_t: Mat<"n_x", "m">;
  readonly da_prev: Mat<"n_a", "m">;
  readonly dc_prev?: Mat<"n_a", "m"> | undefined;
}

/**
 * One step forward of a batch in which some examples are padded.
 *
 * @param cell - the step from x⟨t⟩: any cell, which learns nothing of the mask
 * @param x_t - the inputs, (n_x, m); what stands at padded examples is not read
 * @param before - the states before, a⟨t−1⟩ (and c⟨t−1⟩), under the names of those that follow them
 * @param mask_t - 1 where an example has this step, 0 where it is padding, (1, m); undefined: all have it
 * @returns the cell's step; at padded examples the states before and ŷ⟨t⟩ = 0; the cache holds the mask
 * @throws ShapeError that names both shapes when they do not fit; OutOfRangeError when cell is no function, or before
 *   no object
 */
export function maskedStep<S extends Step>(
  cell: (x_t: Mat<"n_x", "m">) => S,
  x_t: Mat<"n_x", "m">,
  before: Pick<S, keyof States & keyof S>,
  mask_t: Mat<"1", "m"> | undefined,
): S {
  requireFunction("maskedStep", "cell", cell);
  if (mask_t === undefined) return cell(x_t);
  requireRecord("maskedStep", "before", before);
  const { a_next: a_prev, c_next: c_prev }: States = before;
  const step = cell(selectValid(mask_t, x_t));
  requireRecord("cell", "what it returns", step);
  return {
    ...step,
    a_next: selectValid(mask_t, step.a_next, a_prev), // a⟨t⟩ where valid, a⟨t−1⟩ where padded
    ...(step.c_next && { c_next: selectValid(mask_t, step.c_next, c_prev) }), // c⟨t⟩, c⟨t−1⟩
    yhat_t: selectValid(mask_t, step.yhat_t), //         ŷ⟨t⟩ where valid, 0 where padded
    cache: { ...step.cache, mask_t },
  };
}

/**
 * One step back: through {@link maskedStep} where the cache holds a mask, else through the cell.
 *
 * @param cellBackward - the cell's step back, which learns nothing of the mask
 * @param into - ∂L/∂a⟨t⟩ (and ∂L/∂c⟨t⟩), (n_a, m)
 * @param cache - what the step forward returned
 * @returns the cell's gradients; at padded examples dx⟨t⟩ = 0, da⟨t−1⟩ = da⟨t⟩ (and dc⟨t−1⟩ = dc⟨t⟩)
 * @throws ShapeError that names both shapes when they do not fit; OutOfRangeError when cellBackward is no function, or
 *   into or cache no object
 */
export function maskedStepBackward<
  Cache extends PaddedStep,
  Into extends IntoStates,
  Gradients extends StepGradients,
>(cellBackward: (into: Into, cache: Cache) => Gradients, into: Into, cache: Cache): Gradients {
  requireFunction("maskedStepBackward", "cellBackward", cellBackward);
  requireRecord("maskedStepBackward", "into", into);
  requireRecord("maskedStepBackward", "cache", cache);
  const { mask_t, ...rest } = cache;
  if (mask_t === undefined) return cellBackward(into, cache);
  const whole = rest as unknown as Cache; // a cache without the mask, which is optional
  const { da_next, dc_next } = into;
  const entering = {
    da_next: selectValid(mask_t, da_next), // 0 where padded: dW gets no part
    ...(dc_next && { dc_next: selectValid(mask_t, dc_next) }),
  } as Into;
  const step = cellBackward(entering, whole);
  requireRecord("cellBackward", "what it returns", step);
  return {
    ...step,
    dx_t: selectValid(mask_t, step.dx_t),
    da_prev: selectValid(mask_t, step.da_prev, da_next),
    ...(step.dc_prev && { dc_prev: selectValid(mask_t, step.dc_prev, dc_next) }),
  };
}

/**
 * A sequence that stands still at padded steps: each repeats the step before.
 *
 * @param sequence - (R, m) a step; what stands at padded steps is not read
 * @param first - what stands before the first step, (R, m)
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) a step; none changes nothing
 * @returns the sequence, at padded steps with what the step before holds
 * @throws ShapeError when the mask does not have one row and the sequence's examples
 */
export function held<R extends string>(
  sequence: Sequence<R, "m">,
  first: Mat<R, "m">,
  mask: Sequence<"1", "m"> | undefined,
): Sequence<R, "m"> {
  if (mask === undefined) return sequence;
  const steps = unroll<Mat<R, "m">>(sequence.T_x, (t, before = first) =>
    selectValid(mask.at(t), sequence.at(t), before),
  );
  return Sequence.of(steps);
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
 * w⟨t⟩ = 1 / T_x⁽ⁱ⁾ at each example's T_x⁽ⁱ⁾ valid steps, 0 elsewhere.
 *
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) a step
 * @returns the weights, (1, m) a step
 * @throws OutOfRangeError when an example has no valid step at all
 */
export function meanWeights(mask: Sequence<"1", "m">): Sequence<"1", "m"> {
  const T_x = lastValidSteps(mask).map(
    (_, i) => Array.from(mask).filter((mask_t) => mask_t.get(0, i) !== 0).length,
  );
  return mask.map((mask_t) => mask_t.map((valid, _row, i) => (valid === 0 ? 0 : 1 / T_x[i]!)));
}
