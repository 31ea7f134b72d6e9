/** The proof of a teacher's own exercise: what the pack's exercises are held to, without what a lesson needs of them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AnyFunction, Honest } from "../../../../exercises/exercise.js";
import {
  mistakeFaults,
  rightFaults,
  starterFaults,
  unmadeFaults,
} from "../../../authoring/proof.js";
import { type LoadedExercise, loadOwnExercise, placed } from "./load.js";
import { OwnModules } from "./modules.js";

/**
 * Proves an exercise by running it: the starter is not written, the reference passes, each mistake is rejected by the case
 * that is there for it and named alone, with twenty seeds.
 *
 * @param courseFile - the path of course.yaml
 * @param id - the exercise's folder in `exercises/` beside it
 * @returns all that is wrong, one line each with its file and line; none if it is whole
 * @throws CourseError where it can't be loaded
 */
export async function ownExerciseFaults(
  courseFile: string,
  id: string,
): Promise<readonly string[]> {
  const loaded = await loadOwnExercise(courseFile, id);
  const { exercise } = loaded;
  const starter = (await exportOf(loaded, "starter.ts", id)) as AnyFunction;
  const honest = ((await exportOf(loaded, "honest.ts", "honest")) ?? []) as readonly Honest[];
  const faults = Array.from(await starterFaults({ exercise, starter }));
  const unmade = unmadeFaults(exercise);
  faults.push(...unmade);
  // Every wrong answer is compared with all mistakes.
  if (unmade.length === 0) {
    faults.push(...(await rightFaults({ exercise, honest })));
    for (const { name } of exercise.mutants) faults.push(...(await mistakeFaults(exercise, name)));
  }
  return faults.map((fault) => placed(fault, loaded));
}

/** What a file beside exercise.ts exports, which grading does not need. */
async function exportOf(
  { exercise, folder }: LoadedExercise,
  file: string,
  name: string,
): Promise<unknown> {
  const path = join(folder, exercise.id, file);
  return existsSync(path) ? (await new OwnModules(folder).load(path))[name] : undefined;
}
