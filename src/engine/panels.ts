/**
 * Where a network's parameters stand: one flat block, its gradients and the optimiser's running means in blocks
 * of the same layout, so that clipping and Adam see one array.
 *
 * A weight matrix stands in *panels* of 64 rows: rows 0-63 column by column, then rows 64-127, and so on. A product
 * reads one panel from its first byte to its last, and a panel of 64 rows times a few dozen columns is what
 * OpenBLAS multiplies fastest: without copying its factors first (its "small matrix" path).
 */
import { Arena, type Block } from "./memory.js";

/** Rows of a panel; assembly/operations.ts has the same number. */
export const panelRows = 64;

/** A parameter's place: its byte offset within a block, and its shape. A bias has one column. */
export interface Tensor {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  /** Rows of a panel. */
  readonly height: number;
}

/** The layout of a block of parameters, made by asking for one tensor after the other. */
export class ParameterLayout {
  readonly #arena = new Arena(0);

  /** Bytes of the block so far. */
  get bytes(): number {
    return this.#arena.bytes;
  }

  /** A new matrix (rows, columns) in panels; with one column it is a plain vector. */
  matrix(rows: number, columns: number): Tensor {
    return { offset: this.#arena.take(rows * columns), rows, columns, height: panelRows };
  }

  /** A new matrix (rows, columns) whose columns are looked up: each is in one piece. */
  table(rows: number, columns: number): Tensor {
    return { offset: this.#arena.take(rows * columns), rows, columns, height: rows };
  }
}

/** A readable matrix, row after row in float64, and the part of a tensor that it fills. */
export interface Piece {
  readonly tensor: Tensor;
  /** The tensor's row and column where the piece begins. */
  readonly row: number;
  readonly column: number;
  /** The first column of the readable matrix that stands here, and how many do. */
  readonly from: number;
  readonly count: number;
}

/** A readable matrix, and the pieces in which it stands in the block. */
export interface Parameter {
  readonly rows: number;
  readonly cols: number;
  readonly pieces: readonly Piece[];
}

/** Parameters by their readable names. */
export type NamedParameters = Readonly<Record<string, Parameter>>;

/**
 * The whole of a tensor as a readable matrix.
 *
 * @param tensor - a parameter's place in the block
 * @returns one piece, of the tensor's shape
 */
export function wholeTensor(tensor: Tensor): Parameter {
  const { rows, columns } = tensor;
  return {
    rows,
    cols: columns,
    pieces: [{ tensor, row: 0, column: 0, from: 0, count: columns }],
  };
}

/** A readable matrix's numbers. */
export interface RowMajor {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/**
 * Writes a readable matrix into its place.
 *
 * @param block - of the parameters, the gradients or a running mean
 * @param parameter - the pieces in which the matrix stands there
 * @param matrix - what is written
 */
export function writeParameter(block: Block, parameter: Parameter, matrix: RowMajor): void {
  eachEntry(block, parameter, matrix, (values, place, entry) => {
    values[place] = matrix.data[entry]!;
  });
}

/**
 * Reads a readable matrix from its place.
 *
 * @param block - of the parameters, the gradients or a running mean
 * @param parameter - the pieces in which the matrix stands there
 * @param matrix - what is read into
 */
export function readParameter(block: Block, parameter: Parameter, matrix: RowMajor): void {
  eachEntry(block, parameter, matrix, (values, place, entry) => {
    matrix.data[entry] = values[place]!;
  });
}

function eachEntry(
  block: Block,
  parameter: Parameter,
  matrix: RowMajor,
  visit: (values: Float32Array, place: number, entry: number) => void,
): void {
  for (const { tensor, row, column, from, count } of parameter.pieces) {
    const { rows, columns, offset } = tensor;
    const values = block.floats(block.start + offset, rows * columns);
    for (let i = 0; i < matrix.rows; i++) {
      const panel = Math.floor((row + i) / tensor.height) * tensor.height;
      const height = Math.min(tensor.height, rows - panel);
      const first = panel * columns + (row + i - panel);
      for (let k = 0; k < count; k++)
        visit(values, first + (column + k) * height, i * matrix.cols + from + k);
    }
  }
}
