/** Cases that need no run: what was expected beside what came. */
import type { Exercise, Size } from "../../../../exercises/exercise.js";
import type { ObservedCase, Part } from "../../../../grader/judge/diagnosis/explanation.js";
import type { AnswerPart } from "../../../../grader/judge/diagnosis/parts.js";
import { Mat, Sequence } from "../../../../src/index.js";
import { leakySumExercise } from "../../fixtures.js";

/** An exercise with answers of any build; equal is what differs by no more than 1e-9. */
export const anExercise: Exercise = {
  ...leakySumExercise,
  id: "anExercise",
  mutants: [],
  tolerance: { atol: 1e-9, rtol: 1e-9, why: "a test's" },
  answer: {},
};

/** A case in which a value was expected and another one came. */
export function observed(expected: unknown, got: unknown, size: Size = {}): ObservedCase {
  const answer = (value: unknown) => ({ kind: "answer", value }) as const;
  return { args: [], size, expected: answer(expected), seen: { outcome: answer(got) } };
}

/** A case whose function threw. */
export function refusing(expected: unknown, size: Size = {}): ObservedCase {
  const threw = { kind: "threw", name: "RangeError", message: "no" } as const;
  return { ...observed(expected, undefined, size), seen: { outcome: threw } };
}

/** A part that is wrong in these cases and right in the others. */
export function aPart(
  wrong: readonly ObservedCase[],
  right: readonly ObservedCase[] = [],
  part: Part = "",
): AnswerPart {
  return { part, symbol: "W", cases: [...wrong, ...right], wrong, exercise: anExercise };
}

/** A matrix of these rows. */
export function mat(...rows: readonly (readonly number[])[]): Mat {
  return Mat.from(rows);
}

/** A sequence whose steps are (1, 1). */
export function steps(...values: readonly number[]): Sequence {
  return Sequence.of(values.map((value) => mat([value])));
}
