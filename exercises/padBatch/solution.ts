import { Mat, Sequence } from "unrolled";

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
  const T_x = batch.map((words) => words.length);
  if (T_x.length === 0 || T_x.includes(0))
    throw new RangeError("padBatch: an example is empty");
  for (const word of batch.flat()) {
    if (!Number.isInteger(word) || word < 0 || word >= n_x) {
      throw new RangeError(`padBatch: ${word} is none of the ${n_x} words`);
    }
  }
  const longest = Math.max(...T_x);
  const x = Sequence.build(longest, (t) =>
    Mat.build<"n_x", "m">(n_x, batch.length, (k, i) =>
      batch[i]![t - 1] === k ? 1 : 0,
    ),
  );
  const mask = Sequence.build(longest, (t) =>
    Mat.build<"1", "m">(1, batch.length, (_, i) => (t <= T_x[i]! ? 1 : 0)),
  );
  return { x, mask, T_x };
}
