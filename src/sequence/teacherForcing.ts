/** What a network is fed while it learns: the true labels in place of its own predictions. */
import type { Mat } from "../core/matrix.js";
import { Sequence } from "../notation/sequence.js";
import { held } from "./masks.js";

/**
 * The teacher's inputs: `first`, then y⟨1⟩, …, y⟨T_y−1⟩; behind a padded label, the last one before it.
 *
 * @param y - the labels, (n_y, m) a step
 * @param first - the first input, (n_y, m)
 * @param mask - 1 where an example has a label, 0 where it is padding, (1, m) a step; all 1 when left out
 * @returns T_y inputs, (n_x, m) a step
 * @throws ShapeError when the first input or the mask does not fit the labels
 */
export function delayed(
  y: Sequence<string, "m">,
  first: Mat<string, "m">,
  mask?: Sequence<"1", "m">,
): Sequence<"n_x", "m"> {
  const labels = held(y, first, mask);
  return Sequence.build(y.T_y, (t) => (t === 1 ? first : labels.at(t - 1)));
}
