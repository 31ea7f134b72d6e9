import { Mat, NotImplementedError, Sequence } from "unrolled";

/**
 * Examples of different lengths as one batch: shorter ones are filled up with columns
 * of zeros.
 *
 * @param batch - for each example its words' indices, each from 0 to n_x − 1
 * @param n_x - the vocabulary's size
 * @returns x: one-hot, (n_x, m) a step; mask: (1, m) a step, 1 for a word and 0 for
 *   padding;
 *   T_x: each example's own length
 */
export function padBatch(
  batch: readonly (readonly number[])[],
  n_x: number,
): { x: Sequence<"n_x", "m">; mask: Sequence<"1", "m">; T_x: readonly number[] } {
  throw new NotImplementedError("padBatch");
}
