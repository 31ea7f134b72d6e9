/** The matrix around a first difference, for reports that can draw a table. */
import type { Tolerance } from "../../exercises/exercise.js";
import { formatDigits } from "../values/describe.js";
import { isClose, type Place, symbolAt, type Tensor } from "./tensor.js";
import type { Excerpt } from "./difference.js";

/** A larger table helps nobody. */
const LARGEST = 8;

/**
 * The matrix in which `place` lies, when it is small enough to be read.
 *
 * @param tensor - both answers' numbers
 * @param place - of the first difference
 * @param tolerance - what counts as equal
 * @returns undefined for more than eight rows or columns, and for a single number
 */
export function excerptOf(tensor: Tensor, place: Place, tolerance: Tolerance): Excerpt | undefined {
  const { rows, cols } = tensor;
  if (rows * cols < 2 || rows > LARGEST || cols > LARGEST) return undefined;
  const start = (place.t - 1) * rows * cols;
  const table = <T>(entry: (n: number) => T): T[][] =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: cols }, (_unused, j) => entry(start + i * cols + j)),
    );
  return {
    symbol: symbolAt(tensor, place.t),
    got: table((n) => formatDigits(tensor.got[n]!, 4)),
    expected: table((n) => formatDigits(tensor.expected[n]!, 4)),
    wrong: table((n) => !isClose(tensor.got[n]!, tensor.expected[n]!, tolerance)),
  };
}
