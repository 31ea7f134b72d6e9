/** Grades by student and assignment: what the tables of learning platforms are made of. */
import { type Grade, gradeKey } from "../result/grade.js";

/** A table of grades. */
export interface GradesTable {
  readonly students: readonly string[];
  readonly assignments: readonly { readonly name: string; readonly points: number }[];
  readonly of: (student: string, assignment: string) => Grade | undefined;
}

/**
 * Grades, arranged.
 *
 * @param grades - one for each student and assignment
 * @returns students and assignments in the order in which they come
 */
export function gradesTable(grades: readonly Grade[]): GradesTable {
  const cells = new Map(grades.map((one) => [gradeKey(one), one]));
  const points = new Map<string, number>();
  for (const { assignment, maxScore } of grades)
    points.set(assignment, Math.max(points.get(assignment) ?? 0, maxScore));
  return {
    students: Array.from(new Set(grades.map(({ student }) => student))),
    assignments: Array.from(points, ([name, most]) => ({ name, points: most })),
    of: (student, assignment) => cells.get(gradeKey({ student, assignment })),
  };
}
