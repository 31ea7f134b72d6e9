/**
 * One problem for all contestants: parameters, inputs and labels from one seed, in one raw file.
 *
 * The file holds 4-byte numbers: the parameters as float32 in the order of {@link parameterNames},
 * each row after row; then the inputs, step after step and example after example (T_x·m rows of
 * n_x float32, or T_x·m int32 indices); then T_x·m int32 labels.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { type CellName, initializers, type ParametersByCell } from "../src/cells/cellByName.js";
import { Mat, seededRandom } from "../src/index.js";
import type { Configuration } from "./rows.js";

/** The order of a cell's parameters in the file. */
export const parameterNames: Readonly<Record<CellName, readonly string[]>> = {
  rnn: ["Wax", "Waa", "ba", "Wya", "by"],
  gru: ["Wu", "Wr", "Wc", "bu", "br", "bc", "Wya", "by"],
  lstm: ["Wf", "Wu", "Wc", "Wo", "bf", "bu", "bc", "bo", "Wya", "by"],
};

/** The parameters of the network that a configuration says. */
export type Parameters = ParametersByCell[CellName];

/** What a file holds. */
export interface Problem {
  readonly parameters: Parameters;
  /** T_x·m rows of n_x numbers, or T_x·m indices. */
  readonly inputs: Float32Array | Int32Array;
  /** T_x·m class indices. */
  readonly labels: Int32Array;
}

const seed = 5;

/** Draws a configuration's parameters, inputs and labels, and writes them into a file. */
export function writeProblem(configuration: Configuration, file: string): void {
  const { cell, n_x, n_y, m, T_x, indices } = configuration;
  const random = seededRandom(seed);
  const parameters = matricesByName(initializers[cell](configuration, random));
  const inputs = indices
    ? Int32Array.from({ length: T_x * m }, () => random.integer(n_x))
    : Float32Array.from({ length: T_x * m * n_x }, () => random.normal());
  const labels = Int32Array.from({ length: T_x * m }, () => random.integer(n_y));
  const weights = parameterNames[cell].map((name) => float32(parameters[name]!));
  const rest = [inputs, labels].map((part) => new Uint8Array(part.buffer));
  writeFileSync(file, Buffer.concat([...weights, ...rest]));
}

/** Reads back what {@link writeProblem} wrote. */
export function readProblem(configuration: Configuration, file: string): Problem {
  const { cell, n_x, m, T_x, indices } = configuration;
  const bytes = new Uint8Array(readFileSync(file)).buffer;
  const { parameters, next } = readParameters(cell, configuration, bytes);
  const size = indices ? T_x * m : T_x * m * n_x;
  const Inputs = indices ? Int32Array : Float32Array;
  return {
    parameters,
    inputs: new Inputs(bytes, next, size),
    labels: new Int32Array(bytes, next + 4 * size, T_x * m),
  };
}

/** The parameters at the beginning of a file, and the byte behind them. */
export function readParameters(
  cell: CellName,
  sizes: { readonly n_x: number; readonly n_a: number; readonly n_y: number },
  bytes: ArrayBuffer,
): { readonly parameters: Parameters; readonly next: number } {
  const shapes = matricesByName(initializers[cell](sizes, seededRandom(seed)));
  let next = 0;
  const parameters = parameterNames[cell].map((name) => {
    const { rows, cols } = shapes[name]!;
    const values = new Float32Array(bytes, next, rows * cols);
    next += values.byteLength;
    return [name, new Mat(rows, cols, values)];
  });
  return { parameters: Object.fromEntries(parameters) as unknown as Parameters, next };
}

/** A matrix's entries as the bytes of float32 numbers, row after row. */
export function float32({ data }: Mat): Uint8Array {
  return new Uint8Array(Float32Array.from(data).buffer);
}

/** A set of parameters, or of gradients, to be gone through by name. */
export function matricesByName(set: object): Readonly<Record<string, Mat>> {
  return set as Record<string, Mat>;
}

/** √Σ of the squares of all matrices of a set. */
export function normOf(set: object): number {
  return Math.hypot(...Object.values(matricesByName(set)).map((matrix) => matrix.norm()));
}
