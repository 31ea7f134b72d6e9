/** The list of exercises with what is reached, for the terminal and the notebook. */
import type { Exercise } from "../../exercises/exercise.js";
import { type Progress, progressOf } from "./progress.js";
import { escapeHtml } from "../../src/display/escapeHtml.js";
import { htmlMark, textMark } from "../words/marks.js";
import type { Colors } from "../words/verdictText.js";

type Listed = readonly Pick<Exercise, "id" | "lesson" | "title">[];

/**
 * One line per exercise, grouped by lesson, and the count below.
 *
 * @param exercises - in their order
 * @param progress - of all exercises
 * @param colors - paint a text, or leave it as it is
 * @returns several lines
 */
export function progressText(exercises: Listed, progress: Progress, colors: Colors): string {
  const { bold, dim, yellow } = colors;
  const width = Math.max(0, ...exercises.map(({ id }) => id.length));
  const next = nextExercise(exercises, progress);
  const lines = exercises.map(({ id, lesson, title }) => {
    const { passed, attempts, skipped } = progressOf(progress, id);
    const mark = passed
      ? textMark("passed", colors)
      : skipped
        ? yellow("»")
        : attempts > 0
          ? yellow("…")
          : dim("·");
    const name = id === next ? bold(id.padEnd(width)) : id.padEnd(width);
    return `  ${mark} ${dim(lesson)} ${name}  ${dim(title)}`;
  });
  return [...lines, "", countLine(exercises, progress)].join("\n");
}

/**
 * The same as a table.
 *
 * @param exercises - in their order
 * @param progress - of all exercises
 * @returns HTML
 */
export function progressHtml(exercises: Listed, progress: Progress): string {
  const rows = exercises.map(({ id, lesson, title }) => {
    const { passed, attempts } = progressOf(progress, id);
    const mark = passed ? htmlMark("passed") : attempts > 0 ? "…" : "·";
    const texts = [
      mark,
      escapeHtml(lesson),
      `<code style="background:none">${escapeHtml(id)}</code>`,
      escapeHtml(title),
    ];
    const tds = texts.map(
      (text) => `<td style="padding:2px 8px;text-align:left;border:none">${text}</td>`,
    );
    return `<tr style="background:none">${tds.join("")}</tr>`;
  });
  return `<table style="border-collapse:collapse">${rows.join("")}</table><div>${escapeHtml(countLine(exercises, progress))}</div>`;
}

/**
 * The first exercise that neither passes nor was skipped; else the first that was skipped.
 *
 * @param exercises - in their order
 * @param progress - of all exercises
 * @returns its id; undefined when all pass
 */
export function nextExercise(exercises: Listed, progress: Progress): string | undefined {
  const open = exercises.filter(({ id }) => !progressOf(progress, id).passed);
  return (open.find(({ id }) => !progressOf(progress, id).skipped) ?? open[0])?.id;
}

/**
 * How many exercises pass.
 *
 * @param exercises - those that are counted
 * @param progress - of all exercises
 * @returns a whole number from 0 to their number
 */
export function passedCount(exercises: Listed, progress: Progress): number {
  return exercises.filter(({ id }) => progressOf(progress, id).passed).length;
}

function countLine(exercises: Listed, progress: Progress): string {
  const next = nextExercise(exercises, progress);
  const count = `${passedCount(exercises, progress)} of ${exercises.length} exercises pass`;
  return next === undefined ? `${count}.` : `${count}; next: ${next}`;
}
