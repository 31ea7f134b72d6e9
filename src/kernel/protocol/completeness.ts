import type TypeScript from "typescript";
import type { Completeness } from "./threadMessages.js";

const invalid: Completeness = { status: "invalid", indent: "" };

/** TypeScript's number for a string that does not end on its line. */
const unterminatedString = 1002;

/**
 * Whether a console should run the code or let its user go on.
 *
 * @param ts - TypeScript
 * @param code - what was typed so far
 * @returns `incomplete` (with the next line's indent) when every problem is that the text ends too early,
 *   `invalid` when no continuation can mend it
 */
export function isComplete(ts: typeof TypeScript, code: string): Completeness {
  const file = ts.createSourceFile(
    "cell.tsx",
    code,
    ts.ScriptTarget.Latest,
    true,
  ) as TypeScript.SourceFile & {
    readonly parseDiagnostics: readonly TypeScript.Diagnostic[];
  };
  const problems = file.parseDiagnostics;
  if (problems.length === 0) return { status: "complete", indent: "" };
  // TypeScript reports where a string should have ended, and a block's end without a beginning at the end.
  if (problems.some(({ code: number }) => number === unterminatedString)) return invalid;
  if (/^(\}|\)|\]|else\b|catch\b|finally\b)/.test(code.trimStart())) return invalid;
  const end = code.trimEnd().length;
  // An unclosed comment or template is reported where it ends; an expected token where it is missing.
  const first = problems[0]!;
  if ((first.start ?? 0) + (first.length ?? 0) < end) return invalid;
  return { status: "incomplete", indent: indentAfter(code) };
}

function indentAfter(code: string): string {
  const line = code.slice(code.lastIndexOf("\n") + 1);
  const indent = /^\s*/.exec(line)![0];
  return /[{([]\s*$/.test(line) ? `${indent}  ` : indent;
}
