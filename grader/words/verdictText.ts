/** A verdict for the terminal. */
import { createColors } from "picocolors";
import type { Exercise } from "../../exercises/exercise.js";
import type { CaseResult, Verdict } from "../judge/verdict.js";
import { textMark } from "./marks.js";
import { differenceDetails, headline, mistakeTitle, otherParts, summary } from "./sentences.js";
import { traceSentence } from "./traceWords.js";

/** The functions that colour a text; they leave it alone where there are no colours. */
export type Colors = ReturnType<typeof createColors>;

/**
 * Colours where the terminal has them (NO_COLOR and FORCE_COLOR are respected), or as told.
 *
 * @param enabled - true or false as told; undefined asks the terminal
 * @returns functions that paint a text, or leave it as it is
 */
export function colorsFor(enabled?: boolean): Colors {
  return createColors(enabled);
}

/** How a verdict is written. */
export interface TextOptions {
  readonly colors: Colors;
  /** The line that says how to draw the same inputs again. */
  readonly again?: string;
  /** What can be done next: the last lines. */
  readonly next?: readonly string[];
}

/**
 * The verdict in lines: the summary, the cases, the first difference, the diagnosis.
 *
 * @param verdict - what came of a check
 * @param exercise - with its title and cases
 * @param options - the colours, and how to draw the same inputs again
 * @returns several lines, without one at the end
 */
export function verdictText(verdict: Verdict, exercise: Exercise, options: TextOptions): string {
  const { colors, again, next = [] } = options;
  const { bold, dim, cyan, green, yellow, red } = colors;
  const isPassed = verdict.status === "passed";
  const tone = isPassed ? green : verdict.status === "not-run" ? yellow : red;
  const lines = [`${bold(verdict.exercise)}: ${tone(summary(verdict, exercise))}`];
  if (verdict.status === "not-run") return [...lines, ...next].join("\n");
  const firstFailing = verdict.cases.find(({ status }) => status !== "passed");
  for (const result of verdict.cases) {
    lines.push(...caseLines(result, result === firstFailing, colors));
  }
  const { diagnosis } = verdict;
  if (diagnosis !== undefined) {
    lines.push("", titled(cyan(mistakeTitle(diagnosis)), diagnosis.mistake));
    lines.push(titled(cyan("Hint:"), diagnosis.hint));
  }
  if (!isPassed && again !== undefined) lines.push("", dim(again));
  if (next.length > 0) lines.push("", ...next);
  return lines.join("\n");
}

/** A title before its text; each line of a longer one on a line of its own. */
function titled(title: string, text: string): string {
  return text.includes("\n") ? `${title}\n  ${text.replaceAll("\n", "\n  ")}` : `${title} ${text}`;
}

function caseLines(result: CaseResult, isFirst: boolean, colors: Colors): string[] {
  const { bold, dim } = colors;
  const mark = textMark(result.status, colors);
  if (result.status === "passed") return [`  ${mark} ${dim(result.name)}`];
  const name = result.shown ? result.name : `${result.name} (held back)`;
  const sentence = headline(result) ?? "";
  if (!isFirst) return [`  ${mark} ${name}  ${dim(sentence)}`];
  const lines = [`  ${mark} ${bold(name)}`, `      ${sentence}`];
  const { difference } = result;
  const trace = result.trace === undefined ? [] : [`      ${traceSentence(result.trace)}`];
  if (difference === undefined) return [...lines, ...trace];
  lines.push(...differenceDetails(difference).map((line) => `      ${line}`));
  if (difference.kind === "value") lines.push(dim(`      in code: ${difference.code}`));
  lines.push(...otherParts(result).map((line) => `      ${line}`), ...trace);
  return lines;
}
