/** The reports' files. */
import type { Exercise } from "../../../exercises/exercise.js";
import type { Graded } from "../gradeHandIn.js";

export async function writeReports(
  graded: readonly Graded[],
  exercises: readonly Exercise[],
  folder: string,
): Promise<string> {
  await Promise.resolve([graded, exercises]);
  return folder;
}
