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

/** Where progress is kept. */
export interface ProgressStore {
  /** The progress so far; `isLost`: what is there can't be read and must not be written over. */
  read(): ProgressResult & { readonly isLost?: true };
  /** Keeps it; what went wrong, if anything did: the learner is told, and goes on. */
  write(progress: Progress): string | undefined;
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
    write(progress) {
      kept = progress;
      return undefined;
    },
  };
}

/**
 * Changes what is known of one exercise, and keeps it.
 *
 * @param store - where it is kept
 * @param id - the exercise's id
 * @param change - makes what is known now of what was known
 * @returns the progress of all exercises, and a warning if it could not be kept
 */
export function changeProgress(
  store: ProgressStore,
  id: string,
  change: (before: ExerciseProgress) => ExerciseProgress,
): ProgressResult {
  const { progress: before, warning, isLost } = store.read();
  const progress = { ...before, [id]: change(progressOf(before, id)) };
  const said = isLost === true ? warning : (store.write(progress) ?? warning);
  return { progress, ...(said === undefined ? {} : { warning: said }) };
}

/**
 * An exercise whose starter was put back passes no longer.
 *
 * @param store - where it is kept
 * @param id - the exercise's id
 * @returns the progress of all exercises, and a warning if it could not be kept
 */
export function recordReset(store: ProgressStore, id: string): ProgressResult {
  return changeProgress(store, id, (before) => ({ ...before, passed: false }));
}

/**
 * One hint more was asked for; after the last there are no more.
 *
 * @param store - where it is kept
 * @param id - the exercise's id
 * @param givenHere - how many this process has given, should the store not keep it
 * @returns the progress of all exercises, and a warning if it could not be kept
 */
export function recordHint(store: ProgressStore, id: string, givenHere = 0): ProgressResult {
  return changeProgress(store, id, (before) => ({
    ...before,
    hints: Math.min(MOST_HINTS, Math.max(before.hints, givenHere) + 1),
  }));
}

/**
 * Keeps a verdict: one more attempt, unless the function was not written yet. What has passed once
 * has passed: an experiment afterwards takes nothing away.
 *
 * @param store - where it is kept
 * @param verdict - what came of a check
 * @returns the progress of all exercises, and a warning if it could not be kept
 */
export function recordVerdict(store: ProgressStore, verdict: Verdict): ProgressResult {
  if (verdict.status === "not-run" || verdict.status === "internal-error") return store.read();
  return changeProgress(store, verdict.exercise, (before) => ({
    ...before,
    attempts: before.attempts + 1,
    passed: before.passed || verdict.status === "passed",
    skipped: before.skipped && verdict.status !== "passed",
  }));
}

/**
 * Progress as the text of a file.
 *
 * @param exercises - the progress of all exercises
 * @returns JSON, which {@link parsedProgress} reads
 */
export function writtenProgress(exercises: Progress): string {
  return `${JSON.stringify({ version: 1, exercises }, null, 2)}\n`;
}

/**
 * The progress in a file's text; nothing when it is none.
 *
 * @param text - of a file that a person may have changed
 * @returns undefined when it is no progress
 */
export function parsedProgress(text: string): Progress | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
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
  const count = (value: unknown): number =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : 0;
  return {
    passed: entry["passed"] === true,
    attempts: count(entry["attempts"]),
    hints: Math.min(MOST_HINTS, count(entry["hints"])),
    skipped: entry["skipped"] === true,
  };
}
