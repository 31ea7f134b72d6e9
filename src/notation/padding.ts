/** Examples of different lengths in one batch: padding, and the mask that says what is padding. */
import { inWords } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { checkShapes, Mat } from "../core/matrix.js";
import { requireIndex } from "./oneHot.js";
import { requireSequences } from "./requireSequence.js";
import { Sequence } from "./sequence.js";

/** A batch of examples of different lengths as one sequence. */
export interface PaddedBatch<N extends string = string> {
  /** x⟨t⟩, (n_x, m): one-hot columns; all zeros where an example has ended. */
  readonly x: Sequence<N, "m">;
  /** (1, m) at each step: 1 where the example still runs, 0 where it has ended. */
  readonly mask: Sequence<"1", "m">;
  /** T_x⁽ⁱ⁾: the length of each example, in steps. */
  readonly T_x: readonly number[];
}

/**
 * One-hot sequences of different lengths as one: as long as the longest, shorter ones filled up
 * with zero columns at the end.
 *
 * @param batch - the indices of each example's tokens, at least one each
 * @param n_x - the size of the vocabulary
 * @returns x, (n_x, m) at each step, its mask, (1, m) at each step, and the m lengths T_x⁽ⁱ⁾
 * @throws OutOfRangeError when the batch or an example is empty, or an index is not in 0 … n_x − 1
 * @example
 * padBatch([[1, 0], [1]], 2).mask.toArray() // → [[[1, 1]], [[1, 0]]]
 * padBatch([[1, 0], [1]], 2).x.at(2).toArray() // → [[1, 0], [0, 0]]
 */
export function padBatch<N extends string>(
  batch: readonly (readonly number[])[],
  n_x: number,
): PaddedBatch<N> {
  if (!Array.isArray(batch)) {
    throw new OutOfRangeError(`padBatch: expected a list of examples, got ${inWords(batch)}`);
  }
  if (batch.length === 0) {
    throw new OutOfRangeError("padBatch: expected at least one example, got none");
  }
  batch.forEach((indices, i) => {
    if (!Array.isArray(indices)) {
      throw new OutOfRangeError(
        `padBatch: expected a list of indices for example ${i + 1}, got ${inWords(indices)}`,
      );
    }
    if (indices.length === 0) {
      throw new OutOfRangeError(
        `padBatch: example ${i + 1} is empty: expected at least one token; leave it out of the batch`,
      );
    }
    indices.forEach((index, t) => {
      requireIndex("padBatch", `example ${i + 1}, step ⟨${t + 1}⟩`, index, n_x);
    });
  });
  const T_x = batch.map((indices) => indices.length);
  const longest = T_x.reduce((a, b) => Math.max(a, b));
  const m = batch.length;
  return {
    x: Sequence.build(longest, (t) =>
      Mat.build(n_x, m, (k, i) => (batch[i]![t - 1] === k ? 1 : 0)),
    ),
    mask: Sequence.build(longest, (t) => Mat.build(1, m, (_, i) => (t <= T_x[i]! ? 1 : 0))),
    T_x,
  };
}

/**
 * The last step ⟨t⟩ of each example that its mask does not cover.
 *
 * @param mask - (1, m) at each step, 1 or 0
 * @returns m time steps, counted from 1
 * @throws OutOfRangeError when an example has no valid step at all, or an entry is neither 0 nor 1;
 *   ShapeError when the mask is no sequence
 * @example
 * lastValidSteps(padBatch([[1, 0], [1]], 2).mask) // → [2, 1]
 */
export function lastValidSteps(mask: Sequence<"1", "m">): number[] {
  requireSequences("lastValidSteps", { mask });
  for (let t = 1; t <= mask.T_x; t++) requireBinary("lastValidSteps", `mask⟨${t}⟩`, mask.at(t));
  return Array.from({ length: mask.cols }, (_, i) => {
    for (let t = mask.T_x; t >= 1; t--) if (mask.at(t).get(0, i) !== 0) return t;
    throw new OutOfRangeError(
      `lastValidSteps: example ${i + 1} has no valid step: expected a 1 in its mask, got only zeros; leave it out of the batch`,
    );
  });
}

/**
 * Each example back to front: its last valid step comes first, and its padding stays where it is. Done twice,
 * it changes nothing.
 *
 * @param x - (n_x, m) at each step
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns (n_x, m) at each of the T_x steps
 * @throws ShapeError, OutOfRangeError when shapes do not fit or an example has no step
 * @example
 * const { x, mask } = padBatch([[0, 1, 2], [3, 1]], 4);
 * reverseSteps(x, mask).toArray() // → padBatch([[2, 1, 0], [1, 3]], 4).x.toArray()
 */
export function reverseSteps<R extends string>(
  x: Sequence<R, "m">,
  mask?: Sequence<"1", "m">,
): Sequence<R, "m"> {
  requireSequences("reverseSteps", { x });
  if (mask === undefined) return x.reverse();
  checkMask("reverseSteps", mask, "x", x);
  lastValidSteps(mask); // throws when an example has no step
  /** For each example and step t, the step whose turn it is: padding's own, else from the other end. */
  const turned = Array.from({ length: x.cols }, (_, i) => {
    const valid = Array.from(mask, (_step, index) => index + 1).filter(
      (t) => mask.at(t).get(0, i) === 1,
    );
    const from = new Map(valid.map((t, k) => [t, valid.at(-1 - k)!]));
    return (t: number): number => from.get(t) ?? t;
  });
  return x.map((x_t, t) => x_t.map((_, k, i) => x.at(turned[i]!(t)).get(k, i)));
}

/**
 * `valid` at the examples that have this step, `padded` at the others. It selects and never
 * multiplies: whatever stands in the padding, a NaN too, goes nowhere.
 *
 * @param mask_t - 1 where an example has this step, 0 where it is padding, (1, m)
 * @param valid - (n, m)
 * @param padded - (n, m); zeros when left out
 * @returns (n, m)
 * @throws ShapeError that names both shapes when they do not fit; OutOfRangeError when the mask holds
 *   something other than 0 and 1
 * @example
 * selectValid(Mat.from([[1, 0]]), Mat.from([[5, NaN]])).toArray() // → [[5, 0]]
 */
export function selectValid<R extends string>(
  mask_t: Mat<"1", "m">,
  valid: Mat<R, "m">,
  padded?: Mat<R, "m">,
): Mat<R, "m"> {
  checkShapes("selectValid", { mask_t: [mask_t, "1", "m"], valid: [valid, "n", "m"] });
  if (padded !== undefined) {
    checkShapes("selectValid", { valid: [valid, "n", "m"], padded: [padded, "n", "m"] });
  }
  requireBinary("selectValid", "mask_t", mask_t);
  if (!mask_t.data.includes(0)) return valid;
  const { rows, cols: m, data } = valid;
  const result = new Mat<R, "m">(rows, m, data);
  for (let i = 0; i < m; i++) {
    if (mask_t.data[i] !== 0) continue;
    for (let n = i; n < data.length; n += m) result.data[n] = padded?.data[n] ?? 0;
  }
  return result;
}

/**
 * Zeros at padded steps, whatever stood there.
 *
 * @param sequence - what is masked, (n, m) a step
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) a step; none masks nothing
 * @returns the sequence with zeros where the mask is 0
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps do not fit
 * @example
 * const { mask } = padBatch([[1, 0], [1]], 2);
 * masked(Sequence.of([Mat.from([[5, 6]]), Mat.from([[7, NaN]])]), mask).toArray() // → [[[5, 6]], [[7, 0]]]
 */
export function masked<R extends string>(
  sequence: Sequence<R, "m">,
  mask: Sequence<"1", "m"> | undefined,
): Sequence<R, "m"> {
  checkMask("masked", mask, "sequence", sequence);
  return mask === undefined ? sequence : sequence.map((step, t) => selectValid(mask.at(t), step));
}

/**
 * Asks that x is a sequence, and that a mask has one row, x's examples and steps, and holds 0 and 1 alone.
 *
 * @param caller - the function whose arguments they are, named in the error
 * @param mask - what came as the mask
 * @param symbol - what the caller calls x
 * @param x - the sequence that is masked, (rows, m) at each step
 * @throws ShapeError when rows or examples differ; OutOfRangeError when the numbers of steps do, or an entry
 *   is neither 0 nor 1
 */
export function checkMask(
  caller: string,
  mask: Sequence<"1", "m"> | undefined,
  symbol: string,
  x: Sequence,
): void {
  requireSequences(caller, { [symbol]: x });
  if (mask === undefined) return;
  requireSequences(caller, { mask });
  checkShapes(caller, { [symbol]: [x.at(1), "rows", "m"], mask: [mask.at(1), "1", "m"] });
  checkSteps(caller, { [symbol]: x, mask });
  for (let t = 1; t <= mask.T_x; t++) requireBinary(caller, `mask⟨${t}⟩`, mask.at(t));
}

/** Asks that a step's mask says of each example whether it has the step: nothing lies between. */
function requireBinary(caller: string, symbol: string, mask_t: Mat<"1", "m">): void {
  const wrong = mask_t.data.findIndex((value) => value !== 0 && value !== 1);
  if (wrong < 0) return;
  throw new OutOfRangeError(
    `${caller}: expected 1 (a step) or 0 (padding) in ${symbol}, got ${mask_t.data[wrong]} for example ${wrong + 1}`,
  );
}

/**
 * Checks that sequences have the same number of steps.
 *
 * @param caller - the function whose arguments they are, named in the error
 * @param sequences - at least one, each under its symbol
 * @throws OutOfRangeError that names both sequences and their numbers of steps; ShapeError when one is none
 */
export function checkSteps(caller: string, sequences: Readonly<Record<string, Sequence>>): void {
  requireSequences(caller, sequences);
  const [[name, first], ...others] = Object.entries(sequences) as [
    [string, Sequence],
    ...[string, Sequence][],
  ];
  for (const [other, sequence] of others) {
    if (sequence.T_x !== first.T_x) {
      throw new OutOfRangeError(
        `${caller}: ${other} has ${sequence.T_x} steps but ${name} has ${first.T_x}; both need the same number`,
      );
    }
  }
}
