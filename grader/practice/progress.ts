/**
 * What a learner has reached, kept in `my-work/.unrolled/progress.json`. It is written in one go
 * (a temporary file, then a rename); a file that can't be read is set aside, never thrown away;
 * and where nothing can be written, the learner is told and goes on.
 */
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "#common/write-whole";
import { isPlainRecord } from "../values/describe.js";
import type { Verdict } from "../judge/verdict.js";

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
  readonly problem?: string;
}

const NOTHING_YET: ExerciseProgress = { passed: false, attempts: 0, hints: 0, skipped: false };

/** What is known of one exercise. */
export function progressOf(progress: Progress, id: string): ExerciseProgress {
  return progress[id] ?? NOTHING_YET;
}

/** Where the progress of a `my-work` folder is kept. */
export function progressFile(workspace: string): string {
  return join(workspace, ".unrolled", "progress.json");
}

/** The progress so far. A broken file is set aside beside it, under a name that is free. */
export function readProgress(workspace: string): ProgressResult {
  const file = progressFile(workspace);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { progress: {} };
    return {
      progress: {},
      problem: `${file} can't be read (${codeOf(error)}); check its permissions`,
    };
  }
  const progress = parse(text);
  if (progress !== undefined) return { progress };
  const aside = `${file}.broken-${Date.now()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    return {
      progress: {},
      problem: `${file} is broken and can't be set aside (${codeOf(error)}); mend or move it`,
    };
  }
  return {
    progress: {},
    problem: `${file} was broken; it is now ${aside}, and a new one is begun`,
  };
}

/** Changes what is known of one exercise, and keeps it. */
export function changeProgress(
  workspace: string,
  id: string,
  change: (before: ExerciseProgress) => ExerciseProgress,
): ProgressResult {
  const { progress: before, problem } = readProgress(workspace);
  const progress = { ...before, [id]: change(progressOf(before, id)) };
  const writeProblem =
    problem?.includes("can't") === true ? problem : write(progressFile(workspace), progress);
  const said = writeProblem ?? problem;
  return { progress, ...(said === undefined ? {} : { problem: said }) };
}

/** An exercise whose starter was put back passes no longer. */
export function recordReset(workspace: string, id: string): ProgressResult {
  return changeProgress(workspace, id, (before) => ({ ...before, passed: false }));
}

/** Keeps a verdict: one more attempt, unless the function was not written yet. */
export function recordVerdict(workspace: string, verdict: Verdict): ProgressResult {
  if (verdict.status === "not-run" || verdict.status === "internal-error") {
    return readProgress(workspace);
  }
  return changeProgress(workspace, verdict.exercise, (before) => ({
    ...before,
    attempts: before.attempts + 1,
    passed: verdict.status === "passed",
    skipped: before.skipped && verdict.status !== "passed",
  }));
}

function write(file: string, exercises: Progress): string | undefined {
  try {
    writeWhole(
      file,
      `${JSON.stringify({ version: 1, exercises }, null, 2)}
`,
    );
    return undefined;
  } catch (error) {
    return `your progress could not be kept: ${file} can't be written (${codeOf(error)})`;
  }
}

/** The progress in a file's text; nothing when it is none. */
function parse(text: string): Progress | undefined {
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
    hints: Math.min(3, count(entry["hints"])),
    skipped: entry["skipped"] === true,
  };
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : String(error);
}
