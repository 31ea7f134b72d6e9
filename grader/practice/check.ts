/**
 * The notebook's door to the grader ("unrolled/check"): `check`, `hint`, `example`, `progress`, `reset`, and for the
 * project `ownWork` and `rubric`.
 *
 * The learner's function runs in the notebook's own process. What is
 * reached is kept in the nearest `my-work` folder, or in memory where there is none.
 */
import { readFileSync } from "node:fs";
import { inPack } from "#common/pack-root";
import type { AnyFunction } from "../../exercises/exercise.js";
import type { ExerciseFunctions } from "../../exercises/list.js";
import {
  type CheckOptions,
  checkIn,
  type Example,
  type ExampleOptions,
  exampleOf,
  hintIn,
  progressIn,
} from "./practice.js";
import { exercise as findExercise } from "../../exercises/manifest.js";
import { kernelHook, type KernelHook, show, table } from "../../src/show.js";
import { asWhereGraded, type Cells } from "../source/asGraded.js";
import { type OwnWork, ownWorkIn } from "./ownWork.js";
import { memoryStore, type ProgressStore, recordStep } from "./progress.js";
import { fileStore } from "./progressFile.js";
import { type Project, rubricOf, type RubricRow } from "./project.js";
import { resetCell } from "./resetCell.js";
import { findWorkspace, keepAside, starterFile } from "./workspace.js";

export type { ExerciseFunctions } from "../../exercises/list.js";
export type { CheckOptions, Example, ExampleOptions } from "./practice.js";
export type { OwnWork, OwnWorkRow } from "./ownWork.js";
export type { Project, RubricRow } from "./project.js";

/**
 * Checks a function against all cases of its exercise, and shows the verdict.
 *
 * @param id - the exercise's id
 * @param fn - what the learner wrote: any function; where it has other types than the starter, the
 *   verdict says what it should take and give
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
  options?: CheckOptions,
): Promise<ExerciseFunctions[Id]>;
export async function check<Id extends keyof ExerciseFunctions>(
  id: Id,
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- the one above gives a function that is written in the call its parameters' types
  fn: AnyFunction,
  options?: CheckOptions,
): Promise<ExerciseFunctions[Id]>;
export async function check<Id extends keyof ExerciseFunctions>(
  id: Id,
  fn: AnyFunction,
  options: CheckOptions = {},
): Promise<ExerciseFunctions[Id]> {
  const around = await asWhereGraded(cellsHere());
  return checkIn({ store: storeHere(), solution: solutionOf, around }, id, fn, options);
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

/**
 * The inputs of one case of an exercise, to try a function on: f(...args) must be `expected`.
 *
 * @param id - the exercise's id
 * @param options - the seed and the case's name, as a verdict tells them
 * @returns copies, which may be changed
 * @throws UnknownExercise for an id that does not exist; OutOfRangeError for a case that it does not have
 *
 * @example
 * const { args, expected } = await example("shapeOf", { seed: 7 });
 * shapeOf(...args) // → expected
 */
export async function example<Id extends keyof ExerciseFunctions>(
  id: Id,
  options: ExampleOptions = {},
): Promise<Example<Id>> {
  return Promise.resolve(exampleOf(id, options));
}

/** Shows which exercises pass, and which is next. */
export async function progress(): Promise<void> {
  await progressIn(storeHere());
}

/**
 * Puts an exercise's starter back: into the cell that calls this, if it holds nothing else or the
 * function itself, otherwise into a new one below. The function as it ran last is kept in
 * `my-work/.unrolled/kept/`.
 *
 * @param id - the exercise's id
 * @throws UnknownExercise for an id that does not exist
 */
export async function reset(id: keyof ExerciseFunctions): Promise<void> {
  const exercise = findExercise(id);
  const workspace = findWorkspace(process.cwd());
  const keep =
    workspace === undefined ? undefined : (text: string) => keepAside(workspace, `${id}.ts`, text);
  const { isReset, shown } = resetCell(exercise, readFileSync(starterFile(exercise), "utf8"), keep);
  if (isReset) recordStep(storeHere(), { exercise: id, did: "reset" });
  await show(shown);
}

/**
 * The functions of some exercises as you wrote them, in the lessons or in the exercise files of the nearest `my-work`
 * folder, and a table that says whose each one is. They are judged once more.
 *
 * @param ids - the exercises' ids
 * @returns by id your function where it passes, otherwise the library's own; and the table's rows
 * @throws UnknownExercise for an id that does not exist
 *
 * @example
 * const { functions: my, rows } = await ownWork("sample", "perplexity");
 * typeof my.sample // → "function"
 */
export async function ownWork<Id extends keyof ExerciseFunctions>(
  ...ids: readonly Id[]
): Promise<OwnWork<Id>> {
  const work = await ownWorkIn(findWorkspace(process.cwd()), ids);
  await show(table(work.rows.map((row) => ({ ...row }))));
  return work;
}

/**
 * Looks at a project, and shows what of it is done.
 *
 * @param project - the trained model, and the functions around it
 * @returns the table's rows
 */
export async function rubric(project: Project): Promise<readonly RubricRow[]> {
  const rows = rubricOf(project);
  await show(table(rows.map((row) => ({ ...row }))));
  return rows;
}

function solutionOf(id: string): string | undefined {
  try {
    return readFileSync(inPack("exercises", id, "solution.ts"), "utf8").trimEnd();
  } catch {
    return undefined; // A pack without it checks all the same.
  }
}

/** What the kernel tells of the notebook. */
function cellsHere(): Cells {
  return (globalThis as { readonly [kernelHook]?: KernelHook })[kernelHook] ?? {};
}

const memory = memoryStore();

function storeHere(): ProgressStore {
  const workspace = findWorkspace(process.cwd());
  return workspace === undefined ? memory : fileStore(workspace);
}
