/** Which states a network answers from, and what its teacher feeds it: weights and inputs made of masks and labels. */
import { Mat } from "../core/matrix.js";
import { lastValidSteps } from "../notation/padding.js";
import { Sequence } from "../notation/sequence.js";

/** The teacher's inputs: `first`, then y⟨1⟩, …, y⟨T_y−1⟩. */
export function delayed(y: Sequence<"n_y", "m">, first: Mat<string, "m">): Sequence<"n_x", "m"> {
  return Sequence.build(y.T_y, (t) => (t === 1 ? first : y.at(t - 1)) as Mat<string, "m">);
}

/** A mask that covers nothing, (1, m) at each of x's steps. */
export function allValid(x: Sequence<"n_x", "m">): Sequence<"1", "m"> {
  return x.map(() => Mat.filled(1, x.cols, 1));
}

/** w⟨t⟩ = 1 at each example's last valid step, 0 elsewhere. */
export function lastStepWeights(mask: Sequence<"1", "m">): Sequence<"1", "m"> {
  const last = lastValidSteps(mask);
  return mask.map((_, t) => Mat.build(1, mask.cols, (_row, i) => (last[i] === t ? 1 : 0)));
}

/** w⟨t⟩ = 1 / T_x⁽ⁱ⁾ at each example's valid steps, 0 elsewhere. */
export function meanWeights(mask: Sequence<"1", "m">): Sequence<"1", "m"> {
  const last = lastValidSteps(mask);
  return mask.map((mask_t) => mask_t.map((valid, _row, i) => valid / last[i]!));
}

/** Zeros at padded steps. */
export function masked<R extends string>(
  sequence: Sequence<R, "m">,
  mask: Sequence<"1", "m"> | undefined,
): Sequence<R, "m"> {
  return mask === undefined ? sequence : sequence.map((step, t) => step.times(mask.at(t)));
}
