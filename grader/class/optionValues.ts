/** Values of the commands' options, read. */
import { InvalidArgumentError } from "commander";
import type { Exercise } from "../../exercises/exercise.js";
import { isPostgres } from "./store/postgres.js";
import { GradebookError } from "./store/store.js";
import { exercise as findExercise, manifest } from "../../exercises/manifest.js";

/**
 * Reads a whole number within bounds.
 *
 * @param least - the smallest
 * @param most - the largest
 * @returns what reads the option's text; it throws what the command line shows
 */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
  };
}

/**
 * Reads a database's address.
 *
 * @param text - the option's value
 * @returns it as it is
 * @throws GradebookError for what is no PostgreSQL address; it does not repeat it, which may hold a password
 */
export function databaseAddress(text: string): string {
  if (isPostgres(text)) return text;
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? [];
  const expected =
    "database: --database is no address: expected postgres://USER@HOST:PORT/DATABASE";
  throw new GradebookError(
    scheme === undefined
      ? `${expected}; a file is named with --gradebook`
      : `${expected}, got ${scheme}://…; name a PostgreSQL database, or a file with --gradebook`,
    "named",
  );
}

/**
 * Reads a list of exercises: "rnnCellForward,rnnForward".
 *
 * @param text - ids, with commas between them
 * @returns the exercises in learning order
 * @throws InvalidArgumentError for an id that is none, with the nearest
 */
export function exerciseList(text: string): readonly Exercise[] {
  try {
    const chosen = text.split(",").map((id) => findExercise(id.trim()));
    return manifest.filter((one) => chosen.includes(one));
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/**
 * Reads a list of exercises which may be a teacher's own: which there are, the course says.
 *
 * @param text - ids, with commas between them
 * @returns the ids
 */
export function idList(text: string): readonly string[] {
  return text.split(",").map((id) => id.trim());
}

/**
 * The exercises of these ids.
 *
 * @param ids - what was asked for, by a person perhaps
 * @param own - a teacher's own exercises, beside the pack's
 * @returns in learning order, the teacher's at the end
 * @throws UnknownExercise for an id that is none, with the nearest of the pack's
 */
export function exercisesNamed(
  ids: readonly string[],
  own: readonly Exercise[],
): readonly Exercise[] {
  const chosen = ids.map((id) => own.find((one) => one.id === id) ?? findExercise(id));
  return [...manifest, ...own].filter((one) => chosen.includes(one));
}
