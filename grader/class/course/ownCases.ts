/** A teacher's own cases of an exercise: data in course.yaml, held back from learners. */
import type { Case, Exercise } from "../../../exercises/exercise.js";
import { prepareCase } from "../../judge/judge.js";

/** A case as course.yaml has it. */
export interface OwnCase {
  readonly name: string;
  readonly size: Readonly<Record<string, number>>;
  readonly settings?: Readonly<Record<string, number | boolean>> | undefined;
}

/**
 * The cases of an exercise that are held back.
 *
 * @param exercise - of an assignment
 * @returns none for the pack's own exercises
 */
export function heldBackCases({ cases }: Pick<Exercise, "cases">): readonly Case[] {
  return cases.filter(({ shown }) => shown === false);
}

/**
 * An exercise with a teacher's cases.
 *
 * @param exercise - the pack's
 * @param own - the teacher's
 * @returns the same exercise where there are none
 */
export function withCases(exercise: Exercise, own: readonly OwnCase[]): Exercise {
  if (own.length === 0) return exercise;
  const cases = own.map(({ name, size, settings }): Case => ({
    ...{ name, size, shown: false },
    ...(settings === undefined ? {} : { settings }),
  }));
  return withHeldBack(exercise, [...heldBackCases(exercise), ...cases]);
}

/**
 * An exercise with these cases held back, and no others. They stand behind the shown ones: nothing that a shown one
 * tells can be of one of them.
 *
 * @param exercise - the pack's
 * @param heldBack - the cases
 * @returns a new exercise
 */
export function withHeldBack(exercise: Exercise, heldBack: readonly Case[]): Exercise {
  return {
    ...exercise,
    cases: [...exercise.cases.filter(({ shown }) => shown !== false), ...heldBack],
  };
}

/**
 * What is wrong with a teacher's case.
 *
 * @param exercise - the pack's
 * @param one - the teacher's
 * @returns the mistake and the mend; undefined where the case can be asked
 */
export function mistakeIn(exercise: Exercise, one: OwnCase): string | undefined {
  if (exercise.cases.some(({ name }) => name === one.name))
    return `the pack has a case ${JSON.stringify(one.name)} of ${exercise.id}; give yours another name`;
  const first = exercise.cases[0]!;
  const sizes = new Set(exercise.cases.flatMap(({ size }) => Object.keys(size)));
  const settings = new Set(exercise.cases.flatMap((known) => Object.keys(known.settings ?? {})));
  const strange =
    Object.keys(one.size).find((name) => !sizes.has(name)) ??
    Object.keys(one.settings ?? {}).find((name) => !settings.has(name));
  const missing = Object.keys(first.size).find((name) => !(name in one.size));
  const such = `such as ${JSON.stringify(first.size)}`;
  if (strange !== undefined)
    return `${exercise.id} has no ${JSON.stringify(strange)}: expected sizes ${such}; take it out`;
  if (missing !== undefined)
    return `${exercise.id} needs the size ${JSON.stringify(missing)}: expected sizes ${such}; add it`;
  try {
    prepareCase(exercise, { ...one, settings: one.settings ?? {} }, 1);
    return undefined;
  } catch (error) {
    return `${exercise.id} can't be asked this: ${(error as Error).message}; change its sizes or settings`;
  }
}
