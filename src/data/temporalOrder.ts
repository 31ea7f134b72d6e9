/**
 * The temporal order problem (Hochreiter and Schmidhuber 1997, with the places of Pascanu et al. 2013): two of
 * many symbols count, an X or a Y each, and which came first and which second is asked at the end.
 */
import { requireRandom, requireWhole } from "../core/arguments.js";
import type { Mat } from "../core/matrix.js";
import type { Random } from "../core/random.js";
import { oneHot } from "../notation/oneHot.js";
import { Sequence } from "../notation/sequence.js";

/** All symbols, in the order of x⟨t⟩'s rows: the two that count first. */
export const orderSymbols: readonly string[] = [..."XYabcd"];

/** The four answers, in the order of y's rows. */
export const orders: readonly string[] = ["XX", "XY", "YX", "YY"];

/** A batch of the temporal order problem. */
export interface TemporalOrderBatch {
  /** The symbols of each example, in order. */
  readonly symbols: readonly (readonly string[])[];
  /** The symbols, one-hot, (6, m) a step. */
  readonly x: Sequence<"n_x", "m">;
  /** Which of the four orders it was, one-hot, (4, m). */
  readonly y: Mat<"n_y", "m">;
}

/**
 * Draws a batch: one X or Y after step L/10 and up to 2L/10, another after 5L/10 and up to 6L/10, and any of
 * a, b, c, d everywhere else.
 *
 * @param m - number of examples, at least 1
 * @param L - number of steps, at least 10
 * @param random - the stream that the symbols are drawn from
 * @returns the symbols, inputs and answers
 * @throws OutOfRangeError when m or L is no whole number, or too small, or there is no stream
 */
export function temporalOrder(m: number, L: number, random: Random): TemporalOrderBatch {
  requireWhole("temporalOrder", "m", m, 1);
  requireWhole("temporalOrder", "L", L, 10);
  requireRandom("temporalOrder", random, "integer");
  const counting = 2; // X and Y
  const place = (from: number): number => {
    const [first, last] = [Math.floor(from * L), Math.floor((from + 0.1) * L)];
    return first + random.integer(last - first);
  };
  const drawn = Array.from({ length: m }, () => {
    const row = Array.from(
      { length: L },
      () => counting + random.integer(orderSymbols.length - counting),
    );
    const [one, other] = [random.integer(counting), random.integer(counting)];
    row[place(0.1)] = one;
    row[place(0.5)] = other;
    return { row, answer: counting * one + other };
  });
  return {
    symbols: drawn.map(({ row }) => row.map((k) => orderSymbols[k]!)),
    x: Sequence.build<"n_x", "m">(L, (t) =>
      oneHot(
        drawn.map(({ row }) => row[t - 1]!),
        orderSymbols.length,
      ),
    ),
    y: oneHot(
      drawn.map(({ answer }) => answer),
      orders.length,
    ),
  };
}
