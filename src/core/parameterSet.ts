/**
 * Parameter sets and their gradients: the gradient of "Wax" stands under "dWax". A set may hold
 * further sets under names ({ encoder, decoder }) or in a list ({ layers: [first, second] }); their
 * gradients stand under the same names.
 */
import { inWords } from "./arguments.js";
import { ShapeError } from "./errors.js";
import { isMat, type Mat } from "./matrix.js";

/** Matrices by name, such as RnnParameters, or sets of them by name or in a list. */
export type MatricesOf<P> = {
  readonly [Name in keyof P]: P[Name] extends Mat
    ? Mat
    : P[Name] extends object
      ? MatricesOf<P[Name]>
      : never;
};

/** The gradients of a set: "dWax" for the matrix "Wax", of its shape; for a set within, its gradients. */
export type GradientsOf<P> = P extends readonly unknown[]
  ? { readonly [Index in keyof P]: GradientsOf<P[Index]> }
  : {
      readonly [
        Name in keyof P & string as P[Name] extends Mat ? `d${Name}` : Name
      ]: P[Name] extends Mat ? P[Name] : GradientsOf<P[Name]>;
    };

/** Where a matrix stands: the names (in a list: the places, from 0) on the way to it. */
export type Path = readonly [string, ...string[]];

/**
 * A parameter set with each matrix replaced by what `change` makes of it.
 *
 * @param set - matrices by name, or sets of them by name or in a list
 * @param change - makes the new matrix of the old one and its place
 * @returns a new set of the same names
 * @throws ShapeError when something in the set is no matrix
 */
export function mapMatrices<P extends MatricesOf<P>>(
  set: P,
  change: (matrix: Mat, path: Path) => Mat,
): P {
  return mapBelow(set, change, []) as P;
}

/**
 * All matrices of a set, in order.
 *
 * @param set - matrices by name, or sets of them by name or in a list
 * @returns the set's own matrices, not copies
 * @throws ShapeError when something in the set is no matrix
 */
export function matricesOf<P extends MatricesOf<P>>(set: P): Mat[] {
  const matrices: Mat[] = [];
  mapMatrices(set, (matrix) => {
    matrices.push(matrix);
    return matrix;
  });
  return matrices;
}

/**
 * What stands at the path's end; undefined where the way breaks off.
 *
 * @param set - a parameter set, or its gradients
 * @param path - the names (in a list: the places, from 0) on the way
 * @returns a matrix where the path is a matrix's, a set where it ends above one
 */
export function atPath(set: unknown, path: readonly string[]): unknown {
  return path.reduce(
    (inner: unknown, name) => (inner as Readonly<Record<string, unknown>> | undefined)?.[name],
    set,
  );
}

/**
 * How many numbers a parameter set holds, in all its matrices.
 *
 * @param parameters - matrices by name, or sets of them by name or in a list
 * @returns the sum of rows · cols over the matrices
 * @throws ShapeError when something in the set is no matrix
 * @example
 * countParameters({ layers: [{ W: Mat.zeros(3, 4) }], by: Mat.zeros(2, 1) }) // → 14
 */
export function countParameters<P extends MatricesOf<P>>(parameters: P): number {
  return matricesOf(parameters).reduce((count, { rows, cols }) => count + rows * cols, 0);
}

function mapBelow(
  value: unknown,
  change: (matrix: Mat, path: Path) => Mat,
  path: readonly string[],
): unknown {
  if (isMat(value)) return change(value, path as Path);
  if (Array.isArray(value)) {
    return value.map((inner, index) => mapBelow(inner, change, [...path, String(index)]));
  }
  const isSet = Object.prototype.toString.call(value) === "[object Object]"; // no Map, whose matrices nobody would see
  if (!isSet) {
    throw new ShapeError(
      `a set of matrices: expected a Mat, or a set of them, for ${path.join(".") || "the set"}, got ${inWords(value)}`,
    );
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inner]) => [
      name,
      mapBelow(inner, change, [...path, name]),
    ]),
  );
}
