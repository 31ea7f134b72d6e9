/** Puts an exercise's starter back into its file; the learner's version is kept aside. */
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { writeWhole } from "#common/write-whole";
import type { Exercise } from "../../../exercises/exercise.js";
import { exerciseFile, keepAside, starterFile } from "../workspace.js";

/** What a reset came to. */
export type Reset =
  /** The file is the starter already. */
  | { readonly kind: "unchanged" }
  /** Where the learner's version is kept, if there was one. */
  | { readonly kind: "reset"; readonly kept: string | undefined };

/** Whether the learner's file is the starter, so that nothing is to be reset. */
export function isStarter(workspace: string, exercise: Exercise): boolean {
  const file = exerciseFile(workspace, exercise);
  return existsSync(file) && readFileSync(file).equals(readFileSync(starterFile(exercise)));
}

/** Puts the starter back, unless it is there. */
export function resetExercise(workspace: string, exercise: Exercise): Reset {
  if (isStarter(workspace, exercise)) return { kind: "unchanged" };
  const file = exerciseFile(workspace, exercise);
  const starter = readFileSync(starterFile(exercise));
  const kept = existsSync(file)
    ? keepAside(workspace, basename(file), readFileSync(file))
    : undefined;
  writeWhole(file, starter);
  return { kind: "reset", kept };
}
