/**
 * The notebook's door to the grader ("unrolled/check"): `check`, `hint`, `progress`.
 *
 * The learner's function runs in the notebook's own process, on the cases that are shown. What is
 * reached is kept in the nearest `my-work` folder, or in memory where there is none.
 */
import type { ExerciseFunctions } from "../../exercises/list.js";
import { type CheckOptions, checkIn, hintIn, progressIn } from "./practice.js";
import { memoryStore, type ProgressStore } from "./progress.js";
import { fileStore } from "./progressFile.js";
import { findWorkspace } from "./workspace.js";

export type { ExerciseFunctions } from "../../exercises/list.js";
export type { CheckOptions } from "./practice.js";

/**
 * Checks a function against the cases that are shown, and shows the verdict.
 *
 * @param id - the exercise's id
 * @param fn - what the learner wrote
 * @param options - the seed, to draw the inputs of an earlier check again
 * @returns `fn` if it passes, otherwise the library's own function, so that later notebook cells work
 * @throws UnknownExercise for an id that does not exist
 *
 * @example
 * const cell = await check("rnnCellForward", rnnCellForward);
 * cell === rnnCellForward // → true
 */
export async function check<Id extends keyof ExerciseFunctions>(
  id: Id,
  fn: ExerciseFunctions[Id],
  options: CheckOptions = {},
): Promise<ExerciseFunctions[Id]> {
  return checkIn(storeHere(), id, fn, options);
}

/**
 * Shows the next hint for an exercise: first a nudge, then the formula, then the code's shape.
 *
 * @param id - the exercise's id
 * @throws UnknownExercise for an id that does not exist
 */
export async function hint(id: keyof ExerciseFunctions): Promise<void> {
  await hintIn(storeHere(), id);
}

/** Shows which exercises pass, and which is next. */
export async function progress(): Promise<void> {
  await progressIn(storeHere());
}

const memory = memoryStore();

function storeHere(): ProgressStore {
  const workspace = findWorkspace(process.cwd());
  return workspace === undefined ? memory : fileStore(workspace);
}
