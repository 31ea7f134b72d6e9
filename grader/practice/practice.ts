/**
 * Checking, hints and progress in a notebook, over a store that is handed in. Nothing here is
 * Node's: the lessons are to run in a browser too.
 */
import type { AnyFunction, Exercise } from "../../exercises/exercise.js";
import { exercise as findExercise, manifest } from "../../exercises/manifest.js";
import { kernelHook, type KernelHook } from "../../src/display/kernelHook.js";
import type { MimeBundle } from "../../src/display/mimeBundle.js";
import { OutOfRangeError, UnrolledError } from "../../src/index.js";
import { show } from "../../src/show.js";
import { judge } from "../judge/judge.js";
import { callHere, freshArguments } from "../judge/observe.js";
import { caseRandom, freshSeed } from "../judge/seed.js";
import type { Verdict } from "../judge/verdict.js";
import type { ErrorPlace } from "../values/outcome.js";
import { describeValue } from "../values/describe.js";
import { againWith, nextSteps } from "../words/sentences.js";
import { verdictHtml } from "../words/verdictHtml.js";
import { colorsFor, verdictText } from "../words/verdictText.js";
import type { ExerciseFunctions } from "../../exercises/list.js";
import { hintHtml, hintWords } from "./hints.js";
import type { Around } from "../source/asGraded.js";
import { inProcess } from "./inProcess.js";
import {
  type Progress,
  progressOf,
  type ProgressStore,
  recordHint,
  recordVerdict,
} from "./progress.js";
import { progressHtml, progressText } from "./progressTable.js";
import { keepForUses, remarksOnUses } from "./uses.js";

/** How to run a check. */
export interface CheckOptions {
  /** Draws the inputs of an earlier check again; a fresh seed unless said. */
  readonly seed?: number;
}

/** What a check needs from where it runs: a file system, or none. */
export interface Surroundings {
  /** Where verdicts and hints are kept. */
  readonly store: ProgressStore;
  /** The text of an exercise's solution; nothing where no file can be read. */
  readonly solution?: (id: string) => string | undefined;
  /** Calls the learner's function as where it is graded, without what a class's box does not have. */
  readonly around?: Around;
}

/**
 * Checks a function against all cases of its exercise, shows the verdict and keeps it.
 *
 * @param surroundings - where the verdict is kept, and where a solution's text comes from
 * @param id - the exercise's id
 * @param fn - what the learner wrote
 * @param options - the seed
 * @returns `fn` if it passes, otherwise the library's own function, so that later notebook cells work
 * @throws UnknownExercise for an id that does not exist; NoFunctionError for what is no function
 */
export async function checkIn<Id extends keyof ExerciseFunctions>(
  surroundings: Surroundings,
  id: Id,
  fn: AnyFunction,
  options: CheckOptions = {},
): Promise<ExerciseFunctions[Id]> {
  const exercise = findExercise(id);
  requireFunction(id, fn);
  const { seed = freshSeed() } = options;
  const caller = inProcess(fn, exercise.ignore, placeInNotebook, surroundings.around);
  const verdict = await judge(exercise, caller, { seed, hidden: false });
  keepForUses(verdict);
  const { progress, warning } = recordVerdict(surroundings.store, verdict);
  const isPassed = verdict.status === "passed";
  await show(
    bundleOf(verdict, exercise, {
      next: [
        ...remarksOnUses(id, fn),
        ...nextSteps(verdict, nextAfter(exercise, progress)),
        ...(warning === undefined ? [] : [warning]),
      ],
      ...(isPassed ? { solution: surroundings.solution?.(id) } : {}),
    }),
  );
  return (isPassed ? fn : exercise.reference) as ExerciseFunctions[Id];
}

function requireFunction(id: string, fn: unknown): void {
  if (typeof fn === "function") return;
  throw new NoFunctionError(
    `check: ${id} must be a function, but it is ${describeValue(fn)}; run the cell that defines it first`,
  );
}

/** What was given to be checked is no function. */
export class NoFunctionError extends UnrolledError {
  override name = "NoFunctionError";
}

/** The line of the cell that threw, where the kernel can tell it. */
function placeInNotebook(error: unknown): ErrorPlace | undefined {
  const hook = (globalThis as { readonly [kernelHook]?: KernelHook })[kernelHook];
  const place = hook?.placeOf?.(error);
  if (place === undefined) return undefined;
  const { title, line, text } = place;
  return { where: `${title}, line ${line}`, ...(text === "" ? {} : { text }) };
}

/** The next exercise that does not pass yet: behind this one, else from the beginning. */
function nextAfter(exercise: Exercise, progress: Progress): Exercise | undefined {
  const isOpen = ({ id }: Exercise): boolean => !progressOf(progress, id).passed;
  const place = manifest.findIndex(({ id }) => id === exercise.id);
  return manifest.slice(place + 1).find(isOpen) ?? manifest.find(isOpen);
}

/** The inputs of one case, and what the reference makes of them. */
export interface Example<Id extends keyof ExerciseFunctions> {
  readonly args: Parameters<ExerciseFunctions[Id]>;
  /** The expected answer; the error, where these inputs must be refused. */
  readonly expected: ReturnType<ExerciseFunctions[Id]> | Error;
}

/**
 * The inputs of one case of an exercise, to try a function on: f(...args) must be `expected`.
 *
 * @param id - the exercise's id
 * @param options - the seed and the case's name, as a verdict tells them; the first case of a fresh seed unless said
 * @returns copies, which may be changed
 * @throws UnknownExercise for an id that does not exist; OutOfRangeError for a case that it does not have
 */
export function exampleOf<Id extends keyof ExerciseFunctions>(
  id: Id,
  options: ExampleOptions = {},
): Example<Id> {
  const exercise = findExercise(id);
  const { seed = freshSeed(), case: name = exercise.cases[0]!.name } = options;
  const one = exercise.cases.find((case_) => case_.name === name && case_.shown !== false);
  if (one === undefined) {
    const names = exercise.cases.filter(({ shown }) => shown !== false).map((case_) => case_.name);
    throw new OutOfRangeError(
      `example: ${id} has no case ${JSON.stringify(name)}; it has ${names.map((text) => JSON.stringify(text)).join(", ")}`,
    );
  }
  const args = exercise.draw(one.size, caseRandom(seed, id, name), one.settings ?? {});
  const { outcome } = callHere(exercise.reference, args);
  return {
    args: freshArguments(args) as Parameters<ExerciseFunctions[Id]>,
    expected:
      outcome.kind === "answer"
        ? (outcome.value as ReturnType<ExerciseFunctions[Id]>)
        : new RangeError(outcome.message),
  };
}

/** Which inputs an example has. */
export interface ExampleOptions {
  readonly seed?: number;
  /** The case's name. */
  readonly case?: string;
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
  await show({
    "text/html": hintHtml(exercise, given),
    "text/plain": hintWords(exercise, given),
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

function bundleOf(
  verdict: Verdict,
  exercise: Exercise,
  below: { readonly next: readonly string[]; readonly solution?: string | undefined },
): MimeBundle {
  const { next, solution } = below;
  const text = verdictText(verdict, exercise, {
    colors: colorsFor(false),
    again: againWith(verdict),
    next,
  });
  return {
    "text/html": verdictHtml(verdict, exercise, {
      next,
      ...(solution === undefined ? {} : { solution }),
    }),
    "text/plain": text,
  };
}
