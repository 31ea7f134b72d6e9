/**
 * Checking, hints and progress in a notebook, over a store that is handed in. Nothing here is
 * Node's: the lessons are to run in a browser too.
 */
import type { AnyFunction, Exercise } from "../../exercises/exercise.js";
import { exercise as findExercise, manifest } from "../../exercises/manifest.js";
import { escapeHtml } from "../../src/display/escapeHtml.js";
import type { MimeBundle } from "../../src/display/mimeBundle.js";
import { show } from "../../src/show.js";
import { judge } from "../judge/judge.js";
import { freshSeed } from "../judge/seed.js";
import type { Verdict } from "../judge/verdict.js";
import { againWith } from "../words/sentences.js";
import { toneColors } from "../words/marks.js";
import { verdictHtml } from "../words/verdictHtml.js";
import { colorsFor, verdictText } from "../words/verdictText.js";
import type { ExerciseFunctions } from "../../exercises/list.js";
import { hintWords } from "./hints.js";
import { inProcess } from "./inProcess.js";
import { progressOf, type ProgressStore, recordHint, recordVerdict } from "./progress.js";
import { progressHtml, progressText } from "./progressTable.js";

/** How to run a check. */
export interface CheckOptions {
  /** Draws the inputs of an earlier check again; a fresh seed unless said. */
  readonly seed?: number;
}

/**
 * Checks a function against the cases that are shown, shows the verdict and keeps it.
 *
 * @param store - where the verdict is kept
 * @param id - the exercise's id
 * @param fn - what the learner wrote
 * @param options - the seed
 * @returns `fn` if it passes, otherwise the library's own function, so that later notebook cells work
 * @throws UnknownExercise for an id that does not exist
 */
export async function checkIn<Id extends keyof ExerciseFunctions>(
  store: ProgressStore,
  id: Id,
  fn: ExerciseFunctions[Id],
  options: CheckOptions = {},
): Promise<ExerciseFunctions[Id]> {
  const exercise = findExercise(id);
  const { seed = freshSeed() } = options;
  const verdict = await judge(exercise, inProcess(fn as AnyFunction), { seed, hidden: false });
  await show(bundleOf(verdict, exercise, recordVerdict(store, verdict).warning));
  return verdict.status === "passed" ? fn : (exercise.reference as ExerciseFunctions[Id]);
}

/** Hints given in this process, where a store could not keep them. */
const givenHere = new Map<string, number>();

/**
 * Shows the next hint for an exercise, and keeps how many were given.
 *
 * @param store - where that is kept
 * @param id - the exercise's id
 * @throws UnknownExercise for an id that does not exist
 */
export async function hintIn(store: ProgressStore, id: keyof ExerciseFunctions): Promise<void> {
  const exercise = findExercise(id);
  const { progress } = recordHint(store, exercise.id, givenHere.get(exercise.id));
  const given = progressOf(progress, exercise.id).hints;
  givenHere.set(exercise.id, given);
  const words = hintWords(exercise, given);
  await show({
    "text/html": `<div style="border-left:4px solid ${toneColors.warn};padding:6px 12px">${escapeHtml(words).replaceAll("\n", "<br>")}</div>`,
    "text/plain": words,
  });
}

/**
 * Shows which exercises pass, and which is next.
 *
 * @param store - where that is kept
 */
export async function progressIn(store: ProgressStore): Promise<void> {
  const { progress } = store.read();
  await show({
    "text/html": progressHtml(manifest, progress),
    "text/plain": progressText(manifest, progress, colorsFor(false)),
  });
}

function bundleOf(verdict: Verdict, exercise: Exercise, warning: string | undefined): MimeBundle {
  const text = verdictText(verdict, exercise, {
    colors: colorsFor(false),
    again: againWith(verdict),
  });
  const html = verdictHtml(verdict, exercise);
  if (warning === undefined) return { "text/html": html, "text/plain": text };
  return {
    "text/html": `${html}<div style="opacity:.75">${escapeHtml(warning)}</div>`,
    "text/plain": `${text}\n${warning}`,
  };
}
