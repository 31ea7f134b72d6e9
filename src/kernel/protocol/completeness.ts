import type TypeScript from "typescript";
import type { Completeness } from "./threadMessages.js";

const invalid: Completeness = { status: "invalid", indent: "" };

/**
 * What no next line mends, though TypeScript may say it at the end of the text: a digit that a number or an escape lacks,
 * a string or a regular expression that does not end on its line, a character that stands for nothing.
 */
const hopeless: ReadonlySet<number> = new Set([1002, 1124, 1125, 1127, 1161, 1177, 1178]);

/** What TypeScript says where an element begins whose closing tag is still to come. */
const openElement: ReadonlySet<number> = new Set([17008, 17014]);

/** What it says where a comment or a template begins that is still open. */
const openText: ReadonlySet<number> = new Set([1010, 1160]);

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
  const incomplete: Completeness = { status: "incomplete", indent: indentAfter(code) };
  if (problems.length === 0)
    return isHalfSaid(ts, file.statements.at(-1)) ? incomplete : { status: "complete", indent: "" };
  if (problems.some(({ code: number }) => hopeless.has(number))) return invalid;
  // TypeScript reports a block's end without a beginning at the end.
  if (/^(\}|\)|\]|else\b|catch\b|finally\b)/.test(code.trimStart())) return invalid;
  const end = code.trimEnd().length;
  const first = problems.find(({ code: number }) => !openElement.has(number)) ?? problems[0]!;
  const rest = code.slice(first.start ?? 0, end);
  // A keyword alone is reported as no beginning of a statement.
  if (rest !== "" && !/^(import|export)$/.test(rest) && !openText.has(first.code)) return invalid;
  return incomplete;
}

/** A last statement that TypeScript parses without a word, and that wants more. */
function isHalfSaid(ts: typeof TypeScript, last: TypeScript.Statement | undefined): boolean {
  if (last === undefined) return false;
  if (ts.isVariableStatement(last)) return last.declarationList.declarations.length === 0;
  if (ts.isFunctionDeclaration(last)) {
    const isDeclared = last.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
    return last.body === undefined && isDeclared !== true;
  }
  return (
    ts.isExpressionStatement(last) &&
    ts.isIdentifier(last.expression) &&
    last.expression.text === "await"
  );
}

function indentAfter(code: string): string {
  const line = code.slice(code.lastIndexOf("\n") + 1);
  const indent = /^\s*/.exec(line)![0];
  return /[{([]\s*$/.test(line) ? `${indent}  ` : indent;
}
