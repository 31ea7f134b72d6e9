/** The code of an exercise as it was handed in, with what the grader says at its lines. */
import { headline } from "../../words/sentences.js";
import { statusTone } from "../../words/marks.js";
import type { CaseResult } from "../../judge/verdict.js";
import { visible } from "../intake/remark.js";
import type { CodePart } from "../intake/codePart.js";
import type { GradedExercise } from "../result/graded.js";
import { html, type Markup } from "./markup.js";

/** What is said at a line. */
interface Note {
  readonly tone: string;
  readonly text: string;
}

/**
 * The listing of an exercise: folded where it passes.
 *
 * @param result - with its code
 * @param cases - those that may be shown
 * @returns undefined where no code was kept
 */
export function listing(
  { code, verdict }: GradedExercise,
  cases: readonly CaseResult[],
): Markup | undefined {
  if (code.length === 0) return undefined;
  const notes = notesOf(cases, ownLine(code, verdict.exercise));
  return html`<details${verdict.status === "passed" ? undefined : html` open`}>
    <summary>Code</summary>
    ${codeLines(code, (line, where) => {
      const note = notes.get(where);
      if (note === undefined) return html`<span class="line">${line}</span>`;
      return html`<span class="line ${note.tone}">${line}</span
        ><span class="note ${note.tone}">${note.text}</span>`;
    })}
  </details>`;
}

/**
 * Code in its places, with the numbers of its lines.
 *
 * @param code - its parts
 * @param lineOf - shows a line, which stands there: "cell.ts, line 7"
 */
export function codeLines(
  code: readonly CodePart[],
  lineOf: (text: string, where: string) => Markup,
): readonly Markup[] {
  return code.map(
    ({ place, from, text }) =>
      html`<div class="quiet small">${visible(place)}</div>
        <pre class="listing" style="counter-reset:line ${from - 1}">
${text.split("\n").map((line, n) => lineOf(visible(line), `${place}, line ${from + n}`))}</pre>`,
  );
}

/**
 * What is said where: of the cases that threw at a line the first, there; of the others the first, where the
 * function begins.
 */
function notesOf(cases: readonly CaseResult[], own: string): ReadonlyMap<string, Note> {
  const failed = cases.filter(({ status }) => status !== "passed" && status !== "not-run");
  const places = new Set(failed.map(({ at }) => at?.where ?? own));
  return new Map(
    Array.from(places, (where) => {
      const [first, ...others] = failed.filter(({ at }) => (at?.where ?? own) === where);
      const { at: _at, ...said } = first!;
      const more = others.length === 0 ? "" : ` (as ${others.length} more)`;
      const text = `${said.name}${more}: ${headline(said) ?? ""}`;
      return [where, { tone: statusTone(said.status), text }];
    }),
  );
}

/** Where the function begins. */
function ownLine(code: readonly CodePart[], exercise: string): string {
  const lines = code.flatMap(({ place, from, text }) =>
    text.split("\n").map((line, n) => ({ line, where: `${place}, line ${from + n}` })),
  );
  const signs = [`function ${exercise}`, `const ${exercise}`, exercise, ""];
  const found = signs.map((sign) => lines.find(({ line }) => line.includes(sign)));
  return found.find((one) => one !== undefined)?.where ?? "";
}
