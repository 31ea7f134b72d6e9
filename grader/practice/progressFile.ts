/**
 * The store of a `my-work` folder: `.unrolled/progress.jsonl`, a line for each step.
 *
 * A step is added by one write at the file's end, which the system does whole and one after the other,
 * and nothing is ever written over: processes that write at once lose nothing, and neither does one that
 * is killed. A line begins with its line break, so that one that a power cut has cut off spoils no other.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  parsedProgress,
  parsedStep,
  progressAfter,
  type ProgressResult,
  type ProgressStore,
  type Step,
  writtenStep,
} from "./progress.js";

/**
 * Where the progress of a `my-work` folder is kept.
 *
 * @param workspace - the `my-work` folder
 * @returns a path, whether or not there is a file
 */
export function progressFile(workspace: string): string {
  return join(workspace, ".unrolled", "progress.jsonl");
}

/**
 * The store in this `my-work` folder.
 *
 * @param workspace - the `my-work` folder
 * @returns a store over its file; lines that are no steps count nothing and stay
 */
export function fileStore(workspace: string): ProgressStore {
  const file = progressFile(workspace);
  const earlier = join(dirname(file), "progress.json"); // version 0.2 kept the sum there
  return {
    read: () => read(file, earlier),
    add(step) {
      try {
        append(file, step);
        return undefined;
      } catch (error) {
        return `your progress could not be kept: ${file} can't be written (${codeOf(error)})`;
      }
    },
  };
}

function append(file: string, step: Step): void {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, "a");
  try {
    writeSync(handle, `\n${writtenStep(step)}`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function read(file: string, earlier: string): ProgressResult {
  try {
    const before = textOf(earlier);
    const lines = (textOf(file) ?? "").split("\n").filter((line) => line !== "");
    const steps = lines.map(parsedStep).filter((step) => step !== undefined);
    const sum = before === undefined ? {} : parsedProgress(before);
    const progress = steps.reduce(progressAfter, sum ?? {});
    if (sum === undefined)
      return { progress, warning: `${earlier} is broken; it is left as it is` };
    if (steps.length === 0 && lines.length > 0)
      return { progress, warning: `${file} holds no progress that can be read; it is added to` };
    return { progress };
  } catch (error) {
    const warning = `${file} can't be read (${codeOf(error)}); check its permissions`;
    return { progress: {}, warning };
  }
}

/** A file's text; undefined where there is none. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : String(error);
}
