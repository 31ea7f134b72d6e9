/** Grades as CSV (RFC 4180), one row a hand-in. */
import type { Graded } from "../result/graded.js";
import { remarkText } from "../result/remarkText.js";

/**
 * The class's grades: totals, then each exercise's score and status.
 *
 * @param class_ - one grade a hand-in
 * @param exercises - the ids, in the columns' order
 * @returns a header and one row a hand-in, each with its line end
 */
export function gradesCsv(class_: readonly Graded[], exercises: readonly string[]): string {
  const head = [
    ...["student", "assignment", "score", "max_score"],
    ...exercises.flatMap((id) => [id, `${id}_status`]),
    "remarks",
  ];
  const rows = class_.map((graded) => [
    ...[graded.student, graded.assignment, String(graded.score), String(graded.maxScore)],
    ...exercises.flatMap((id) => {
      const result = graded.results.find(({ verdict }) => verdict.exercise === id);
      return [String(result?.score ?? 0), result?.verdict.status ?? "not-run"];
    }),
    [...notesOf(graded), ...graded.remarks.map(remarkText)].join("; "),
  ]);
  return csvOf([head, ...rows]);
}

function notesOf({ standing }: Graded): readonly string[] {
  if (standing === undefined) return [];
  const { notes, comment } = standing;
  return comment === "" ? notes : [...notes, `comment: ${comment}`];
}

/**
 * Rows as CSV.
 *
 * @param rows - each with its fields
 * @returns each row with its line end
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

/** Without it a spreadsheet reads another encoding than UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** A spreadsheet runs a text that begins with one of these. */
const FORMULA: ReadonlySet<string> = new Set("=+-@|%＝＋－＠");
/** What begins a field in a file of CSV, whichever separator the reader's country has. */
const SEPARATOR: ReadonlySet<string> = new Set(";,\t\r\n");

/**
 * A field: quoted where it must be, and never a formula. An apostrophe before it keeps it a text, also behind a
 * ";" within it: where that is the separator, a new field begins there.
 *
 * @param text - any text, a student's perhaps
 * @returns the field as it stands in the file
 */
export function csvField(text: string): string {
  // A dash alone is what Moodle has for no date.
  const isPlain = text === "-" || /^-?\d+(\.\d+)?$/.test(text);
  const safe = isPlain ? text : withoutFormulas(text);
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function withoutFormulas(text: string): string {
  const isFormula = /^[\t\r\n]/.test(text) || FORMULA.has(text.trimStart().charAt(0));
  let safe = isFormula ? "'" : "";
  let isStart = false;
  for (const character of text) {
    if (isStart && FORMULA.has(character)) safe += "'";
    if (SEPARATOR.has(character)) isStart = true;
    else if (!/[\s"']/.test(character)) isStart = false;
    safe += character;
  }
  return safe;
}
