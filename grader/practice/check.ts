/**
 * The notebook's door to the grader ("unrolled/check"): `check`, `hint`, `progress`.
 *
 * The learner's function runs in the notebook's own process, on the cases that are shown.
 */
import type { AnyFunction, Exercise } from "../../exercises/exercise.js";
import { exercise as findExercise, manifest } from "../../exercises/manifest.js";
import type { MimeBundle } from "../../src/display/mimeBundle.js";
import { escapeHtml } from "../../src/display/escapeHtml.js";
import { show } from "../../src/show.js";
import type { ExerciseFunctions } from "./functions.js";
import { inProcess } from "./inProcess.js";
import { hintWords } from "./hints.js";
import { changeProgress, progressOf, readProgress, recordVerdict } from "./progress.js";
import { verdictHtml } from "../words/verdictHtml.js";
import { progressHtml, progressText } from "./progressTable.js";
import { colorsFor, verdictText } from "../words/verdictText.js";
import { againWith } from "../words/sentences.js";
import { judge } from "../judge/judge.js";
import { freshSeed } from "../judge/seed.js";
import type { Verdict } from "../judge/verdict.js";
import { findWorkspace } from "./workspace.js";

export type { ExerciseFunctions } from "./functions.js";

/** How to run a check. */
export interface CheckOptions {
  /** Draws the inputs of an earlier check again; a fresh seed unless said. */
  readonly seed?: number;
}

/**
 * Checks a function against the cases that are shown, and shows the verdict.
 *
 * @param id - the exercise's id
 * @param fn - what the learner wrote
 * @returns `fn` if it passes, otherwise the library's own function, so that later cells work
 * @throws UnknownExercise for an id that does not exist
 *
 * @example
 * ```ts
 * const cell = await check("rnnCellForward", rnnCellForward);
 * ```
 */
export async function check<Id extends keyof ExerciseFunctions>(
  id: Id,
  fn: ExerciseFunctions[Id],
  options: CheckOptions = {},
): Promise<ExerciseFunctions[Id]> {
  const exercise = findExercise(id);
  const { seed = freshSeed() } = options;
  const verdict = await judge(exercise, inProcess(fn as AnyFunction), { seed, hidden: false });
  await show(bundleOf(verdict, exercise, keep(verdict)));
  return verdict.status === "passed" ? fn : (exercise.reference as ExerciseFunctions[Id]);
}

/**
 * Shows the next hint for an exercise: first a nudge, then the formula, then the code's shape.
 *
 * @param id - the exercise's id
 * @throws UnknownExercise for an id that does not exist
 */
export async function hint(id: keyof ExerciseFunctions): Promise<void> {
  const exercise = findExercise(id);
  const given = giveHint(exercise);
  const words = hintWords(exercise, given);
  await show({
    "text/html": `<div style="border-left:4px solid #9c7100;padding:6px 12px">${escapeHtml(words).replaceAll("\n", "<br>")}</div>`,
    "text/plain": words,
  });
}

/** Shows which exercises pass, and which is next. */
export async function progress(): Promise<void> {
  const workspace = findWorkspace(process.cwd());
  const { progress: known } = workspace === undefined ? { progress: {} } : readProgress(workspace);
  await show({
    "text/html": progressHtml(manifest, known),
    "text/plain": progressText(manifest, known, colorsFor(false)),
  });
}

function bundleOf(verdict: Verdict, exercise: Exercise, problem: string | undefined): MimeBundle {
  const text = verdictText(verdict, exercise, {
    colors: colorsFor(false),
    again: againWith(verdict),
  });
  const html = verdictHtml(verdict, exercise);
  if (problem === undefined) return { "text/html": html, "text/plain": text };
  return {
    "text/html": `${html}<div style="opacity:.75">${escapeHtml(problem)}</div>`,
    "text/plain": `${text}\n${problem}`,
  };
}

/** Keeps the verdict in my-work, where there is one; returns what went wrong. */
function keep(verdict: Verdict): string | undefined {
  const workspace = findWorkspace(process.cwd());
  return workspace === undefined ? undefined : recordVerdict(workspace, verdict).problem;
}

/** Hints given in this process, for notebooks outside of any my-work folder. */
const givenHere = new Map<string, number>();

function giveHint(exercise: Exercise): number {
  const workspace = findWorkspace(process.cwd());
  const before =
    workspace === undefined ? 0 : progressOf(readProgress(workspace).progress, exercise.id).hints;
  const given = Math.min(3, Math.max(before, givenHere.get(exercise.id) ?? 0) + 1);
  givenHere.set(exercise.id, given);
  if (workspace !== undefined) {
    changeProgress(workspace, exercise.id, (known) => ({ ...known, hints: given }));
  }
  return given;
}
