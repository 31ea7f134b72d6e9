/**
 * The learner's folder, `my-work/`: where it is, and which file holds which exercise. A file that
 * is there is never overwritten.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { exerciseFileName, followExercise } from "#common/exercise-file";
import { inPack } from "#common/pack-root";
import { writeWhole } from "#common/write-whole";
import type { Exercise } from "../../exercises/exercise.js";
import { manifest } from "../../exercises/manifest.js";

/**
 * The `my-work` folder in which `start` lies, or that lies beside it or one of its parents.
 *
 * @param start - a folder
 * @returns its path; undefined where there is none
 */
export function findWorkspace(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".unrolled"))) return folder;
    if (existsSync(join(folder, "my-work"))) return join(folder, "my-work");
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * The `my-work` folder to use from `start`: the nearest one, else the pack's.
 *
 * @param start - a folder
 * @returns its path, whether or not the pack's is there yet
 */
export function workspaceFor(start: string): string {
  return findWorkspace(start) ?? inPack("my-work");
}

/**
 * Where the learner writes an exercise: `exercises/02-05-rnnCellForward.ts`.
 *
 * @param workspace - the `my-work` folder
 * @param exercise - with its lesson and its place in it
 * @returns a path, whether or not there is a file
 */
export function exerciseFile(workspace: string, exercise: Exercise): string {
  return join(workspace, exerciseFileName(exercise, manifest.indexOf(exercise)));
}

/**
 * The pack's starter of an exercise.
 *
 * @param exercise - by its id
 * @returns the path of starter.ts
 */
export function starterFile(exercise: Exercise): string {
  return inPack("exercises", exercise.id, "starter.ts");
}

/**
 * Keeps a learner's text that is about to be replaced.
 *
 * @param workspace - the `my-work` folder
 * @param name - the text's file
 * @param text - the text
 * @returns the path of the copy, which nothing overwrites
 */
export function keepAside(workspace: string, name: string, text: string | Uint8Array): string {
  const kept = join(workspace, ".unrolled", "kept", `${Date.now()}-${name}`);
  writeWhole(kept, text);
  return kept;
}

/**
 * Copies the starters that are missing, once the learner's files have the names of today; returns the files that
 * are new.
 *
 * @param workspace - the `my-work` folder
 * @returns the new files' paths
 */
export function addMissingExercises(workspace: string): readonly string[] {
  mkdirSync(join(workspace, "exercises"), { recursive: true });
  mkdirSync(join(workspace, ".unrolled"), { recursive: true });
  manifest.forEach((exercise, index) => {
    followExercise(workspace, exercise, index);
  });
  return manifest
    .map((exercise) => ({ from: starterFile(exercise), to: exerciseFile(workspace, exercise) }))
    .filter(({ to }) => !existsSync(to))
    .map(({ from, to }) => {
      writeWhole(to, readFileSync(from));
      return to;
    });
}
