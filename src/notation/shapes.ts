/** The shape of every symbol of the course, from the sizes. */
import { inWords, requireRecord, requireWhole } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";

/** The sizes that shapes are made of. */
export interface Sizes {
  /** Length of an input vector (the size of the vocabulary for one-hot words). */
  readonly n_x: number;
  /** Units of the hidden state. */
  readonly n_a: number;
  /** Length of an output vector. */
  readonly n_y: number;
  /** Examples in the batch. */
  readonly m: number;
  /** Time steps. */
  readonly T_x: number;
}

/** The names that {@link shapeOf} knows. */
export type SymbolName =
  | "x" | "x_t" | "a" | "a_t" | "yhat" | "yhat_t" | "ax_t"
  | "Wax" | "Waa" | "Wya" | "Wa" | "ba" | "by"; // prettier-ignore

const shapes: Readonly<Record<SymbolName, (sizes: Sizes) => readonly number[]>> = {
  x: ({ n_x, m, T_x }) => [n_x, m, T_x],
  x_t: ({ n_x, m }) => [n_x, m],
  a: ({ n_a, m, T_x }) => [n_a, m, T_x],
  a_t: ({ n_a, m }) => [n_a, m],
  yhat: ({ n_y, m, T_x }) => [n_y, m, T_x],
  yhat_t: ({ n_y, m }) => [n_y, m],
  ax_t: ({ n_a, n_x, m }) => [n_a + n_x, m], // [a⟨t−1⟩; x⟨t⟩], one above the other
  Wax: ({ n_a, n_x }) => [n_a, n_x],
  Waa: ({ n_a }) => [n_a, n_a],
  Wya: ({ n_y, n_a }) => [n_y, n_a],
  Wa: ({ n_a, n_x }) => [n_a, n_a + n_x], // [Waa | Wax], side by side
  ba: ({ n_a }) => [n_a, 1],
  by: ({ n_y }) => [n_y, 1],
};

/**
 * The shape of a symbol: (rows, columns), and for a whole sequence the number of steps behind.
 *
 * @param name - a symbol's name in code, such as "Wax" or "yhat_t"
 * @param sizes - n_x, n_a, n_y, m and T_x
 * @returns two sizes, or three where the symbol is a whole sequence
 * @throws OutOfRangeError for a name that is not in the list, and for a size that is no whole number ≥ 0
 * @example
 * shapeOf("Wa", { n_x: 10, n_a: 5, n_y: 2, m: 8, T_x: 4 }) // → [5, 15]
 */
export function shapeOf(name: string, sizes: Sizes): readonly number[] {
  if (!Object.hasOwn(shapes, name)) {
    throw new OutOfRangeError(
      `shapeOf: unknown symbol ${inWords(name)}: expected one of ${Object.keys(shapes).join(", ")}`,
    );
  }
  requireRecord("shapeOf", "sizes", sizes);
  for (const size of ["n_x", "n_a", "n_y", "m", "T_x"] as const) {
    requireWhole("shapeOf", size, sizes[size]);
  }
  return shapes[name as SymbolName](sizes);
}
