/** Puts an exercise's starter back; the learner's version is kept aside. */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { writeWhole } from "#common/write-whole";
import type { Exercise } from "../../../exercises/exercise.js";
import { exerciseFile, starterFile } from "../workspace.js";

/** Puts the starter back; returns where the learner's version is kept, if there was one. */
export function resetExercise(workspace: string, exercise: Exercise): string | undefined {
  const file = exerciseFile(workspace, exercise);
  let kept: string | undefined;
  if (existsSync(file)) {
    kept = join(workspace, ".unrolled", "before-reset", `${Date.now()}-${basename(file)}`);
    writeWhole(kept, readFileSync(file));
  }
  writeWhole(file, readFileSync(starterFile(exercise)));
  return kept;
}
