/**
 * The numbers of one part of an answer, expected and got side by side: a matrix, a sequence of
 * matrices, or a list of numbers, flattened step by step and row by row.
 */
import type { AnswerPart, Tolerance } from "../../exercises/exercise.js";

/** What an answer's part consists of. */
export type TensorKind = "number" | "list" | "matrix" | "sequence";

/** One part of an answer whose shape is right: its numbers, and how to name their places. */
export interface Tensor {
  readonly kind: TensorKind;
  /** Time steps; 1 unless this is a sequence. */
  readonly T: number;
  readonly rows: number;
  readonly cols: number;
  /** T·rows·cols numbers: entry (t, i, j) is at ((t − 1)·rows + i)·cols + j. */
  readonly expected: ArrayLike<number>;
  readonly got: ArrayLike<number>;
  readonly part: AnswerPart;
  /** The part in code, such as "a" or "gradients.dWax". */
  readonly code: string;
}

/** Where one number of a tensor stands: t from 1, i and j from 0. */
export interface Place {
  readonly t: number;
  readonly i: number;
  readonly j: number;
}

/**
 * How many numbers the tensor has.
 *
 * @param tensor - T steps of (rows, cols)
 * @returns T · rows · cols
 */
export function countOf(tensor: Tensor): number {
  return tensor.T * tensor.rows * tensor.cols;
}

/**
 * The place of the n-th number.
 *
 * @param tensor - T steps of (rows, cols)
 * @param n - from 0, row after row, step after step
 * @returns the step from 1, row and column from 0
 */
export function placeOf(tensor: Tensor, n: number): Place {
  const { rows, cols } = tensor;
  const within = n % (rows * cols);
  return {
    t: Math.floor(n / (rows * cols)) + 1,
    i: Math.floor(within / cols),
    j: within % cols,
  };
}

/**
 * The tensor's name at step t: "a⟨3⟩" for a sequence, "dWax" for a matrix.
 *
 * @param tensor - with the symbol of its part
 * @param t - the step, from 1
 * @returns such as "a⟨3⟩" for a sequence, "dWax" for a matrix
 */
export function symbolAt(tensor: Tensor, t: number): string {
  const { symbol } = tensor.part;
  if (symbol.includes("{t}")) return symbol.replaceAll("{t}", String(t));
  return tensor.kind === "sequence" ? `${symbol}⟨${t}⟩` : symbol;
}

/**
 * A place in the course's terms, counted from 1: "a⟨3⟩, unit 2, example 1".
 *
 * @param tensor - with the names of its rows and columns
 * @param place - of one of its numbers
 * @returns such as "a⟨3⟩, unit 2, example 1"
 */
export function placeText(tensor: Tensor, place: Place): string {
  const { rows, columns } = tensor.part;
  const words = [symbolAt(tensor, place.t)];
  if (tensor.kind === "list") words.push(`${rows === "" ? "entry" : rows} ${place.i + 1}`);
  if (tensor.kind === "matrix" || tensor.kind === "sequence") {
    if (rows !== "" && (tensor.rows > 1 || columns === "")) words.push(`${rows} ${place.i + 1}`);
    if (columns !== "" && columns !== "1") words.push(`${columns} ${place.j + 1}`);
  }
  return words.join(", ");
}

/**
 * The same place in code, counted from 0 but for the time step: "a.at(3).get(1, 0)".
 *
 * @param tensor - with its name in code
 * @param place - of one of its numbers
 * @returns such as "a.at(3).get(1, 0)"
 */
export function codeText(tensor: Tensor, { t, i, j }: Place): string {
  switch (tensor.kind) {
    case "number":
      return tensor.code;
    case "list":
      return `${tensor.code}[${i}]`;
    case "matrix":
      return `${tensor.code}.get(${i}, ${j})`;
    case "sequence":
      return `${tensor.code}.at(${t}).get(${i}, ${j})`;
  }
}

/**
 * The largest absolute error that passes at an entry whose expected value is `expected`.
 *
 * @param expected - the expected value
 * @param tolerance - atol and rtol
 * @returns atol + rtol · |expected|
 */
export function allowedError(expected: number, tolerance: Tolerance): number {
  return tolerance.atol + tolerance.rtol * Math.abs(expected);
}

/**
 * Whether `got` counts as `expected`: |got − expected| ≤ atol + rtol·|expected|. A NaN is never
 * right, and an infinity only where the very same one is expected.
 *
 * @param got - the value in question
 * @param expected - the expected value
 * @param tolerance - atol and rtol
 * @returns false for a NaN, whatever was expected
 */
export function isClose(got: number, expected: number, tolerance: Tolerance): boolean {
  if (!Number.isFinite(expected)) return got === expected;
  return Math.abs(got - expected) <= allowedError(expected, tolerance);
}
