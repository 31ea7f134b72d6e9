/**
 * A verdict for the notebook: HTML that carries its own colours. They are half-transparent or of
 * middle lightness, so that they can be read on a light page and on a dark one; marks and words
 * say the same as the colours. There is no style sheet, for notebooks may strip it.
 */
import type { Exercise } from "../../exercises/exercise.js";
import { escapeHtml } from "../../src/display/escapeHtml.js";
import type { CaseResult, Verdict } from "../judge/verdict.js";
import type { Difference, Excerpt } from "../compare/difference.js";
import { htmlMark, statusTone, toneColors } from "./marks.js";
import {
  againWith,
  differenceDetails,
  headline,
  mistakeTitle,
  otherParts,
  summary,
} from "./sentences.js";
import { traceSentence } from "./traceWords.js";

const CELL = "font-size:inherit;padding:3px 10px;text-align:left;vertical-align:top;border:none;";
const MONO = "font-family:var(--jp-code-font-family,monospace);";

/** What stands below a verdict. */
export interface HtmlOptions {
  /** What can be done next. */
  readonly next?: readonly string[];
  /** The text of a solution, for a function that passes. */
  readonly solution?: string;
}

/**
 * The verdict as one HTML element.
 *
 * @param verdict - what came of a check
 * @param exercise - with its title and cases
 * @param below - what stands below the verdict
 * @returns HTML in which every text of the learner's is escaped
 */
export function verdictHtml(verdict: Verdict, exercise: Exercise, below: HtmlOptions = {}): string {
  const { next = [], solution } = below;
  const { status, diagnosis } = verdict;
  const color = toneColors[statusTone(status)];
  const parts = [
    `<div style="font-weight:600;margin-bottom:4px"><code style="background:none">${escapeHtml(verdict.exercise)}</code>: ` +
      `<span style="color:${color}">${escapeHtml(summary(verdict, exercise))}</span></div>`,
  ];
  if (status !== "not-run") {
    parts.push(caseTable(verdict));
    const difference = verdict.cases.find((result) => result.difference?.excerpt)?.difference;
    if (difference?.excerpt !== undefined) parts.push(excerptTables(difference.excerpt));
    if (diagnosis !== undefined) {
      parts.push(
        box(
          toneColors.warn,
          `<b>${mistakeTitle(diagnosis)}</b> ${lineByLine(diagnosis.mistake)}<br><b>Hint:</b> ${lineByLine(diagnosis.hint)}`,
        ),
      );
    }
    if (status !== "passed") {
      parts.push(
        `<div style="opacity:.75;font-size:90%;margin-top:6px">${escapeHtml(againWith(verdict))}</div>`,
      );
    }
  }
  if (solution !== undefined) {
    parts.push(
      `<details style="margin-top:6px"><summary>A solution, beside yours</summary><pre style="${MONO}margin:4px 0;background:none">${escapeHtml(solution)}</pre></details>`,
    );
  }
  parts.push(...next.map((line) => `<div style="margin-top:4px">${coded(line)}</div>`));
  return `<div style="border-left:4px solid ${color};padding:6px 12px;max-width:60em">${parts.join("")}</div>`;
}

/** A line in which calls of ours stand as code. */
function coded(line: string): string {
  return escapeHtml(line).replace(
    /await \w+\(.*\)/,
    (call) => `<code style="background:none">${call}</code>`,
  );
}

function lineByLine(text: string): string {
  const lines = text.split("\n").map(escapeHtml);
  return lines.length === 1 ? lines.join() : ["", ...lines].join("<br>");
}

function caseTable(verdict: Verdict): string {
  const first = verdict.cases.find(({ status }) => status !== "passed");
  const rows = verdict.cases.map((result) => caseRow(result, result === first));
  return `<table style="border-collapse:collapse;margin:4px 0;background:none">${rows.join("")}</table>`;
}

function caseRow(result: CaseResult, isFirst: boolean): string {
  const background = isFirst ? "background:rgba(217,83,79,.13)" : "background:none";
  return (
    `<tr style="${background}"><td style="${CELL}">${htmlMark(result.status)}</td>` +
    `<td style="${CELL}white-space:nowrap">${escapeHtml(result.name)}</td>` +
    `<td style="${CELL}">${findings(result, isFirst)}</td></tr>`
  );
}

function findings(result: CaseResult, isFirst: boolean): string {
  const { difference } = result;
  const sentence =
    difference?.kind === "value" ? valueSentence(difference) : escapeHtml(headline(result) ?? "");
  if (!isFirst) return sentence;
  const trace = result.trace === undefined ? [] : [escapeHtml(traceSentence(result.trace))];
  if (difference === undefined) return [sentence, ...trace].join("<br>");
  const details = differenceDetails(difference).map(escapeHtml);
  if (difference.kind === "value") {
    details.push(`in code: <code style="background:none">${escapeHtml(difference.code)}</code>`);
  }
  details.push(...otherParts(result).map(escapeHtml), ...trace);
  return [sentence, ...details].join("<br>");
}

function valueSentence({ place, got, expected }: Difference): string {
  return `${escapeHtml(place)}: got ${paint(toneColors.bad, got)}, expected ${paint(toneColors.good, expected)}`;
}

function paint(color: string, text: string): string {
  return `<b style="${MONO}color:${color}">${escapeHtml(text)}</b>`;
}

/** What came beside what was expected, the wrong entries marked. */
function excerptTables({ symbol, got, expected, wrong }: Excerpt): string {
  const table = (title: string, entries: Excerpt["got"], color: string): string => {
    const rows = entries.map((row, i) => {
      const tds = row.map((entry, j) => {
        const isWrong = wrong[i]?.[j] === true;
        const mark = isWrong ? `background:${color};font-weight:600;` : "background:none;";
        return `<td style="padding:1px 8px;text-align:right;border:none;${MONO}${mark}">${escapeHtml(entry)}</td>`;
      });
      return `<tr style="background:none">${tds.join("")}</tr>`;
    });
    return (
      `<div><div style="font-size:90%;opacity:.8">${escapeHtml(title)}</div>` +
      `<table style="border-collapse:collapse;border-left:1px solid;border-right:1px solid;border-radius:4px;margin:0">${rows.join("")}</table></div>`
    );
  };
  return (
    `<div style="display:flex;flex-wrap:wrap;gap:24px;margin:8px 0 4px">` +
    table(`${symbol}, yours`, got, "rgba(217,83,79,.28)") +
    table(`${symbol}, expected`, expected, "rgba(46,158,91,.28)") +
    `</div>`
  );
}

function box(color: string, inner: string): string {
  return `<div style="border:1px solid ${color};border-radius:4px;padding:5px 10px;margin-top:8px">${inner}</div>`;
}
