/** nbgrader's table of grades, as `nbgrader export` writes it. */
import type { ClassResult } from "../result/classResult.js";
import type { Person } from "../result/person.js";
import { csvOf } from "./csv.js";

/** The columns of nbgrader's own exporter, in its order. */
const COLUMNS = [
  ...["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"],
  ...["raw_score", "late_submission_penalty", "score", "max_score"],
];

/**
 * A row for each grade. Times are of UTC, as nbgrader's are.
 *
 * @param result - of any number of hand-ins
 * @returns CSV; an excused grade, and one that the grader failed on, has no score. The penalty is empty where nobody
 *   has reckoned it: `grade` does not, the gradebook does.
 */
export function nbgraderCsv({ grades, personOf }: ClassResult): string {
  const rows = grades.map((grade) => {
    const { assignment, due, submittedAt, score, maxScore, rawScore } = grade;
    const person = personOf(grade.student);
    const hasNone = grade.isExcused || grade.isUngraded;
    const penalty = rawScore === undefined ? "" : figure(rawScore - score);
    return [
      ...[assignment, timeText(due), timeText(submittedAt), person.student],
      ...[...namesOf(person), person.email ?? ""],
      ...(hasNone ? ["", "", ""] : [figure(rawScore ?? score), penalty, figure(score)]),
      figure(maxScore),
    ];
  });
  return csvOf([COLUMNS, ...rows]);
}

/** Points to a hundredth, without the rounding error of a difference. */
function figure(points: number): string {
  return String(Math.round(100 * points) / 100);
}

/** A time as Python writes it: "2026-12-01 22:59:00". */
function timeText(time: Date | undefined): string {
  return time === undefined ? "" : time.toISOString().slice(0, 19).replace("T", " ");
}

/** Last and first name; where one text has both, its last word is the last name. Nothing where only the id is known. */
function namesOf({ name, student, lastName, firstName }: Person): readonly [string, string] {
  if (lastName !== undefined || firstName !== undefined) return [lastName ?? "", firstName ?? ""];
  const comma = name.indexOf(", ");
  if (comma > 0) return [name.slice(0, comma), name.slice(comma + 2)];
  const space = name.lastIndexOf(" ");
  if (space < 0) return [name === student ? "" : name, ""];
  return [name.slice(space + 1), name.slice(0, space)];
}
