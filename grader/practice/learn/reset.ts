/** Puts an exercise's starter back; the learner's version is kept aside. */
import { existsSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Exercise } from "../../../exercises/exercise.js";
import { copyWhole, exerciseFile, starterFile } from "../workspace.js";

/** Puts the starter back; returns where the learner's version is kept, if there was one. */
export function resetExercise(workspace: string, exercise: Exercise): string | undefined {
  const file = exerciseFile(workspace, exercise);
  let kept: string | undefined;
  if (existsSync(file)) {
    const folder = join(workspace, ".unrolled", "before-reset");
    mkdirSync(folder, { recursive: true });
    kept = join(folder, `${Date.now()}-${basename(file)}`);
    copyWhole(file, kept);
  }
  mkdirSync(dirname(file), { recursive: true });
  copyWhole(starterFile(exercise), file);
  return kept;
}
