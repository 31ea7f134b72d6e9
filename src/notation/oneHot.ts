/** One-hot vectors: an index as a column of zeros with a single one. */
import { inWords, requireWhole } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { Mat, requireMat } from "../core/matrix.js";

/**
 * Column i of the result has a one in row `indices[i]` and zeros elsewhere.
 *
 * @param indices - one index per example, each a whole number from 0 to n_x − 1
 * @param n_x - the length of a column: the size of the vocabulary
 * @returns (n_x, m); for labels (n_y, m)
 * @throws OutOfRangeError when an index lies outside or is no whole number
 * @example
 * oneHot([2, 0], 3).toArray() // → [[0, 1], [0, 0], [1, 0]]
 */
export function oneHot<N extends string>(indices: readonly number[], n_x: number): Mat<N, "m"> {
  if (!Array.isArray(indices) && !ArrayBuffer.isView(indices)) {
    throw new OutOfRangeError(`oneHot: expected a list of indices, got ${inWords(indices)}`);
  }
  indices.forEach((index, i) => {
    requireIndex("oneHot", `index ${i + 1}`, index, n_x);
  });
  return Mat.build(n_x, indices.length, (k, i) => (indices[i] === k ? 1 : 0));
}

/**
 * The one-hot columns of the most likely class: a one where a column has its largest entry (the
 * first of them when several are equal).
 *
 * @param yhat_t - (n_y, m) probabilities or scores
 * @returns (n_y, m)
 * @throws OutOfRangeError when a column holds a NaN or there is no row; ShapeError when it is no matrix
 * @example
 * mostLikely(Mat.from([[0.2, 0.5], [0.8, 0.5]])).toArray() // → [[0, 1], [1, 0]]
 */
export function mostLikely<R extends string, C extends string>(yhat_t: Mat<R, C>): Mat<R, C> {
  const best = largestRows(yhat_t);
  return Mat.build(yhat_t.rows, yhat_t.cols, (k, i) => (best[i] === k ? 1 : 0));
}

/**
 * The row (from 0) of each column's largest entry: the index of the most likely class.
 *
 * @param yhat_t - (n_y, m) probabilities or scores
 * @returns m indices
 * @throws OutOfRangeError when a column holds a NaN or there is no row; ShapeError when it is no matrix
 * @example
 * largestRows(Mat.from([[0.2, 0.5], [0.8, 0.5]])) // → [1, 0]
 */
export function largestRows(yhat_t: Mat): number[] {
  requireMat("largestRows", "yhat_t", yhat_t);
  if (yhat_t.rows === 0)
    throw new OutOfRangeError("largestRows: expected at least one row, got none");
  const unknown = yhat_t.data.findIndex(Number.isNaN);
  if (unknown >= 0) {
    throw new OutOfRangeError(
      `largestRows: expected numbers, got NaN in column ${(unknown % yhat_t.cols) + 1}`,
    );
  }
  return Array.from({ length: yhat_t.cols }, (_, j) => {
    let best = 0;
    for (let k = 1; k < yhat_t.rows; k++) {
      if (yhat_t.get(k, j) > yhat_t.get(best, j)) best = k;
    }
    return best;
  });
}

/**
 * Asks that an index is a whole number from 0 to n_x − 1.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param what - where it stands, such as "index 2"
 * @param index - what came as an index
 * @param n_x - the size of the vocabulary
 * @throws OutOfRangeError for any other index, and for an n_x that is no size
 */
export function requireIndex(caller: string, what: string, index: number, n_x: number): void {
  requireWhole(caller, "n_x", n_x);
  if (Number.isInteger(index) && index >= 0 && index < n_x) return;
  throw new OutOfRangeError(
    `${caller}: ${what}: expected a whole number from 0 to ${n_x - 1} (n_x = ${n_x}), got ${inWords(index)}`,
  );
}
