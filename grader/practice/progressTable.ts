/** The list of exercises with what is reached, for the terminal and the notebook. */
import { marks } from "#common/marks";
import type { Exercise } from "../../exercises/exercise.js";
import { type ExerciseProgress, type Progress, progressOf } from "./progress.js";
import { escapeHtml } from "../../src/display/escapeHtml.js";
import { htmlMark, textMark, toneColors } from "../words/marks.js";
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
 * The same as a picture of the series, a box for each lesson, and a table.
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
  return `${seriesHtml(exercises, progress)}<table style="border-collapse:collapse">${rows.join("")}</table><div>${escapeHtml(countLine(exercises, progress))}</div>`;
}

/** The lessons in a row, which breaks where the page is narrow: filled for what passes, framed for the next. */
function seriesHtml(exercises: Listed, progress: Progress): string {
  const next = nextExercise(exercises, progress);
  const lessons = [...new Set(exercises.map(({ lesson }) => lesson))].map((lesson) => {
    const own = exercises.filter((one) => one.lesson === lesson);
    const dots = own.map(({ id }) => dot(id, progressOf(progress, id), id === next)).join("");
    const label = `lesson ${lesson}: ${passedCount(own, progress)} of ${own.length} pass`;
    return `<div role="img" aria-label="${escapeHtml(label)}" style="border:1px solid #8888;border-radius:6px;padding:4px 8px"><div style="opacity:.75">${escapeHtml(lesson)}</div><div style="display:flex;gap:4px">${dots}</div></div>`;
  });
  return `<div style="display:flex;flex-wrap:wrap;gap:6px;margin-bottom:8px">${lessons.join("")}</div>`;
}

/** One exercise: a tick on green, dots for what was tried, nothing for the rest. */
function dot(id: string, { passed, attempts }: ExerciseProgress, isNext: boolean): string {
  const color = passed ? toneColors.good : attempts > 0 ? toneColors.warn : "#8888";
  const fill = passed ? `background:${color};color:#fff;` : "";
  const frame = isNext ? "outline:2px solid currentColor;outline-offset:1px;" : "";
  const sign = passed ? marks.passed : attempts > 0 ? "…" : "";
  return `<span title="${escapeHtml(id)}" style="display:inline-block;width:18px;height:18px;line-height:16px;box-sizing:border-box;border:1px solid ${color};border-radius:9px;text-align:center;font-size:11px;${fill}${frame}">${sign}</span>`;
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
