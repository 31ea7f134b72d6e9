/**
 * Sums and products by loops over numbers, in another order than the library's, for right solutions
 * that share none of its rounding (the exercises' honest.ts).
 */
import { Mat } from "../src/index.js";

/**
 * The sum of f(k) for k = n − 1, …, 0: the other way round than the library's.
 *
 * @param n - how many terms
 * @param f - the term, of k from 0
 * @returns 0 without a term
 */
export function sumDown(n: number, f: (k: number) => number): number {
  let total = 0;
  for (let k = n - 1; k >= 0; k--) total += f(k);
  return total;
}

/**
 * The sum of a list, each half by itself.
 *
 * @param values - the list
 * @returns 0 for an empty list
 */
export function sumInHalves(values: readonly number[]): number {
  if (values.length <= 1) return values[0] ?? 0;
  const half = values.length >> 1;
  return sumInHalves(values.slice(0, half)) + sumInHalves(values.slice(half));
}

/**
 * left · right with inner sums that run downwards: (n, k) and (k, m) give (n, m).
 *
 * @param left - the left factor, (n, k)
 * @param right - the right factor, (k, m)
 * @returns (n, m)
 */
export function product(left: Mat, right: Mat): Mat {
  return Mat.build(left.rows, right.cols, (i, j) =>
    sumDown(left.cols, (k) => left.get(i, k) * right.get(k, j)),
  );
}

/**
 * The numbers of column i (from 0), from the top.
 *
 * @param matrix - of any shape
 * @param i - the column, from 0
 * @returns as many numbers as there are rows
 */
export function columnOf(matrix: Mat, i: number): readonly number[] {
  return Array.from({ length: matrix.rows }, (_, k) => matrix.get(k, i));
}

/**
 * The matrix of these columns, each of `rows` numbers.
 *
 * @param rows - how many numbers each column has
 * @param columns - the columns, from the left
 * @returns (rows, as many columns)
 */
export function ofColumns(rows: number, columns: readonly ArrayLike<number>[]): Mat {
  return Mat.build(rows, columns.length, (k, i) => columns[i]![k]!);
}

/**
 * log Σ_k e^(z_ki) of column i (from 0), without overflow.
 *
 * @param z - the scores, one column an example
 * @param i - the column, from 0
 * @returns the logarithm of softmax's denominator
 */
export function logTotal(z: Mat, i: number): number {
  const column = columnOf(z, i);
  const largest = Math.max(...column);
  return largest + Math.log(sumDown(column.length, (k) => Math.exp(column[k]! - largest)));
}

/**
 * Softmax of each column as the exponential of log softmax.
 *
 * @param z - the scores, one column an example
 * @returns a matrix of z's shape
 */
export function softmaxByLogs(z: Mat): Mat {
  return z.map((value, _k, i) => Math.exp(value - logTotal(z, i)));
}
