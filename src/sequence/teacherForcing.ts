/** What a network is fed while it learns: the true labels in place of its own predictions. */
import type { Mat } from "../core/matrix.js";
import { Sequence } from "../notation/sequence.js";

/**
 * The teacher's inputs: `first`, then y⟨1⟩, …, y⟨T_y−1⟩.
 *
 * @param y - the labels, (n_y, m) at each step
 * @param first - the first input, (n_x, m) with n_x = n_y
 * @returns as many steps as y, the last label left out
 */
export function delayed(y: Sequence<"n_y", "m">, first: Mat<string, "m">): Sequence<"n_x", "m"> {
  return Sequence.build(y.T_y, (t) => (t === 1 ? first : y.at(t - 1)) as Mat<string, "m">);
}
