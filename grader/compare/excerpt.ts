/** The matrix around a first difference, for reports that can draw a table. */
import type { Tolerance } from "../../exercises/exercise.js";
import { formatDigits, formatPair } from "../values/describe.js";
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
  const isWrong = (n: number): boolean => !isClose(tensor.got[n]!, tensor.expected[n]!, tolerance);
  // 0 for -0, which is the same here; and a wrong number must not read like the right one
  const texts = (n: number): readonly [string, string] => {
    const [got, expected] = [tensor.got[n]! + 0, tensor.expected[n]! + 0];
    return isWrong(n)
      ? formatPair(got, expected)
      : [formatDigits(got, 4), formatDigits(expected, 4)];
  };
  return {
    symbol: symbolAt(tensor, place.t),
    got: table((n) => texts(n)[0]),
    expected: table((n) => texts(n)[1]),
    wrong: table(isWrong),
  };
}
