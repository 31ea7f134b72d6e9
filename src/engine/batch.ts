/** What a network is given for a batch, checked as a whole before any of it is written. */
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import { isMat, Mat, shapeText } from "../core/matrix.js";
import { isSequence, type Sequence } from "../notation/sequence.js";

/** Numbers larger than this become ∞ in float32. */
const largest = 3.4028235677973362e38;
/** How far labels given as columns may be from a sum of 1. */
const sumTolerance = 1e-5;

/** The numbers of columns, in either form. */
export type Columns = Sequence | Float32Array | Int32Array;

/** Which columns there should be: (rows, m) at each step, or indices below `classes`. */
export interface ColumnsExpected {
  readonly rows: number;
  readonly steps: number;
  readonly m: number;
  /** 0 for numbers; else the columns are indices below it, or −1. */
  readonly classes: number;
}

/**
 * A mask as one byte a column.
 *
 * @param caller - the setter, named in the error
 * @param mask - 1 where a column counts, 0 where it is padding, (1, m) a step; all 1 when left out
 * @param steps - how many steps it must have
 * @param m - how many examples
 * @returns 1 or 0 for each column, step after step; undefined when all are 1
 * @throws ShapeError, OutOfRangeError when it has another shape or holds anything but 0 and 1
 */
export function maskBytes(
  caller: string,
  mask: Sequence<"1", "m"> | undefined,
  steps: number,
  m: number,
): Uint8Array | undefined {
  if (mask === undefined) return undefined;
  if (!isSequence(mask) || mask.T_x !== steps || mask.cols !== m || mask.rows !== 1) {
    const rows = isSequence(mask) && mask.rows !== 1 ? `, ${mask.rows} rows each` : "";
    const got = isSequence(mask)
      ? `has ${mask.T_x} steps of ${mask.cols} examples${rows}`
      : "is no Sequence";
    throw new ShapeError(
      `Network.${caller}: the mask ${got}: expected ${steps} of ${m}${rows === "" ? "" : ", one row each"}`,
    );
  }
  const bytes = new Uint8Array(steps * m);
  let zeros = 0;
  for (let t = 0, n = 0; t < steps; t++) {
    for (const value of mask.at(t + 1).data) {
      if (value !== 0 && value !== 1) {
        throw new OutOfRangeError(
          `Network.${caller}: the mask of example ${(n % m) + 1} is ${value} at step ${t + 1}: expected 1, or 0 for padding`,
        );
      }
      if (value === 0) zeros += 1;
      bytes[n++] = value;
    }
  }
  return zeros === 0 ? undefined : bytes;
}

/**
 * Asks that columns are of the right kind, shape and range.
 *
 * @param caller - the setter, named in the error
 * @param values - what came
 * @param expected - what fits
 * @param counts - a byte for each column, 0 where it is not read; undefined: all are
 * @throws ShapeError, OutOfRangeError that say what fits
 */
export function requireColumns(
  caller: string,
  values: Columns,
  expected: ColumnsExpected,
  counts: Uint8Array | undefined,
): void {
  const { rows, steps, m, classes } = expected;
  const sequence = isSequence(values);
  const integer = values instanceof Int32Array;
  const flat = integer || values instanceof Float32Array;
  const fits = sequence
    ? values.T_x === steps && values.rows === rows && values.cols === m
    : flat && values.length === steps * rows * m;
  if (!fits || classes > 0 !== integer) {
    const got = sequence
      ? `${values.T_x} steps of (${values.rows}, ${values.cols})`
      : flat
        ? `${integer ? "an Int32Array" : "a Float32Array"} of ${values.length} numbers`
        : `no such thing (${typeof values})`;
    const kind = classes > 0 ? "an Int32Array of indices" : "a Sequence or Float32Array";
    throw new ShapeError(
      `Network.${caller}: expected ${kind} with ${steps} steps of (${rows}, ${m}), ${steps * rows * m} numbers; got ${got}`,
    );
  }
  if (integer) requireIndices(caller, values, classes, counts);
  if (!sequence) return;
  for (let t = 0; t < steps; t++)
    requireFloat32(`${caller}: step ${t + 1}`, values.at(t + 1), counts?.subarray(t * m));
}

function requireIndices(
  caller: string,
  values: Int32Array,
  classes: number,
  counts: Uint8Array | undefined,
): void {
  const at = values.findIndex((value, n) => (value < -1 || value >= classes) && counts?.[n] !== 0);
  if (at < 0) return;
  throw new OutOfRangeError(
    `Network.${caller}: number ${at + 1} is ${values[at]}: expected 0 to ${classes - 1}, or −1 for none`,
  );
}

/**
 * Asks that float32 holds a matrix's numbers: larger ones would become ∞.
 *
 * @param where - the setter and the matrix, named in the error
 * @param matrix - (rows, cols)
 * @param counts - a byte for each column, 0 where it is not read; undefined: all are
 * @throws OutOfRangeError that names the first that does not fit
 */
export function requireFloat32(where: string, matrix: Mat, counts?: Uint8Array): void {
  const { data, cols } = matrix;
  for (let n = 0; n < data.length; n++) {
    const size = Math.abs(data[n]!);
    if (!(size >= largest) || size === Infinity || counts?.[n % cols] === 0) continue;
    throw new OutOfRangeError(
      `Network.${where} has ${data[n]} in row ${Math.floor(n / cols) + 1}, column ${(n % cols) + 1}: expected at most 3.4e38, the largest number of float32; the readable functions compute in float64`,
    );
  }
}

/**
 * Asks that a matrix is there and has a shape.
 *
 * @param where - the setter, and what is said between it and the shape
 * @param matrix - what came
 * @param rows - how many rows it must have
 * @param cols - how many columns
 * @throws ShapeError that says both shapes; OutOfRangeError when float32 does not hold its numbers
 */
export function requireShape(where: string, matrix: unknown, rows: number, cols: number): void {
  if (!isMat(matrix) || matrix.rows !== rows || matrix.cols !== cols) {
    const got = isMat(matrix) ? shapeText(matrix) : "no matrix";
    throw new ShapeError(`Network.${where} is wrong: expected (${rows}, ${cols}), got ${got}`);
  }
  requireFloat32(where, matrix);
}

/**
 * The columns of labels that are no distribution.
 *
 * @param values - (n_y, m) at each step, checked to fit
 * @param rows - n_y
 * @param m - examples
 * @param counts - a byte for each column, 0 where it is not read; undefined: all are
 * @returns what is wrong with each, by the column's number from 0, step after step
 */
export function wrongLabels(
  values: Sequence | Float32Array,
  rows: number,
  m: number,
  counts: Uint8Array | undefined,
): ReadonlyMap<number, string> {
  const wrong = new Map<number, string>();
  const steps = isSequence(values) ? values.T_x : values.length / (rows * m);
  for (let t = 0, n = 0; t < steps; t++) {
    const step = isSequence(values) ? values.at(t + 1).data : undefined;
    for (let i = 0; i < m; i++, n++) {
      if (counts?.[n] === 0) continue;
      let sum = 0;
      let least = 0;
      for (let k = 0; k < rows; k++) {
        const value =
          step === undefined ? (values as Float32Array)[n * rows + k]! : step[k * m + i]!;
        sum += value;
        if (!(value >= least)) least = value;
      }
      if (Math.abs(sum - 1) <= sumTolerance && least >= 0) continue;
      const what = least >= 0 ? `sums to ${sum}` : `holds ${least}`;
      wrong.set(
        n,
        `the labels of example ${i + 1} at step ${t + 1}: their column ${what}: expected numbers from 0 on that sum to 1; a mask leaves out what is padding`,
      );
    }
  }
  return wrong;
}

/**
 * Columns `first`, …, of a readable matrix (rows, m), one after the other.
 *
 * @param matrix - (rows, m)
 * @param first - the first column, from 0
 * @param count - how many
 * @param target - what they are written to, `rows` numbers a column
 */
export function writeColumns(
  matrix: Mat,
  first: number,
  count: number,
  target: Float32Array,
): void {
  const { rows, cols, data } = matrix;
  for (let k = 0; k < rows; k++) {
    const row = k * cols + first;
    for (let i = 0; i < count; i++) target[i * rows + k] = data[row + i]!;
  }
}
