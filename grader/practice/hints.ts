/** The ladder of hints. */
import type { Exercise } from "../../exercises/exercise.js";
import { escapeHtml } from "../../src/display/escapeHtml.js";
import { toneColors } from "../words/marks.js";
import { withPlainMath } from "../words/plainMath.js";

/**
 * The first `given` hints of an exercise (1 to 3), the newest last, formulas in letters of Unicode.
 *
 * @param exercise - with its three hints
 * @param given - how many are shown
 * @returns several lines
 */
export function hintWords(exercise: Exercise, given: number): string {
  return withPlainMath(linesOf(exercise, given).join("\n")).replaceAll("`", "");
}

/**
 * The same for a notebook, whose front end sets the formulas.
 *
 * @param exercise - with its three hints
 * @param given - how many are shown
 * @returns HTML
 */
export function hintHtml(exercise: Exercise, given: number): string {
  const lines = linesOf(exercise, given).map((line) =>
    escapeHtml(line).replaceAll(/`([^`]+)`/g, '<code style="background:none">$1</code>'),
  );
  return `<div style="border-left:4px solid ${toneColors.warn};padding:6px 12px">${lines.join("<br>")}</div>`;
}

function linesOf(exercise: Exercise, given: number): readonly string[] {
  const hints = exercise.hints.slice(0, given);
  const lines = hints.map((hint, n) => `Hint ${n + 1} of ${exercise.hints.length}: ${hint}`);
  return given < exercise.hints.length ? [...lines, "(Ask again for the next one.)"] : lines;
}
