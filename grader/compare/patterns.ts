/**
 * What the differences between two tensors of the same shape have in common: the observation
 * that a teacher looking over one's shoulder would make first. At most one is named, the most
 * telling one; where none holds for every entry, there is none.
 */
import type { Size, Tolerance } from "../../exercises/exercise.js";
import { formatNumber, formatPair } from "../values/describe.js";
import { allowedError, countOf, isClose, placeOf, type Place, type Tensor } from "./tensor.js";

/**
 * The pattern in words, such as "only ⟨1⟩ is right", or nothing.
 *
 * @param tensor - both answers' numbers, of which at least one differs
 * @param tolerance - what counts as equal
 * @param size - the case's sizes, by which a constant factor is named
 * @returns undefined where nothing holds for all entries
 */
export function findPattern(
  tensor: Tensor,
  tolerance: Tolerance,
  size: Size = {},
): string | undefined {
  return (
    notNumbers(tensor) ??
    allZeros(tensor) ??
    inTime(tensor, tolerance) ??
    rearranged(tensor, tolerance) ??
    constantRatio(tensor, tolerance, size) ??
    constantOffset(tensor, tolerance) ??
    cutOff(tensor, tolerance) ??
    alongOneAxis(tensor, tolerance)
  );
}

/** Whether each number equals the expected one after `expectedAt` has picked or changed it. */
function allClose(
  tensor: Tensor,
  tolerance: Tolerance,
  expectedAt: (n: number, place: Place) => number,
): boolean {
  for (let n = 0; n < countOf(tensor); n++) {
    if (!isClose(tensor.got[n]!, expectedAt(n, placeOf(tensor, n)), tolerance)) return false;
  }
  return true;
}

function indexOf(tensor: Tensor, { t, i, j }: Place): number {
  return ((t - 1) * tensor.rows + i) * tensor.cols + j;
}

/** Not more than one different number: no two entries could show what they have in common. */
function isFlat(tensor: Tensor): boolean {
  return Array.from(tensor.expected).every((value) => value === tensor.expected[0]);
}

function notNumbers(tensor: Tensor): string | undefined {
  const got = Array.from(tensor.got);
  for (const [word, holds] of [
    ["NaN", Number.isNaN],
    ["infinite", (value: number) => Math.abs(value) === Infinity],
  ] as const) {
    const first = got.findIndex(holds);
    if (first < 0) continue;
    if (got.every(holds)) return got.length === 1 ? undefined : `every entry is ${word}`;
    const { t } = placeOf(tensor, first);
    const count = got.filter(holds).length;
    return t > 1
      ? `${word} from ⟨${t}⟩ on; the steps before are finite`
      : `${count} of ${got.length} entries ${count === 1 ? "is" : "are"} ${word}`;
  }
  return undefined;
}

function allZeros(tensor: Tensor): string | undefined {
  const got = Array.from(tensor.got);
  return got.length > 1 && got.every((value) => value === 0) ? "every entry is 0" : undefined;
}

/** Of each step, row or column (`of` a place, from 0) whether all its entries are right. */
function rightAlong(
  tensor: Tensor,
  tolerance: Tolerance,
  length: number,
  of: (place: Place) => number,
): readonly boolean[] {
  const right = new Array<boolean>(length).fill(true);
  for (let n = 0; n < countOf(tensor); n++) {
    if (!isClose(tensor.got[n]!, tensor.expected[n]!, tolerance)) {
      right[of(placeOf(tensor, n))] = false;
    }
  }
  return right;
}

/** Which steps are right, when that draws a line through time; one step alone draws none. */
function inTime(tensor: Tensor, tolerance: Tolerance): string | undefined {
  const right = rightAlong(tensor, tolerance, tensor.T, ({ t }) => t - 1);
  const rightSteps = right.flatMap((isRight, index) => (isRight ? [index + 1] : []));
  const wrongSteps = right.flatMap((isRight, index) => (isRight ? [] : [index + 1]));
  if (rightSteps.length === 0) return undefined;
  if (rightSteps.length === 1) return `only ⟨${rightSteps[0]}⟩ is right`;
  if (wrongSteps.length === 1) return `only ⟨${wrongSteps[0]}⟩ is wrong`;
  const lastRight = rightSteps.at(-1)!;
  const lastWrong = wrongSteps.at(-1)!;
  if (lastRight === rightSteps.length) {
    return `right up to ⟨${lastRight}⟩, wrong from ⟨${lastRight + 1}⟩ on`;
  }
  if (lastWrong === wrongSteps.length) {
    return `wrong up to ⟨${lastWrong}⟩, right from ⟨${lastWrong + 1}⟩ on`;
  }
  return undefined;
}

/** The right numbers in the wrong places; where nothing moves, one number is still wrong. */
function rearranged(tensor: Tensor, tolerance: Tolerance): string | undefined {
  const { T, rows, cols, expected } = tensor;
  const from = (place: Place): number => expected[indexOf(tensor, place)]!;
  if (rows === cols && allClose(tensor, tolerance, (_, p) => from({ ...p, i: p.j, j: p.i }))) {
    return "transposed";
  }
  if (allClose(tensor, tolerance, (_, p) => from({ ...p, t: T + 1 - p.t }))) {
    return "the steps run backwards";
  }
  if (T < 3) return undefined;
  const shifted = (by: number): boolean =>
    allClose(tensor, tolerance, (n, p) => {
      const t = p.t + by;
      return t < 1 || t > T ? tensor.got[n]! : from({ ...p, t });
    });
  if (shifted(-1)) return "every step comes one step late";
  if (shifted(1)) return "every step comes one step early";
  return undefined;
}

/** got = ratio · expected everywhere. */
function constantRatio(tensor: Tensor, tolerance: Tolerance, size: Size): string | undefined {
  const expected = Array.from(tensor.expected);
  const largest = expected.reduce(
    (best, value, n) => (Math.abs(value) > Math.abs(expected[best]!) ? n : best),
    0,
  );
  const ratio = tensor.got[largest]! / expected[largest]!;
  if (!Number.isFinite(ratio) || ratio === 0) return undefined;
  if (expected.filter((value) => value !== 0).length < 2) return undefined;
  const scale = Math.max(1, Math.abs(ratio));
  const holds = expected.every(
    (value, n) =>
      Math.abs(tensor.got[n]! - ratio * value) <= scale * allowedError(value, tolerance),
  );
  if (!holds) return undefined;
  if (Math.abs(ratio + 1) < 1e-6) return "signs are flipped";
  const factor = Math.abs(ratio);
  for (const [times, word] of [
    [factor, "large"],
    [1 / factor, "small"],
  ] as const) {
    const whole = Math.round(times);
    if (whole < 2 || Math.abs(times - whole) > 1e-6 * whole) continue;
    const sign = ratio < 0 ? ", with the sign flipped" : "";
    return `every entry is ${whole} times too ${word}${sign}${sizesEqualTo(whole, size)}`;
  }
  const [ratioText] = formatPair(ratio, 1);
  return `every entry is ${ratioText} times the expected one`;
}

/** The one size of the case that equals the factor: a sum that should be a mean, or the reverse. */
function sizesEqualTo(factor: number, size: Size): string {
  const names = Object.keys(size).filter((name) => size[name] === factor);
  return names.length === 1 && factor > 2 ? ` (${names[0]} is ${factor} here)` : "";
}

/** got = expected + offset everywhere. */
function constantOffset(tensor: Tensor, tolerance: Tolerance): string | undefined {
  if (isFlat(tensor)) return undefined;
  const offset = tensor.got[0]! - tensor.expected[0]!;
  if (!allClose(tensor, tolerance, (n) => tensor.expected[n]! + offset)) return undefined;
  const amount = formatNumber(Number(Math.abs(offset).toPrecision(4)));
  return `every entry is ${amount} too ${offset > 0 ? "large" : "small"}`;
}

/** Right inside ±limit, and ±limit wherever the expected number lies outside. */
function cutOff(tensor: Tensor, tolerance: Tolerance): string | undefined {
  const limit = Math.max(...Array.from(tensor.got, Math.abs));
  const clamp = (value: number): number => Math.max(-limit, Math.min(limit, value));
  const beyond = Array.from(tensor.expected).filter((value) => Math.abs(value) > limit).length;
  if (beyond < 2 || beyond === countOf(tensor)) return undefined;
  if (!allClose(tensor, tolerance, (n) => clamp(tensor.expected[n]!))) return undefined;
  return `everything beyond ±${formatNumber(Number(limit.toPrecision(4)))} is cut off`;
}

/** One row or one column apart from the others. */
function alongOneAxis(tensor: Tensor, tolerance: Tolerance): string | undefined {
  const { rows, columns } = tensor.part;
  const axes = [
    { length: tensor.rows, name: rows === "" ? "row" : rows, of: (place: Place) => place.i },
    { length: tensor.cols, name: columns === "" ? "column" : columns, of: (p: Place) => p.j },
  ];
  for (const { length, name, of } of axes) {
    if (length < 2) continue;
    const right = rightAlong(tensor, tolerance, length, of);
    const rightCount = right.filter(Boolean).length;
    if (rightCount === length - 1) return `only ${name} ${right.indexOf(false) + 1} is wrong`;
    if (rightCount === 1) return `only ${name} ${right.indexOf(true) + 1} is right`;
  }
  return undefined;
}
