/** What a command over a class ends with when it can't go on: whose trouble it is. */
import { exitCodes } from "#common/exit-codes";
import { UnknownExercise } from "../../exercises/manifest.js";
import { NoSandboxError } from "../sandbox/sandbox.js";
import { CourseError } from "./course/checkedYaml.js";
import { FormatError } from "./formats/format.js";
import { IntakeError } from "./intake/handIn.js";
import { GradebookError, type Trouble } from "./store/store.js";

const CODES: Readonly<Record<Trouble, number>> = {
  named: exitCodes.usage,
  machine: exitCodes.notYet,
  ours: exitCodes.ownFailure,
};

/** What the system says of a machine that is short of something. */
const SHORT: ReadonlySet<unknown> = new Set([
  ...["ENOSPC", "EDQUOT", "EROFS", "EIO", "ENOMEM", "EMFILE", "ENFILE"],
]);

/** What the system says of a place that can't be written to by this name; missing folders are made. */
const NAMED: ReadonlySet<unknown> = new Set([
  ...["ENOTDIR", "EISDIR", "EACCES", "EPERM", "EEXIST", "ELOOP", "ENAMETOOLONG"],
]);

/**
 * The exit code for what a command could not do.
 *
 * @param error - that ended it
 * @returns 2 for what was asked, 1 for the machine as it is, 3 for no sandbox, 4 for a failure of the pack
 */
export function troubleCode(error: unknown): number {
  if (error instanceof GradebookError) return CODES[error.trouble];
  if (error instanceof NoSandboxError) return exitCodes.noSandbox;
  if (isAsked(error)) return exitCodes.usage;
  return SHORT.has((error as { code?: unknown }).code) ? exitCodes.notYet : exitCodes.ownFailure;
}

/**
 * Whether an error is about what was asked: its message says it in our words.
 *
 * @param error - any
 * @returns true for hand-ins, a course's files and formats that can't be used as they are
 */
export function isAsked(error: unknown): boolean {
  const kinds = [IntakeError, FormatError, CourseError, UnknownExercise];
  return kinds.some((kind) => error instanceof kind);
}

/**
 * Whose trouble it is that a file can't be written.
 *
 * @param error - the system's
 * @returns "named" for a place that is none, else "machine"
 */
export function writeTrouble(error: unknown): Trouble {
  return NAMED.has((error as { code?: unknown }).code) ? "named" : "machine";
}
