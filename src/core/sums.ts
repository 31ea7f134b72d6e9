/** Sums that grow in place: the one thing in the library that changes a matrix, so not for export. */
import { ShapeError } from "./errors.js";
import { Mat, requireMat, shapeText } from "./matrix.js";

/**
 * total := total + term. Only for a total that the calling function has made itself.
 *
 * @param caller - the function that sums, named in the error
 * @param symbol - the term's symbol, such as "dWax⟨3⟩"
 * @param total - what grows, in place
 * @param term - what is added, of the total's shape
 * @throws ShapeError when the shapes differ or the term is no matrix
 */
export function addTo<R extends string, C extends string>(
  caller: string,
  symbol: string,
  total: Mat<R, C>,
  term: Mat<R, C>,
): void {
  requireMat(caller, symbol, term);
  if (term.rows !== total.rows || term.cols !== total.cols) {
    throw new ShapeError(
      `${caller}: ${symbol} is ${shapeText(term)}: expected ${shapeText(total)}, the shape of what it is the gradient of`,
    );
  }
  const { data } = total;
  for (let n = 0; n < data.length; n++) data[n] = data[n]! + term.data[n]!;
}

/**
 * The sum of matrices of one shape; there is at least one.
 *
 * @param matrices - at least one, all of one shape
 * @returns a new matrix of that shape
 * @throws ShapeError when the shapes differ
 */
export function sumOf<R extends string, C extends string>(
  matrices: readonly Mat<R, C>[],
): Mat<R, C> {
  const [first, ...others] = matrices as [Mat<R, C>, ...Mat<R, C>[]];
  const total = new Mat<R, C>(first.rows, first.cols, first.data);
  for (const matrix of others) addTo("sumOf", "a term", total, matrix);
  return total;
}
