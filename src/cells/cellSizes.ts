/** The sizes that a cell's parameters are made for. */
import { requireRecord, requireSizes, requireWhole } from "../core/arguments.js";

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
