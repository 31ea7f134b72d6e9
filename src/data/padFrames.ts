/** Sequences of numbers of different lengths become one batch (lesson 01; for words: padBatch). */
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import { Mat } from "../core/matrix.js";
import { Sequence } from "../notation/sequence.js";

/** A batch of m sequences, all filled up to the longest. */
export interface FrameBatch {
  /** T_x matrices (n_x, m); an example's column is zero after its own end. */
  readonly x: Sequence<"n_x", "m">;
  /** T_x rows (1, m): 1 while the example lasts, then 0. */
  readonly mask: Sequence<"1", "m">;
  /** Each example's own length, in steps. */
  readonly T_x: readonly number[];
}

/**
 * Puts m sequences of frames side by side, the shorter ones padded with zeros at their end.
 *
 * @param batch - m examples; each is at least one frame of n_x numbers
 * @returns x, (n_x, m) at each step, and its mask, (1, m) at each step
 * @throws OutOfRangeError for an empty batch or an example without frames
 * @throws ShapeError where a frame does not have as many numbers as the others
 * @example
 * const { x, mask } = padFrames([[[1, 2], [3, 4]], [[5, 6]]]);
 * x.at(2).toArray(); // → [[3, 0], [4, 0]]
 * mask.at(2).toArray(); // → [[1, 0]]
 */
export function padFrames(batch: readonly (readonly (readonly number[])[])[]): FrameBatch {
  const T_x = batch.map((frames) => frames.length);
  if (T_x.length === 0) {
    throw new OutOfRangeError(
      "padFrames: the batch is empty: expected at least one example, got none",
    );
  }
  if (T_x.includes(0)) {
    const i = T_x.indexOf(0) + 1;
    throw new OutOfRangeError(
      `padFrames: example (${i}) is empty: expected at least one frame, got none; leave it out`,
    );
  }
  const n_x = batch[0]![0]!.length;
  batch.forEach((frames, i) => {
    const t = frames.findIndex((frame) => frame.length !== n_x);
    if (t >= 0) {
      throw new ShapeError(
        `padFrames: frames differ in size: expected ${n_x} numbers, ` +
          `got ${frames[t]!.length} in x^(${i + 1})⟨${t + 1}⟩`,
      );
    }
  });
  const longest = Math.max(...T_x);
  return {
    x: Sequence.build(longest, (t) =>
      Mat.build(n_x, batch.length, (k, i) => batch[i]![t - 1]?.[k] ?? 0),
    ),
    mask: Sequence.build(longest, (t) =>
      Mat.build(1, batch.length, (_, i) => (t <= T_x[i]! ? 1 : 0)),
    ),
    T_x,
  };
}
