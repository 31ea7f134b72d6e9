/** Functions that stand on others of the learner's: `my_oneHot` is the library's until the learner's own passes. */
import type { AnyFunction } from "../../exercises/exercise.js";
import type { Verdict } from "../judge/verdict.js";
import { usesUnfinished } from "../source/mine.js";

/** Whether the latest check of each exercise in this process passed. */
const passedHere = new Map<string, boolean>();

/**
 * Keeps how a check ended, for those of other functions.
 *
 * @param verdict - of a check in this process
 */
export function keepForUses({ exercise, status }: Verdict): void {
  passedHere.set(exercise, status === "passed");
}

/**
 * Where a function uses another one of the learner's that does not pass: what a hand-in would do.
 *
 * @param id - the function's exercise
 * @param fn - the function
 * @returns a sentence for each one that it uses
 */
export function remarksOnUses(id: string, fn: AnyFunction): readonly string[] {
  const text = Function.prototype.toString.call(fn);
  return Array.from(passedHere)
    .filter(([used, isPassed]) => used !== id && !isPassed)
    .filter(([used]) => new RegExp(`\\bmy_${used}\\b`).test(text))
    .map(([used]) => `${usesUnfinished(id, used)}; here the library's is in its place`);
}
