/** The numbers of one part of an answer, expected and received side by side. */
import type { Size } from "../../../exercises/exercise.js";
import { isMat, isSequence } from "../../../src/index.js";
import { isPlainRecord } from "../../values/describe.js";
import { type ObservedCase, partOf } from "./explanation.js";
import type { AnswerPart } from "./parts.js";

/**
 * All numbers of a part in one case.
 *
 * @returns undefined where both do not have the same shape
 */
export function numbersOf(
  { part }: AnswerPart,
  { expected, seen, size }: ObservedCase,
):
  | { readonly size: Size; readonly expected: readonly number[]; readonly got: readonly number[] }
  | undefined {
  const right: number[] = [];
  const got: number[] = [];
  const isAlike = collect(
    partOf(expected, part)?.value,
    partOf(seen.outcome, part)?.value,
    right,
    got,
  );
  return isAlike ? { size, expected: right, got } : undefined;
}

/** Adds the numbers of two values of the same build to the lists; false where they are not alike. */
function collect(one: unknown, other: unknown, ones: number[], others: number[]): boolean {
  if (typeof one === "number" && typeof other === "number") {
    ones.push(one);
    others.push(other);
    return true;
  }
  if (isMat(one) && isMat(other)) {
    if (one.rows !== other.rows || one.cols !== other.cols) return false;
    for (const value of one.data) ones.push(value);
    for (const value of other.data) others.push(value);
    return true;
  }
  if (isSequence(one) && isSequence(other)) {
    return collect(Array.from(one), Array.from(other), ones, others);
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length === other.length && one.every((value, n) => collect(value, other[n], ones, others))
    );
  }
  if (isPlainRecord(one) && isPlainRecord(other)) {
    return Object.keys(one).every((key) => collect(one[key], other[key], ones, others));
  }
  return Object.is(one, other);
}
