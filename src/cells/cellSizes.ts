/** The sizes that a cell's parameters are made for. */
import { requireRecord, requireSizes, requireWhole } from "../core/arguments.js";
import type { Mat, NamedShape } from "../core/matrix.js";

/**
 * Asks for whole numbers: n_x and n_a of at least 1, n_y of at least 0 (a layer has no output).
 *
 * @param caller - the function whose argument they are, named in the error
 * @param sizes - n_x, n_a and n_y
 * @throws OutOfRangeError that names the first that is none
 */
export function requireCellSizes(
  caller: string,
  sizes: { readonly n_x: number; readonly n_a: number; readonly n_y: number },
): void {
  requireRecord(caller, "sizes", sizes);
  const { n_x, n_a, n_y } = sizes;
  requireSizes(caller, { n_x, n_a });
  requireWhole(caller, "n_y", n_y);
}

/**
 * What must fit where weights multiply the state and the input, one above the other: for `checkShapes`.
 *
 * @param ax_t - [a⟨t−1⟩; x⟨t⟩], (n_a + n_x, m)
 * @param a_prev - a⟨t−1⟩, (n_a, m)
 * @param weights - by their symbols, (n_a, n_a + n_x) each
 * @returns the named shape of each
 */
export function stackedShapes(
  ax_t: Mat,
  a_prev: Mat,
  weights: Readonly<Record<string, Mat>>,
): Readonly<Record<string, NamedShape>> {
  const shapes: Record<string, NamedShape> = {
    "[a_prev; x_t]": [ax_t, "n_a+n_x", "m"],
    a_prev: [a_prev, "n_a", "m"],
  };
  for (const name in weights) shapes[name] = [weights[name]!, "n_a", "n_a+n_x"];
  return shapes;
}
