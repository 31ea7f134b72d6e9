/** Canvas' gradebook, as its import reads it. */
import type { ClassResult } from "../result/classResult.js";
import { csvOf } from "./csv.js";
import { gradesTable } from "./gradesTable.js";

/**
 * A row for each student, a column for each assignment, the points possible in the second row.
 *
 * A student is found by Canvas' number, the institution's number or the login name, in this order, and by name
 * where there is none of them. An assignment is found by its title; a new title makes a new assignment.
 *
 * @param result - of any number of hand-ins
 * @returns CSV; an excused grade is EX, one that the grader failed on is empty
 */
export function canvasCsv({ grades, personOf }: ClassResult): string {
  const table = gradesTable(grades);
  const head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];
  const possible = ["    Points Possible", "", "", "", ""];
  const rows = table.students.map((student) => {
    const { name, number = "", id = "", login = "", sections } = personOf(student);
    const cells = table.assignments.map((assignment) => {
      const grade = table.of(student, assignment.name);
      if (grade === undefined || grade.isUngraded) return "";
      return grade.isExcused ? "EX" : String(grade.score);
    });
    return [name, number, id, login, sections.join(" and "), ...cells];
  });
  return csvOf([
    [...head, ...table.assignments.map(({ name }) => name)],
    [...possible, ...table.assignments.map(({ points }) => String(points))],
    ...rows,
  ]);
}
