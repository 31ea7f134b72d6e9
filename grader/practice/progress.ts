/**
 * What a learner has reached. It is kept in a store that is handed in: a file in `my-work/`
 * (progressFile.ts), or memory where there is none, as in a browser.
 */
import type { Verdict } from "../judge/verdict.js";
import { isPlainRecord } from "../values/describe.js";

/** What is known of one exercise. */
export interface ExerciseProgress {
  readonly passed: boolean;
  /** Checks of a written function, the last included. */
  readonly attempts: number;
  /** How many of the three hints were given. */
  readonly hints: number;
  /** Whether `learn` goes on to the next one for now. */
  readonly skipped: boolean;
}

/** What is known of each exercise, by id. */
export type Progress = Readonly<Record<string, ExerciseProgress>>;

/** The progress, and what went wrong when it was read or written. */
export interface ProgressResult {
  readonly progress: Progress;
  readonly warning?: string;
}

/** What a learner did at one exercise: progress is the sum of these, in any order of two processes. */
export interface Step {
  readonly exercise: string;
  readonly did: "passed" | "failed" | "hint" | "skipped" | "reset";
  /** With a hint: how many were given at least. */
  readonly given?: number;
}

/** Where progress is kept. */
export interface ProgressStore {
  /** The progress so far. */
  read(): ProgressResult;
  /** Keeps one step more; what went wrong, if anything did: the learner is told, and goes on. */
  add(step: Step): string | undefined;
}

const MOST_HINTS = 3;
const NOTHING_YET: ExerciseProgress = { passed: false, attempts: 0, hints: 0, skipped: false };

/**
 * What is known of one exercise.
 *
 * @param progress - of all exercises
 * @param id - the exercise's id
 * @returns nothing tried, for an exercise that is not in it
 */
export function progressOf(progress: Progress, id: string): ExerciseProgress {
  return progress[id] ?? NOTHING_YET;
}

/**
 * A store that lasts as long as this process.
 *
 * @returns a store that is empty at first
 */
export function memoryStore(): ProgressStore {
  let kept: Progress = {};
  return {
    read: () => ({ progress: kept }),
    add(step) {
      kept = progressAfter(kept, step);
      return undefined;
    },
  };
}

/**
 * The progress after one step more.
 *
 * @param progress - before it
 * @param step - what was done
 * @returns the progress of all exercises
 */
export function progressAfter(progress: Progress, step: Step): Progress {
  const { exercise } = step;
  return { ...progress, [exercise]: entryAfter(progressOf(progress, exercise), step) };
}

/** What has passed once has passed, until its starter is put back: an experiment takes nothing away. */
function entryAfter(before: ExerciseProgress, { did, given = 0 }: Step): ExerciseProgress {
  switch (did) {
    case "passed":
      return { ...before, attempts: before.attempts + 1, passed: true, skipped: false };
    case "failed":
      return { ...before, attempts: before.attempts + 1 };
    case "hint":
      return { ...before, hints: Math.min(MOST_HINTS, Math.max(before.hints + 1, given)) };
    case "skipped":
      return { ...before, skipped: true };
    case "reset":
      return { ...before, passed: false };
  }
}

/**
 * Keeps a step.
 *
 * @param store - where it is kept
 * @param step - what was done
 * @returns the progress of all exercises, and a warning if it could not be kept
 */
export function recordStep(store: ProgressStore, step: Step): ProgressResult {
  const { progress, warning } = store.read();
  const said = store.add(step) ?? warning;
  return {
    progress: progressAfter(progress, step),
    ...(said === undefined ? {} : { warning: said }),
  };
}

/**
 * One hint more was asked for; after the last there are no more.
 *
 * @param store - where it is kept
 * @param exercise - the exercise's id
 * @param givenHere - how many this process has given, should the store not keep it
 * @returns the progress of all exercises, and a warning if it could not be kept
 */
export function recordHint(store: ProgressStore, exercise: string, givenHere = 0): ProgressResult {
  return recordStep(store, { exercise, did: "hint", given: Math.min(MOST_HINTS, givenHere + 1) });
}

/**
 * Keeps a verdict: one more attempt, unless the function was not written yet.
 *
 * @param store - where it is kept
 * @param verdict - what came of a check
 * @returns the progress of all exercises, and a warning if it could not be kept
 */
export function recordVerdict(store: ProgressStore, verdict: Verdict): ProgressResult {
  const { exercise, status } = verdict;
  if (status === "not-run" || status === "internal-error") return store.read();
  return recordStep(store, { exercise, did: status === "passed" ? "passed" : "failed" });
}

/**
 * A step as a line of a file.
 *
 * @param step - what was done
 * @returns JSON without a line break, which {@link parsedStep} reads
 */
export function writtenStep(step: Step): string {
  return JSON.stringify(step);
}

/**
 * The step in a line; nothing when it is none, such as a line that was cut off.
 *
 * @param line - of a file that a person may have changed
 * @returns undefined when it is no step
 */
export function parsedStep(line: string): Step | undefined {
  const json = parsedJson(line);
  if (!isPlainRecord(json)) return undefined;
  const { exercise, did, given } = json;
  if (typeof exercise !== "string" || !isDeed(did)) return undefined;
  return { exercise, did, given: countIn(given) };
}

const DEEDS: readonly unknown[] = ["passed", "failed", "hint", "skipped", "reset"];

function isDeed(value: unknown): value is Step["did"] {
  return DEEDS.includes(value);
}

/**
 * The progress in a file of version 0.2, which held the sum; nothing when it is none.
 *
 * @param text - of a file that a person may have changed
 * @returns undefined when it is no progress
 */
export function parsedProgress(text: string): Progress | undefined {
  const json = parsedJson(text);
  if (!isPlainRecord(json) || json["version"] !== 1 || !isPlainRecord(json["exercises"])) {
    return undefined;
  }
  const entries = Object.entries(json["exercises"]);
  if (!entries.every(([, entry]) => isPlainRecord(entry))) return undefined;
  return Object.fromEntries(
    entries.map(([id, entry]) => [id, entryFrom(entry as Record<string, unknown>)]),
  );
}

function entryFrom(entry: Record<string, unknown>): ExerciseProgress {
  return {
    passed: entry["passed"] === true,
    attempts: countIn(entry["attempts"]),
    hints: Math.min(MOST_HINTS, countIn(entry["hints"])),
    skipped: entry["skipped"] === true,
  };
}

function countIn(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : 0;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
