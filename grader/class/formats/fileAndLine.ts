/** Where in the student's files a verdict points to. */
import type { GradedExercise } from "../result/graded.js";

/** A file of the hand-in, and a line of it, each where it is known. */
export interface FileAndLine {
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/**
 * The file that holds an exercise's function, and the line of it that threw.
 *
 * @param result - its place is a file, or a notebook's cell
 * @returns no line for a notebook, whose lines are not its cells'
 */
export function fileAndLine({ place, verdict }: GradedExercise): FileAndLine {
  if (place === "") return {};
  const cell = place.lastIndexOf(", cell ");
  if (cell > 0) return { file: place.slice(0, cell) };
  const at = verdict.cases.find((one) => one.at !== undefined)?.at?.where ?? "";
  const start = `${place}, line `;
  const line = at.startsWith(start) ? Number(at.slice(start.length)) : NaN;
  return Number.isInteger(line) ? { file: place, line } : { file: place };
}
