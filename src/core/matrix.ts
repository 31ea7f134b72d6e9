/**
 * Matrices in float64 whose dimensions carry names in the type: `Mat<"n_a", "n_x">`.
 *
 * The names exist for the compiler alone (`dot` joins `Mat<"n_a", "n_x">` with
 * `Mat<"n_x", "m">` only); every operation checks the numbers again when it runs. A plain
 * `Mat` fits wherever a named one is asked for, so that beginners can leave the names out.
 *
 * Layout as in the course: columns are examples. Code indices (`get`, `build`) count from 0.
 */
import { matBundle } from "../display/matrixBundle.js";
import { jupyterDisplay, type MimeBundle } from "../display/mimeBundle.js";
import { inWords, requireFunction } from "./arguments.js";
import { OutOfRangeError, ShapeError } from "./errors.js";
import { zeroNumbers } from "./storage.js";

/** A matrix of mathjs, known by its shape: it can give itself as nested arrays. */
export interface MathjsMatrixLike {
  toArray(): unknown;
}

/** A tensor of tfjs, known by its shape: rank 1 becomes a column, rank 2 a matrix. */
export interface TensorLike {
  readonly shape: readonly number[];
  arraySync(): unknown;
}

/** What {@link Mat.from} can read. */
export type MatSource =
  | readonly (readonly number[] | Float64Array | Float32Array)[]
  | MathjsMatrixLike
  | TensorLike
  | Mat;

/** More entries than any lesson's data has: a larger matrix is a mistaken size. */
const mostEntries = 2 ** 27;

/** A real matrix (float64, row-major) of `rows` × `cols` numbers. */
export class Mat<R extends string = string, C extends string = string> {
  readonly rows: number;
  readonly cols: number;
  /** The entries, row after row: entry (i, j) is `data[i * cols + j]`. */
  readonly data: Float64Array;

  /**
   * @param rows - number of rows, a whole number ≥ 0
   * @param cols - number of columns, a whole number ≥ 0
   * @param data - rows·cols entries, row after row; copied; all zeros when left out
   * @throws ShapeError when the sizes are no whole numbers, the entries' count differs, or one is no number
   */
  constructor(rows: number, cols: number, data?: ArrayLike<number>) {
    if (!isSize(rows) || !isSize(cols)) {
      throw new ShapeError(
        `Mat: expected whole numbers of rows and columns, got (${inWords(rows)}, ${inWords(cols)})`,
      );
    }
    if (rows * cols > mostEntries) {
      throw new ShapeError(
        `Mat: a (${rows}, ${cols}) matrix has ${rows * cols} entries: expected ${mostEntries} at most, 1 GB`,
      );
    }
    if (data !== undefined && !isNumbers(data)) throw noNumbers(data);
    if (data !== undefined && data.length !== rows * cols) {
      throw new ShapeError(
        `Mat: a (${rows}, ${cols}) matrix has ${rows * cols} entries, got ${data.length}; give one number per entry, row after row`,
      );
    }
    this.rows = rows;
    this.cols = cols;
    this.data = zeroNumbers(rows * cols);
    if (data !== undefined) this.data.set(data);
  }

  /**
   * The (rows, cols) matrix of zeros.
   *
   * @param rows - number of rows, a whole number ≥ 0
   * @param cols - number of columns, a whole number ≥ 0
   * @returns (rows, cols)
   * @throws ShapeError when a size is no whole number ≥ 0
   */
  static zeros<R extends string, C extends string>(rows: number, cols: number): Mat<R, C> {
    return new Mat<R, C>(rows, cols);
  }

  /**
   * The (rows, cols) matrix whose entries all are `value`.
   *
   * @param rows - number of rows, a whole number ≥ 0
   * @param cols - number of columns, a whole number ≥ 0
   * @param value - what every entry is
   * @returns (rows, cols)
   * @throws ShapeError when a size is no whole number ≥ 0; OutOfRangeError when the value is no number
   */
  static filled<R extends string, C extends string>(
    rows: number,
    cols: number,
    value: number,
  ): Mat<R, C> {
    const result = new Mat<R, C>(rows, cols);
    if (typeof value !== "number") {
      throw new OutOfRangeError(
        `Mat.filled: expected a number for value, got ${inWords(value)}; zeros: Mat.zeros`,
      );
    }
    result.data.fill(value);
    return result;
  }

  /**
   * The (rows, cols) matrix with `entry(i, j)` in row i, column j (both from 0).
   *
   * @param rows - number of rows, a whole number ≥ 0
   * @param cols - number of columns, a whole number ≥ 0
   * @param entry - called for one entry after the other, row after row
   * @returns (rows, cols)
   * @throws ShapeError when a size is no whole number ≥ 0; OutOfRangeError when entry is no function, or gives what is
   *   no number
   */
  static build<R extends string, C extends string>(
    rows: number,
    cols: number,
    entry: (i: number, j: number) => number,
  ): Mat<R, C> {
    requireFunction("Mat.build", "entry", entry);
    const result = new Mat<R, C>(rows, cols);
    for (let i = 0, n = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++, n++) {
        const made = entry(i, j);
        if (typeof made !== "number") throw noNumber("Mat.build", "entry", made, i, j);
        result.data[n] = made;
      }
    }
    return result;
  }

  /**
   * The (n, 1) matrix that holds `values`: a bias, or a batch of one example.
   *
   * @param values - n numbers; copied
   * @returns (n, 1)
   * @throws ShapeError when it is no list of numbers
   */
  static column<R extends string>(values: ArrayLike<number>): Mat<R> {
    if (!isNumbers(values)) throw noNumbers(values);
    return new Mat<R>(values.length, 1, values);
  }

  /**
   * A matrix from nested arrays, a mathjs matrix, or a tfjs tensor of rank 1 (a column) or 2.
   *
   * @param source - an array of rows, or a matrix of another package
   * @returns a new matrix of the source's shape; an array of no rows gives (0, 0)
   * @throws ShapeError when rows differ in length or an entry is no number
   */
  static from<R extends string, C extends string>(source: MatSource): Mat<R, C> {
    const nested = toNested(source);
    if (!Array.isArray(nested)) {
      throw new ShapeError(
        `Mat.from: expected rows of numbers such as [[1, 2], [3, 4]], got ${describe(nested)}`,
      );
    }
    const rows = nested.map(rowOf);
    const cols = rows[0]?.length ?? 0;
    rows.forEach((row, i) => {
      if (row.length !== cols) {
        throw new ShapeError(
          `Mat.from: row 1 has ${cols} entries but row ${i + 1} has ${row.length}; all rows of a matrix have the same length`,
        );
      }
      row.forEach((entry, j) => {
        if (typeof entry !== "number") {
          throw new ShapeError(
            `Mat.from: expected a number in row ${i + 1}, column ${j + 1}, got ${describe(entry)}`,
          );
        }
      });
    });
    return new Mat<R, C>(rows.length, cols, rows.flat() as number[]);
  }

  /** (rows, columns). */
  get shape(): readonly [number, number] {
    return [this.rows, this.cols];
  }

  /**
   * The entry in row i, column j, both counted from 0.
   *
   * @param i - the row, 0 to rows − 1
   * @param j - the column, 0 to cols − 1
   * @returns entry (i, j)
   * @throws OutOfRangeError outside the matrix
   */
  get(i: number, j: number): number {
    const inside = i >= 0 && i < this.rows && j >= 0 && j < this.cols;
    const entry = inside ? this.data[i * this.cols + j] : undefined;
    if (entry === undefined || !Number.isInteger(i) || !Number.isInteger(j)) {
      throw new OutOfRangeError(
        `Mat.get: no entry (${i}, ${j}) in a ${shapeText(this)} matrix; indices run from 0 to (${this.rows - 1}, ${this.cols - 1})`,
      );
    }
    return entry;
  }

  /**
   * Column j (from 0) as a (rows, 1) matrix: a batch of one example.
   *
   * @param j - the column, 0 to cols − 1
   * @returns (rows, 1)
   * @throws OutOfRangeError outside the matrix
   */
  column(j: number): Mat<R> {
    if (!(Number.isInteger(j) && j >= 0 && j < this.cols)) {
      throw new OutOfRangeError(
        `Mat.column: no column ${j} in a ${shapeText(this)} matrix; columns run from 0 to ${this.cols - 1}`,
      );
    }
    return Mat.build<R, string>(this.rows, 1, (i) => this.get(i, j));
  }

  /**
   * The matrix product: (R, C) · (C, K) is (R, K).
   *
   * @param other - the right-hand factor, (C, K)
   * @returns (R, K)
   * @throws ShapeError when this matrix's columns differ from the other's rows
   */
  dot<K extends string>(other: Mat<C, K>): Mat<R, K> {
    requireMat("Mat.dot", "the other factor", other);
    if (this.cols !== other.rows) {
      throw new ShapeError(
        `Mat.dot: ${shapeText(this)} · ${shapeText(other)}: the left factor's columns (${this.cols}) must equal the right factor's rows (${other.rows}); a transpose (.T) may be missing`,
      );
    }
    const result = new Mat<R, K>(this.rows, other.cols);
    multiplyInto(result.data, this.data, other.data, this.rows, this.cols, other.cols);
    return result;
  }

  /**
   * The product with this matrix transposed, Aᵀ B: (R, C) and (R, K) give (C, K). The same numbers
   * as `A.T.dot(B)`; but of the two B is transposed, which most often is the smaller.
   *
   * @param other - the right-hand factor, (R, K)
   * @returns (C, K)
   * @throws ShapeError when the two differ in rows
   */
  Tdot<K extends string>(other: Mat<R, K>): Mat<C, K> {
    requireMat("Mat.Tdot", "the other factor", other);
    if (this.rows !== other.rows) {
      throw new ShapeError(
        `Mat.Tdot: ${shapeText(this)} transposed · ${shapeText(other)}: both factors need the same number of rows; to multiply without transposing: dot`,
      );
    }
    return other.T.dot(this).T; // Aᵀ B = (Bᵀ A)ᵀ
  }

  /**
   * Entry by entry sum; a (rows, 1) column is added to each column, a (1, cols) row to each row.
   *
   * @param other - a matrix of this shape, a column, a row, or one number for all entries
   * @returns a matrix of this shape
   * @throws ShapeError when the other neither has this shape nor can be repeated to it
   */
  add(other: Mat<R, C> | Mat<R, "1"> | Mat<"1", C> | number): Mat<R, C> {
    const { result, values } = this.withOther("add", other);
    for (let n = 0; n < values.length; n++) result.data[n] = this.data[n]! + values[n]!;
    return result;
  }

  /**
   * Entry by entry difference; broadcasts like {@link Mat.add}.
   *
   * @param other - what is taken away: a matrix of this shape, a column, a row, or one number
   * @returns a matrix of this shape
   * @throws ShapeError when the other neither has this shape nor can be repeated to it
   */
  sub(other: Mat<R, C> | Mat<R, "1"> | Mat<"1", C> | number): Mat<R, C> {
    const { result, values } = this.withOther("sub", other);
    for (let n = 0; n < values.length; n++) result.data[n] = this.data[n]! - values[n]!;
    return result;
  }

  /**
   * Entry by entry product (NumPy's `*`); broadcasts like {@link Mat.add}.
   *
   * @param other - a matrix of this shape, a column, a row, or one number for all entries
   * @returns a matrix of this shape
   * @throws ShapeError when the other neither has this shape nor can be repeated to it
   */
  times(other: Mat<R, C> | Mat<R, "1"> | Mat<"1", C> | number): Mat<R, C> {
    const { result, values } = this.withOther("times", other);
    for (let n = 0; n < values.length; n++) result.data[n] = this.data[n]! * values[n]!;
    return result;
  }

  /**
   * The matrix of `f(value, i, j)`, with i and j from 0.
   *
   * @param f - makes the new entry of the old one and its place
   * @returns a matrix of this shape
   * @throws OutOfRangeError when f is no function, or gives what is no number
   */
  map(f: (value: number, i: number, j: number) => number): Mat<R, C> {
    requireFunction("Mat.map", "f", f);
    const result = new Mat<R, C>(this.rows, this.cols);
    for (let i = 0, n = 0; i < this.rows; i++) {
      for (let j = 0; j < this.cols; j++, n++) {
        const made = f(this.data[n]!, i, j);
        if (typeof made !== "number") throw noNumber("Mat.map", "f", made, i, j);
        result.data[n] = made;
      }
    }
    return result;
  }

  /** The transpose, (cols, rows). */
  get T(): Mat<C, R> {
    const result = new Mat<C, R>(this.cols, this.rows);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.cols; j++) {
        result.data[j * this.rows + i] = this.data[i * this.cols + j]!;
      }
    }
    return result;
  }

  /**
   * The sum of all entries.
   *
   * @returns Σ x, 0 for a matrix without entries
   */
  sum(): number {
    let total = 0;
    for (const value of this.data) total += value;
    return total;
  }

  /**
   * The sum over the columns (the examples), (rows, 1): NumPy's `sum(axis=1, keepdims=True)`.
   *
   * @returns (rows, 1)
   */
  sumColumns(): Mat<R, "1"> {
    const result = new Mat<R, "1">(this.rows, 1);
    for (let i = 0, n = 0; i < this.rows; i++) {
      let total = 0;
      for (let j = 0; j < this.cols; j++, n++) total += this.data[n]!;
      result.data[i] = total;
    }
    return result;
  }

  /**
   * The sum over the rows, (1, cols): NumPy's `sum(axis=0, keepdims=True)`.
   *
   * @returns (1, cols)
   */
  sumRows(): Mat<"1", C> {
    const result = new Mat<"1", C>(1, this.cols);
    for (let i = 0, n = 0; i < this.rows; i++) {
      for (let j = 0; j < this.cols; j++, n++) result.data[j]! += this.data[n]!;
    }
    return result;
  }

  /**
   * The Euclidean (Frobenius) norm √Σ x².
   *
   * @returns a number ≥ 0
   */
  norm(): number {
    let largest = 0;
    for (const value of this.data) largest = Math.max(largest, Math.abs(value));
    if (largest === 0 || !Number.isFinite(largest)) return largest;
    let total = 0; // of squares of x / largest, which can neither overflow nor vanish
    for (const value of this.data) total += (value / largest) ** 2;
    return largest * Math.sqrt(total);
  }

  /**
   * The entries as nested arrays, one per row.
   *
   * @returns rows arrays of cols numbers each
   */
  toArray(): number[][] {
    return Array.from({ length: this.rows }, (_, i) =>
      Array.from(this.data.subarray(i * this.cols, (i + 1) * this.cols)),
    );
  }

  /**
   * This matrix as one of mathjs; pass the package: `x.toMathjs(math)`.
   *
   * @param math - the package mathjs, or anything with its `matrix`
   * @returns what `math.matrix` makes of the rows
   */
  toMathjs<M>(math: { matrix(rows: number[][]): M }): M {
    return math.matrix(this.toArray());
  }

  /**
   * This matrix as a tensor of tfjs (float32 there); pass the package: `x.toTensor(tf)`.
   *
   * @param tf - the package tfjs, or anything with its `tensor2d`
   * @returns what `tf.tensor2d` makes of the entries, of shape [rows, cols]
   */
  toTensor<T>(tf: { tensor2d(values: number[], shape: [number, number]): T }): T {
    return tf.tensor2d(Array.from(this.data), [this.rows, this.cols]);
  }

  /**
   * The shape and the entries, to four significant digits; of more than 1,000 entries those at the edges.
   *
   * @returns a line for the shape and one for each row that is shown
   */
  toString(): string {
    const isLarge = this.data.length > mostShown;
    const rows = isLarge ? edges(this.rows) : indices(this.rows);
    const columns = isLarge ? edges(this.cols) : indices(this.cols);
    const cells = rows.map((i) =>
      columns.map((j) =>
        i < 0 || j < 0 ? "…" : String(Number(this.data[i * this.cols + j]!.toPrecision(4))),
      ),
    );
    const width = cells.flat().reduce((most, cell) => Math.max(most, cell.length), 0);
    const lines = cells.map((row) => `  [${row.map((cell) => cell.padStart(width)).join(", ")}]`);
    return [`Mat ${shapeText(this)}`, ...lines].join("\n");
  }

  /**
   * How a notebook shows this matrix: LaTeX and a heat map.
   *
   * @returns MIME types, each with its text
   */
  [jupyterDisplay](): MimeBundle {
    return matBundle(this);
  }

  /** Keeps `Mat<"n_a", …>` and `Mat<"n_x", …>` apart for the compiler; never there at run time. */
  protected dimensions?(rows: R, cols: C): void; // a method: compared both ways, so plain Mat fits

  /** A matrix for the result of an operation entry by entry, and the other operand's value at each entry. */
  private withOther(
    operation: string,
    other: Mat | number,
  ): { readonly result: Mat<R, C>; readonly values: Float64Array } {
    const { rows, cols } = this;
    const result = new Mat<R, C>(rows, cols);
    if (typeof other === "number") {
      return { result, values: zeroNumbers(rows * cols).fill(other) };
    }
    requireMat(`Mat.${operation}`, "the other matrix", other);
    if (other.rows === rows && other.cols === cols) return { result, values: other.data };
    const values = zeroNumbers(rows * cols);
    if (other.rows === rows && other.cols === 1) {
      for (let i = 0; i < rows; i++) values.fill(other.data[i]!, i * cols, (i + 1) * cols);
    } else if (other.rows === 1 && other.cols === cols) {
      for (let i = 0; i < rows; i++) values.set(other.data, i * cols);
    } else {
      throw new ShapeError(
        `Mat.${operation}: ${shapeText(this)} and ${shapeText(other)} do not fit: expected the same shape, a column (${rows}, 1) or a row (1, ${cols})`,
      );
    }
    return { result, values };
  }
}

/**
 * [top; bottom]: the rows of `top` above those of `bottom`. (A, C) and (B, C) give (A+B, C).
 *
 * @param top - (A, C)
 * @param bottom - (B, C)
 * @returns (A+B, C)
 * @throws ShapeError when the two differ in columns
 */
export function stackRows<A extends string, B extends string, C extends string>(
  top: Mat<A, C>,
  bottom: Mat<B, C>,
): Mat<`${A}+${B}`, C> {
  requireMat("stackRows", "top", top);
  requireMat("stackRows", "bottom", bottom);
  if (top.cols !== bottom.cols) {
    throw new ShapeError(
      `stackRows: top is ${shapeText(top)} but bottom is ${shapeText(bottom)}; both need the same number of columns`,
    );
  }
  const result = new Mat<`${A}+${B}`, C>(top.rows + bottom.rows, top.cols);
  result.data.set(top.data);
  result.data.set(bottom.data, top.data.length);
  return result;
}

/**
 * {@link stackRows} undone: the first `count` rows of [top; bottom], and the others.
 *
 * @param stacked - (A+B, C)
 * @param count - A, how many rows belong to the top
 * @returns (A, C) and (B, C)
 * @throws OutOfRangeError when the matrix has fewer rows
 */
export function splitRows<A extends string, B extends string, C extends string>(
  stacked: Mat<`${A}+${B}`, C>,
  count: number,
): readonly [top: Mat<A, C>, bottom: Mat<B, C>] {
  requireMat("splitRows", "stacked", stacked);
  const { rows, cols, data } = stacked;
  if (!(Number.isInteger(count) && count >= 0 && count <= rows)) {
    throw new OutOfRangeError(
      `splitRows: expected a number of rows from 0 to ${rows} for the top, got ${inWords(count)}`,
    );
  }
  return [
    new Mat<A, C>(count, cols, data.subarray(0, count * cols)),
    new Mat<B, C>(rows - count, cols, data.subarray(count * cols)),
  ];
}

/**
 * [left | right]: the columns of `left` before those of `right`. (R, A) and (R, B) give (R, A+B).
 *
 * @param left - (R, A)
 * @param right - (R, B)
 * @returns (R, A+B)
 * @throws ShapeError when the two differ in rows
 */
export function stackColumns<R extends string, A extends string, B extends string>(
  left: Mat<R, A>,
  right: Mat<R, B>,
): Mat<R, `${A}+${B}`> {
  requireMat("stackColumns", "left", left);
  requireMat("stackColumns", "right", right);
  if (left.rows !== right.rows) {
    throw new ShapeError(
      `stackColumns: left is ${shapeText(left)} but right is ${shapeText(right)}; both need the same number of rows`,
    );
  }
  return Mat.build(left.rows, left.cols + right.cols, (i, j) =>
    j < left.cols ? left.get(i, j) : right.get(i, j - left.cols),
  );
}

/** A matrix with the names of its dimensions, for {@link checkShapes}. */
export type NamedShape = readonly [matrix: Mat, rows: string, cols: string];

/**
 * Checks that the arguments of `caller` are matrices whose equally named dimensions have equal
 * sizes ("1" is the number one).
 *
 * @param caller - the function whose arguments they are, named in the error
 * @param shapes - each argument under its symbol, with the names of its rows and columns
 * @throws ShapeError that names both matrices, both shapes and the dimension
 */
export function checkShapes(caller: string, shapes: Readonly<Record<string, NamedShape>>): void {
  const first = new Map<string, { size: number; symbol: string; side: string }>();
  for (const symbol in shapes) {
    const [matrix, rows, cols] = shapes[symbol]!;
    requireMat(caller, symbol, matrix);
    for (const side of ["rows", "columns"] as const) {
      const dimension = side === "rows" ? rows : cols;
      const size = side === "rows" ? matrix.rows : matrix.cols;
      if (dimension === "1") {
        if (size === 1) continue;
        throw new ShapeError(
          `${caller}: ${symbol} is ${shapeText(matrix)}: expected (${rows}, ${cols}), one ${side === "rows" ? "row" : "column"}`,
        );
      }
      const known = first.get(dimension);
      if (known === undefined) {
        first.set(dimension, { size, symbol, side });
      } else if (known.size !== size) {
        throw new ShapeError(
          `${caller}: ${symbol} is ${shapeText(matrix)} but ${known.symbol} is ${shapeText(shapes[known.symbol]![0])}; ${symbol}'s ${side} must equal ${known.symbol}'s ${known.side} (${dimension})`,
        );
      }
    }
  }
}

/**
 * Whether `value` is a matrix, of this copy of the library or of another one.
 *
 * @param value - anything
 * @returns true also for an object of another class that has rows, cols and float64 data
 */
export function isMat(value: unknown): value is Mat {
  return (
    value instanceof Mat ||
    (typeof value === "object" &&
      value !== null &&
      "data" in value &&
      value.data instanceof Float64Array &&
      "rows" in value &&
      "cols" in value)
  );
}

/**
 * Asks that an argument is a matrix; the error says how to make one of what came.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param symbol - the argument's symbol, such as "x_t"
 * @param value - what came as the argument
 * @throws ShapeError unless `value` is a matrix
 */
export function requireMat(caller: string, symbol: string, value: unknown): asserts value is Mat {
  if (isMat(value)) return;
  const mend = Array.isArray(value) ? `; wrap it: Mat.from(${symbol})` : "";
  throw new ShapeError(`${caller}: expected a Mat for ${symbol}, got ${describe(value)}${mend}`);
}

/**
 * A shape as messages and titles show it.
 *
 * @param matrix - anything with rows and columns
 * @returns such as "(5, 3)"
 */
export function shapeText(matrix: { readonly rows: number; readonly cols: number }): string {
  return `(${matrix.rows}, ${matrix.cols})`;
}

/** A matrix of more entries is shown by its edges. */
const mostShown = 1000;

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

/** The first three indices and the last three, and −1 for those in between. */
function edges(count: number): number[] {
  return count <= 7 ? indices(count) : [0, 1, 2, -1, count - 3, count - 2, count - 1];
}

/** A row's entries, or the one entry of a column; a place that holds nothing is undefined. */
function rowOf(row: unknown): unknown[] {
  if (Array.isArray(row)) return Array.from(row as unknown[]);
  return ArrayBuffer.isView(row) && !(row instanceof DataView)
    ? Array.from(row as unknown as ArrayLike<unknown>)
    : [row];
}

/** Whether each entry is a number; of typed arrays none has to be looked at. */
function isNumbers(data: ArrayLike<unknown>): boolean {
  if (ArrayBuffer.isView(data)) return typeof data[0] !== "bigint";
  if (typeof data !== "object" || data === null) return false;
  for (let n = 0; n < data.length; n++) if (typeof data[n] !== "number") return false;
  return true;
}

function noNumbers(data: unknown): ShapeError {
  const got = Array.isArray(data) ? "one with an entry that is none" : inWords(data);
  return new ShapeError(`Mat: expected a list of numbers, row after row, got ${got}`);
}

function noNumber(caller: string, f: string, made: unknown, i: number, j: number): OutOfRangeError {
  return new OutOfRangeError(
    `${caller}: expected a number from ${f} for entry (${i}, ${j}), got ${inWords(made)}`,
  );
}

function isSize(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function toNested(source: MatSource): unknown {
  if (isMat(source)) return source.toArray();
  if (typeof source === "object" && source !== null) {
    if ("arraySync" in source) return source.arraySync();
    if ("toArray" in source) return source.toArray();
  }
  return source;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" || typeof value === "function") return inWords(value);
  return `the ${typeof value} ${inWords(value)}`;
}

/** out = left · right for (rows, inner) and (inner, cols), row-major; `out` starts at zero. */
function multiplyInto(
  out: Float64Array,
  left: Float64Array,
  right: Float64Array,
  rows: number,
  inner: number,
  cols: number,
): void {
  if (cols === 1) {
    multiplyColumn(out, left, right, rows, inner);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const start = i * cols;
    const end = start + cols;
    let k = 0;
    // Four rows of the right factor at a time: a quarter of the reads and writes of out.
    for (; k + 3 < inner; k += 4) {
      const at = i * inner + k;
      const [f0, f1, f2, f3] = [left[at]!, left[at + 1]!, left[at + 2]!, left[at + 3]!];
      let r = k * cols;
      for (let n = start; n < end; n++, r++) {
        out[n] =
          out[n]! +
          f0 * right[r]! +
          f1 * right[r + cols]! +
          f2 * right[r + 2 * cols]! +
          f3 * right[r + 3 * cols]!;
      }
    }
    for (; k < inner; k++) {
      const factor = left[i * inner + k]!;
      let r = k * cols;
      for (let n = start; n < end; n++, r++) out[n] = out[n]! + factor * right[r]!;
    }
  }
}

/** out = left · right for (rows, inner) and a column. */
function multiplyColumn(
  out: Float64Array,
  left: Float64Array,
  right: Float64Array,
  rows: number,
  inner: number,
): void {
  let i = 0;
  // Four rows at a time: four sums that need not wait for each other.
  for (; i + 3 < rows; i += 4) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    let n = i * inner;
    for (let k = 0; k < inner; k++, n++) {
      const factor = right[k]!;
      s0 += left[n]! * factor;
      s1 += left[n + inner]! * factor;
      s2 += left[n + 2 * inner]! * factor;
      s3 += left[n + 3 * inner]! * factor;
    }
    out[i] = s0;
    out[i + 1] = s1;
    out[i + 2] = s2;
    out[i + 3] = s3;
  }
  for (; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += left[i * inner + k]! * right[k]!;
    out[i] = sum;
  }
}
