/** Moodle: grades for its gradebook, and the worksheet of an assignment. */
import type { ClassResult } from "../result/classResult.js";
import type { Grade } from "../result/grade.js";
import { BYTE_ORDER_MARK, csvOf } from "./csv.js";
import { FormatError, type Planned } from "./format.js";
import { gradesTable } from "./gradesTable.js";

/**
 * For Grades > Import > CSV file: a row for each student, a column for each assignment and one for its comment.
 *
 * @param result - of any number of hand-ins
 * @returns CSV; an excused grade, and one that the grader failed on, are empty: Moodle then changes nothing
 */
export function moodleCsv({ grades, personOf }: ClassResult): string {
  const table = gradesTable(grades);
  const head = ["Full name", "Username", "ID number", "Email address"];
  const rows = table.students.map((student) => {
    const { name, login = "", id = "", email = "" } = personOf(student);
    const cells = table.assignments.flatMap((assignment) => {
      const grade = table.of(student, assignment.name);
      return [grade === undefined ? "" : figure(grade), grade?.comment ?? ""];
    });
    return [name, login, id, email, ...cells];
  });
  const columns = table.assignments.flatMap(({ name }) => [
    `Assignment: ${name}`,
    `Feedback: ${name}`,
  ]);
  return BYTE_ORDER_MARK + csvOf([[...head, ...columns], ...rows]);
}

/**
 * For "Upload grading worksheet" of one assignment: students are found by their participant's number.
 *
 * @param result - of one assignment
 * @returns CSV
 * @throws FormatError where there are several assignments, or a student has no number
 */
export function moodleWorksheet({ grades, personOf }: ClassResult): string {
  refuseWorksheet({ handIns: grades, personOf });
  const rows = grades.map((grade) => {
    const { name, number = "", email = "" } = personOf(grade.student);
    const status = grade.isUngraded ? "Submitted for grading" : "Graded";
    return [
      ...[`Participant ${number}`, name, email, status, figure(grade), String(grade.maxScore)],
      ...["Yes", "-", "-", grade.comment],
    ];
  });
  const head = [
    ...["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"],
    ...["Grade can be changed", "Last modified (submission)", "Last modified (grade)"],
    "Feedback comments",
  ];
  return BYTE_ORDER_MARK + csvOf([head, ...rows]);
}

/**
 * Refuses what no worksheet can be made of.
 *
 * @param planned - whose grades, and of which assignments
 * @throws FormatError where there are several assignments, or a student has no number
 */
export function refuseWorksheet(planned: Planned): void {
  const { size } = new Set(planned.handIns.map(({ assignment }) => assignment));
  if (size !== 1) {
    throw new FormatError(
      `moodle-worksheet: the worksheet is for one assignment: expected 1, got ${size}; name it with --assignment`,
    );
  }
  refuseUnnumbered("moodle-worksheet", planned);
}

/**
 * Refuses students without a participant's number.
 *
 * @param format - the name of the format that needs it
 * @param planned - whose results
 * @throws FormatError where a student has none
 */
export function refuseUnnumbered(format: string, { handIns, personOf }: Planned): void {
  for (const { student } of handIns)
    if (personOf(student).number === undefined) throw noNumber(format, student);
}

/**
 * A student has no participant's number, by which Moodle finds them.
 *
 * @param format - the name of the format that needs it
 * @param student - as the hand-ins name them
 * @returns what to throw
 */
export function noNumber(format: string, student: string): FormatError {
  return new FormatError(
    `${format}: ${JSON.stringify(student)} has no participant's number, by which Moodle finds them: expected hand-ins as Moodle names them (Ann Lee_11_assignsubmission_file_), or the roster's column "number"`,
  );
}

function figure({ score, isExcused, isUngraded }: Grade): string {
  return isExcused || isUngraded ? "" : String(score);
}
