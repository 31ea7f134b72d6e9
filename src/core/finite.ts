/** Asks that numbers are finite: a NaN or an infinite gradient would spoil all that is computed with it. */
import { OutOfRangeError } from "./errors.js";
import type { Mat } from "./matrix.js";
import { mapMatrices } from "./parameterSet.js";

/**
 * Asks that a set of matrices holds finite numbers alone.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param set - matrices by name, or sets of them by name or in a list
 * @throws OutOfRangeError that names the first entry that is none; ShapeError when something in the set is no matrix
 */
export function requireFinite(caller: string, set: object): void {
  mapMatrices(set as Record<string, Mat>, (matrix, path) => {
    const wrong = matrix.data.findIndex((value) => !Number.isFinite(value));
    if (wrong < 0) return matrix;
    const [row, column] = [Math.floor(wrong / matrix.cols) + 1, (wrong % matrix.cols) + 1];
    throw new OutOfRangeError(
      `${caller}: expected finite numbers in ${path.join(".")}, got ${matrix.data[wrong]} in row ${row}, column ${column}`,
    );
  });
}
