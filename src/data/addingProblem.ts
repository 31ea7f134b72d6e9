/**
 * The adding problem (Hochreiter and Schmidhuber 1997): a stream of numbers, two of which are marked, and
 * the sum of these two is wanted at the end. What the first mark says has to be kept for as long as half of
 * the stream or more.
 */
import { requireRandom, requireWhole } from "../core/arguments.js";
import { Mat } from "../core/matrix.js";
import type { Random } from "../core/random.js";
import { Sequence } from "../notation/sequence.js";

/** A batch of the adding problem. */
export interface AddingBatch {
  /** (2, m) a step: a number from 0 to 1, and 1 where it is marked, else 0. */
  readonly x: Sequence<"n_x", "m">;
  /** The sum of the two marked numbers, (1, m): from 0 to 2. */
  readonly y: Mat<"1", "m">;
  /** The two marked steps of each example, from 1. */
  readonly marked: readonly (readonly [number, number])[];
}

/** The mean squared error of always saying 1: the variance of the sum of two numbers from 0 to 1. */
export const addingBaseline = 1 / 6;

/**
 * Draws a batch: one mark in the first half of the steps, one in the second.
 *
 * @param m - number of examples
 * @param T_x - number of steps, at least 2
 * @param random - the stream that the numbers are drawn from
 * @returns inputs, sums and marks
 * @throws OutOfRangeError when m is no whole number of at least 1, T_x none of at least 2, or there is no stream
 */
export function addingProblem(m: number, T_x: number, random: Random): AddingBatch {
  requireWhole("addingProblem", "m", m, 1);
  requireWhole("addingProblem", "T_x", T_x, 2);
  requireRandom("addingProblem", random, "integer", "uniform");
  const half = Math.floor(T_x / 2);
  const marked = Array.from(
    { length: m },
    () => [1 + random.integer(half), 1 + half + random.integer(T_x - half)] as const,
  );
  const x = Sequence.build<"n_x", "m">(T_x, () => new Mat(2, m));
  for (let t = 1; t <= T_x; t++) {
    const { data } = x.at(t); // the numbers, and behind them the marks
    for (let i = 0; i < m; i++) data[i] = random.uniform();
  }
  const y = new Mat<"1", "m">(1, m);
  for (const [i, steps] of marked.entries()) {
    for (const t of steps) {
      x.at(t).data[m + i] = 1;
      y.data[i]! += x.at(t).data[i]!;
    }
  }
  return { x, y, marked };
}
