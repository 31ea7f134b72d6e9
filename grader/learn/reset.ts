/** Puts an exercise's starter back; the learner's version is kept aside. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Exercise } from "../../exercises/exercise.js";
import { exerciseFile, starterFile } from "../workspace.js";

/** Puts the starter back; returns where the learner's version is kept, if there was one. */
export function resetExercise(workspace: string, exercise: Exercise): string | undefined {
  const file = exerciseFile(workspace, exercise);
  const fresh = `${file}.${process.pid}.new`;
  mkdirSync(join(workspace, "exercises"), { recursive: true });
  try {
    copyFileSync(starterFile(exercise), fresh);
    let kept: string | undefined;
    if (existsSync(file)) {
      const folder = join(workspace, ".unrolled", "before-reset");
      mkdirSync(folder, { recursive: true });
      kept = join(folder, `${Date.now()}-${basename(file)}`);
      copyFileSync(file, kept);
    }
    renameSync(fresh, file);
    return kept;
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}
