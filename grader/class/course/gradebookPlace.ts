/** Which gradebook a command means: the options, and opening it. */
import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { type Command, Option } from "commander";
import { FormatError } from "../formats/format.js";
import { type CourseStore, openCourseStore } from "../store/courseStore.js";
import { GradebookError } from "../store/store.js";
import { databaseAddress } from "../optionValues.js";
import { troubleCode } from "../troubleCode.js";
import { CourseError } from "./checkedYaml.js";

/** Where the grades are. */
export interface GradebookPlace {
  readonly gradebook: string;
  readonly database?: string;
}

/**
 * Where a regrade waits that was looked at and does not count yet.
 *
 * @param place - of the grades
 * @returns beside the gradebook, or here where that is a database
 */
export function previewFile({ database, gradebook }: GradebookPlace): string {
  return `${database === undefined ? gradebook : "database"}.regrade.json`;
}

/** Adds the options that say where the grades are. */
export function placed(command: Command): Command {
  return command
    .option("--gradebook <file>", "the file that grade wrote", "gradebook.sqlite")
    .addOption(
      new Option(
        "--database <address>",
        "the PostgreSQL database that grade wrote to: postgres://USER@HOST/DATABASE",
      )
        .argParser(databaseAddress)
        .conflicts("gradebook"),
    );
}

/** Adds the options that say how a command speaks. */
export function spoken(command: Command): Command {
  return command
    .option("--json", "print one JSON document, and nothing else")
    .option("--quiet", "only what has to be said");
}

/**
 * Opens the gradebook, uses it and closes it.
 *
 * @param place - where it is
 * @param use - gives the exit code
 * @returns the exit code; that of a failure, which has been told, where the gradebook can't be used
 * @throws CourseError where there is no such file
 */
export async function withStore(
  { gradebook, database }: GradebookPlace,
  use: (store: CourseStore) => Promise<number>,
): Promise<number> {
  if (database === undefined && !existsSync(gradebook)) {
    throw new CourseError(
      `gradebook: there is no ${gradebook}; name the file with --gradebook, or make it with: npx unrolled grade`,
    );
  }
  let store: CourseStore | undefined;
  try {
    store = await openCourseStore(database ?? gradebook);
    return await use(store);
  } catch (error) {
    if (!(error instanceof GradebookError || error instanceof FormatError)) throw error;
    console.error(error.message);
    return troubleCode(error);
  } finally {
    await store?.close();
  }
}

/** Who gives the command. */
export function user(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown"; // an account without an entry, as containers have
  }
}
