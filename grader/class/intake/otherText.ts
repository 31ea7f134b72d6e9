/** What a whole file is that is neither code nor a notebook, and what was put around code. */

import { tokensOf } from "../../source/tokens.js";

/** What was meant to be handed in. */
type Meant = "code" | "notebook";

const AGAIN = "and hand it in again";

/**
 * What a text is in place of what was meant.
 *
 * @param text - a file's
 * @param meant - by the file's name
 * @returns what it is, and the remedy; undefined where it may be what was meant
 */
export function otherTextIn(text: string, meant: Meant): string | undefined {
  const start = text.slice(0, 2000).trimStart();
  if (start === "" && text.trim() === "") {
    return `the file is empty: save it${meant === "notebook" ? " in JupyterLab (Ctrl+S)" : ""} ${AGAIN}`;
  }
  // Code may begin with the "<" of a type.
  if (/^<(!doctype|html|head|\?xml)/i.test(start) || (meant === "notebook" && isMarkup(start))) {
    return `a web page, not the ${meant}: download the file itself (on GitHub: "Download raw file") ${AGAIN}`;
  }
  if (start.startsWith("{\\rtf"))
    return `rich text (RTF), not ${meant === "code" ? "code" : "a notebook"}: save it as plain text ${AGAIN}`;
  if (start.startsWith("version https://git-lfs"))
    return `a pointer that Git LFS left in the file's place: get the file with git lfs pull ${AGAIN}`;
  return undefined;
}

function isMarkup(start: string): boolean {
  return start.startsWith("<") && !start.startsWith("<<<<<<<");
}

/**
 * Whether a text is a notebook, whatever its name.
 *
 * @param text - a file's
 * @returns true where it begins as JSON and names what a notebook has
 */
export function isNotebook(text: string): boolean {
  return (
    text.slice(0, 100).trimStart().startsWith("{") &&
    text.includes('"cells"') &&
    text.includes('"nbformat"')
  );
}

const CODE_WORD = /^(?:import|export|function|async|const|let|var|class|type|interface)$/;

/**
 * Whether a text that is called a notebook is code.
 *
 * @param text - a file's
 * @returns true where it begins as code does, and no JSON
 */
export function isCodeItself(text: string): boolean {
  const [first] = tokensOf(text.slice(0, 2000));
  return first !== undefined && CODE_WORD.test(first.text);
}

/** A line that is a mark of Markdown's for code, with a language or without. */
const FENCE = /^\s{0,3}(?:`{3,9}|~{3,9})\s{0,3}[\w+#.-]{0,20}\s{0,9}$/;

/** Code out of Markdown. */
export interface Unfenced {
  readonly text: string;
  /** What was done, and how to mend it. */
  readonly words: string;
}

/**
 * Code without the marks that Markdown puts around it, and without the prose outside them; all lines stay where they are.
 *
 * Marks come in pairs. A lone one ends the code where nothing but blanks follows, or names a language in its first line
 * and begins it; else it is taken away and nothing more.
 *
 * @param text - a file's or a cell's
 * @returns undefined where there are no such marks
 */
export function withoutFences(text: string): Unfenced | undefined {
  if (!text.includes("```") && !text.includes("~~~")) return undefined;
  const lines = text.split("\n");
  const marks = lines.flatMap((line, n) => (line.length < 60 && FENCE.test(line) ? [n] : []));
  const [first] = marks;
  if (first === undefined || isInComment(lines, first)) return undefined;
  const isKept = keptLines(lines, marks);
  const isMark = new Set(marks);
  const prose = lines.filter((line, n) => !isKept(n) && !isMark.has(n) && line.trim() !== "");
  const named = marks.slice(0, NAMED_MARKS).map((n) => `line ${n + 1}`);
  const which = marks.length > NAMED_MARKS ? `${named.join(", ")} and more` : named.join(" and ");
  const are = marks.length === 1 ? "is a mark" : "are marks";
  const beside = prose.length === 0 ? "" : ", and what stands outside them was not read";
  return {
    text: lines.map((line, n) => (isKept(n) ? line : "")).join("\n"),
    words: `${which} ${are} of Markdown (${lines[first]!.trim().slice(0, 3)})${beside}: delete ${prose.length > 0 ? "both" : marks.length === 1 ? "it" : "them"}`,
  };
}

const NAMED_MARKS = 4;

/** Whether a comment that was opened before a line is still open there: its text may have marks of its own. */
function isInComment(lines: readonly string[], at: number): boolean {
  const before = lines.slice(0, at).join("\n");
  return before.lastIndexOf("/*") > before.lastIndexOf("*/");
}

/** Which lines are code. */
function keptLines(lines: readonly string[], marks: readonly number[]): (line: number) => boolean {
  const kept = new Uint8Array(lines.length);
  const [first] = marks as readonly [number];
  if (marks.length === 1) {
    const isOpening =
      /[\w]/.test(lines[first]!) && lines.slice(first + 1).some((line) => line.trim() !== "");
    kept.fill(1, isOpening ? first + 1 : 0);
    kept[first] = 0;
  } else {
    for (let n = 0; n < marks.length; n += 2)
      kept.fill(1, marks[n]! + 1, marks[n + 1] ?? lines.length);
  }
  return (line) => kept[line] === 1;
}
