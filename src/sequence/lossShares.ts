/** Which steps' losses make up the gradient that reaches a state. */
import { rnnCellBackward, type RnnCache } from "../cells/rnn.js";
import { requireRecord } from "../core/arguments.js";
import { type Mat, requireMat } from "../core/matrix.js";
import { requireSequences } from "../notation/requireSequence.js";
import { Sequence } from "../notation/sequence.js";
import { maskedStepBackward } from "./masks.js";
import { requireCaches } from "./unroll.js";

/**
 * Splits ∂L/∂a⟨t⟩ by the loss that it comes from: ∂L/∂a⟨t⟩ = Σ_{s ≥ t} ∂L⟨s⟩/∂a⟨t⟩.
 *
 * L⟨s⟩ enters at step s, ∂L⟨s⟩/∂a⟨s⟩ = Wyaᵀ dz⟨s⟩, and every step further back multiplies it by
 * Waaᵀ diag(1 − a²). One backward pass for each s.
 *
 * @param dz - ∂L/∂z⟨t⟩ (see softmaxCrossEntropy), (n_y, m) at each step
 * @param caches - what rnnForward returned, step 1 first
 * @returns entry s − 1 holds ∂L⟨s⟩/∂a⟨t⟩, (n_a, m), at step t; zeros for t > s
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function lossShares(
  dz: Sequence<"n_y", "m">,
  caches: readonly RnnCache[],
): readonly Sequence<"n_a", "m">[] {
  requireSequences("lossShares", { dz });
  requireCaches("lossShares", { dz }, caches);
  const { parameters } = caches[0]!;
  requireRecord("lossShares", "the parameters in the first cache", parameters);
  const { Wya } = parameters;
  requireMat("lossShares", "Wya in the first cache", Wya);
  return Array.from(dz, (dz_s, index) => {
    const s = index + 1;
    const share: Mat<"n_a", "m">[] = [];
    share[s - 1] = Wya.Tdot(dz_s); //                                       ∂L⟨s⟩/∂a⟨s⟩ = Wyaᵀ dz⟨s⟩
    for (let t = s; t >= 2; t--) {
      const step = maskedStepBackward(
        (into, cache) => rnnCellBackward(into.da_next, cache),
        { da_next: share[t - 1]! },
        caches[t - 1]!,
      );
      share[t - 2] = step.da_prev; // ∂L⟨s⟩/∂a⟨t−1⟩
    }
    return Sequence.build(dz.T_y, (t) => share[t - 1] ?? share[s - 1]!.times(0)); // a⟨t⟩ behind s: no part
  });
}
