/**
 * Whether a value stayed exactly what it was: bit by bit, without any tolerance. For arguments
 * that a function must not change, and for answers that must come again.
 */
import { isStandIn } from "../../exercises/standIns.js";
import { isMat, isSequence, shapeText } from "../../src/index.js";
import { MAX_DEPTH } from "./codec.js";
import { describeValue, formatPair, isPlainRecord } from "./describe.js";

/** The first place at which two values are not the same. */
export interface Change {
  /** Keys and indices in code that lead there: ".Wax.get(0, 1)". */
  readonly code: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The first place where `after` is no longer `before`.
 *
 * @param before - the value as it was
 * @param after - the value as it is
 * @param skip - keys of the outermost record that may differ
 * @returns the place and both values in words; undefined when nothing changed
 */
export function findChange(
  before: unknown,
  after: unknown,
  skip: readonly string[] = [],
): Change | undefined {
  return changeAt({ code: "", depth: 0 }, before, after, skip);
}

/** Where two values stand in their wholes. */
interface At {
  readonly code: string;
  readonly depth: number;
}

function changeAt(
  { code, depth }: At,
  before: unknown,
  after: unknown,
  skip: readonly string[] = [],
): Change | undefined {
  if (Object.is(before, after) || depth > MAX_DEPTH) return undefined; // it may hold itself
  const inside = (step: string): At => ({ code: code + step, depth: depth + 1 });
  if (typeof before === "number" && typeof after === "number") {
    const [afterText, beforeText] = formatPair(after, before);
    return { code, before: beforeText, after: afterText };
  }
  if (isMat(before) && isMat(after)) {
    if (before.rows !== after.rows || before.cols !== after.cols) {
      return { code, before: shapeText(before), after: shapeText(after) };
    }
    for (const [n, value] of before.data.entries()) {
      if (Object.is(value, after.data[n])) continue;
      const place = `.get(${Math.floor(n / before.cols)}, ${n % before.cols})`;
      const change = changeAt(inside(place), value, after.data[n]);
      if (change !== undefined) return change;
    }
    return undefined;
  }
  if (isSequence(before) && isSequence(after) && before.T_x === after.T_x) {
    for (let t = 1; t <= before.T_x; t++) {
      const change = changeAt(inside(`.at(${t})`), before.at(t), after.at(t));
      if (change !== undefined) return change;
    }
    return undefined;
  }
  if (isStandIn(before)) return undefined;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [n, entry] of before.entries()) {
      const change = changeAt(inside(`[${n}]`), entry, after[n]);
      if (change !== undefined) return change;
    }
    return undefined;
  }
  if (isPlainRecord(before) && isPlainRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (skip.includes(key)) continue;
      const change = changeAt(inside(`.${key}`), before[key], after[key]);
      if (change !== undefined) return change;
    }
    return undefined;
  }
  const [was, is] = [describeValue(before), describeValue(after)];
  const isOpaque = typeof before === "object" || typeof before === "function";
  return isOpaque && was === is ? undefined : { code, before: was, after: is };
}
