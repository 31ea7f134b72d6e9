/** What a format is: the same result, written for another system. */
import { UnrolledError } from "../../../src/core/errors.js";
import type { ClassResult } from "../result/classResult.js";
import type { Graded } from "../result/graded.js";
import type { Person } from "../result/person.js";

/** A way to write a class's result. */
export interface Format {
  /** One line for the help. */
  readonly says: string;
  /** It can hold one hand-in alone. */
  readonly isOfOne?: true;
  /** It holds grades alone: nothing of what is said of a case, no code. */
  readonly isOfGrades?: true;
  /** Throws a FormatError where these hand-ins can't be written so, before any is graded. */
  readonly refuse?: (planned: Planned) => void;
  /** The whole file. */
  readonly write: (result: ClassResult) => string | Uint8Array;
}

/** What is known of a result before it is there. */
export interface Planned {
  readonly handIns: readonly { readonly student: string; readonly assignment: string }[];
  readonly personOf: (student: string) => Person;
}

/** The result can't be written in this format; the message says why, and what can. */
export class FormatError extends UnrolledError {
  override name = "FormatError";
}

/**
 * The only hand-in of a result.
 *
 * @param result - of one hand-in
 * @param format - the name of the format that can hold no more
 * @returns the hand-in
 * @throws FormatError where there are several, or none
 */
export function onlyOne({ graded }: ClassResult, format: string): Graded {
  const [one] = graded;
  if (one !== undefined && graded.length === 1) return one;
  throw notOne(format, graded.length);
}

/**
 * A format that can hold one hand-in alone is asked for more.
 *
 * @param format - its name
 * @param count - how many hand-ins there are
 * @returns what to throw
 */
export function notOne(format: string, count: number): FormatError {
  return new FormatError(
    `${format}: the format is for one hand-in: expected 1, got ${count}; grade one student's folder with --student NAME`,
  );
}
