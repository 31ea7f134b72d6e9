/**
 * The learner's folder, `my-work/`: where it is, and which file holds which exercise. A file that
 * is there is never overwritten.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Exercise } from "../../exercises/exercise.js";
import { manifest } from "../../exercises/manifest.js";

/** The pack's own folder: this module is built to dist/grader/practice/. */
export const packRoot: string = fileURLToPath(new URL("../../..", import.meta.url));

/** The `my-work` folder in which `start` lies, or that lies beside it or one of its parents. */
export function findWorkspace(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".unrolled"))) return folder;
    if (existsSync(join(folder, "my-work"))) return join(folder, "my-work");
    if (folder === dirname(folder)) return undefined;
  }
}

/** The `my-work` folder to use from `start`: the nearest one, else the pack's. */
export function workspaceFor(start: string): string {
  return findWorkspace(start) ?? join(packRoot, "my-work");
}

/** Where the learner writes an exercise: `exercises/02-05-rnnCellForward.ts`. */
export function exerciseFile(workspace: string, exercise: Exercise): string {
  const number = String(manifest.indexOf(exercise) + 1).padStart(2, "0");
  return join(workspace, "exercises", `${exercise.lesson}-${number}-${exercise.id}.ts`);
}

/** The pack's starter of an exercise. */
export function starterFile(exercise: Exercise): string {
  return join(packRoot, "exercises", exercise.id, "starter.ts");
}

/** Copies the starters that are missing; returns the files that are new. */
export function addMissingExercises(workspace: string): readonly string[] {
  mkdirSync(join(workspace, "exercises"), { recursive: true });
  mkdirSync(join(workspace, ".unrolled"), { recursive: true });
  return manifest
    .map((exercise) => ({ from: starterFile(exercise), to: exerciseFile(workspace, exercise) }))
    .filter(({ to }) => !existsSync(to))
    .map(({ from, to }) => {
      copyWhole(from, to);
      return to;
    });
}

/** Copies in one go: on a full disk there is no half of a file. */
export function copyWhole(from: string, to: string): void {
  const beside = `${to}.${process.pid}.new`;
  try {
    copyFileSync(from, beside);
    renameSync(beside, to);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
