/** Grades as CSV (RFC 4180), one row a hand-in. */
import type { Graded } from "../result/graded.js";

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
    graded.remarks.map(({ file, text }) => (file === "" ? text : `${file}: ${text}`)).join("; "),
  ]);
  return [head, ...rows].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

/**
 * A field: quoted where it must be, and never a formula. A spreadsheet runs a text that begins
 * with one of these characters; an apostrophe before it keeps it a text.
 *
 * @param text - any text, a student's perhaps
 * @returns the field as it stands in the file
 */
export function csvField(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[\s]*[=+\-@\t\r\n|%＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
