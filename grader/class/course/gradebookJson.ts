/** What `gradebook list` and `show` print for another program. */
import type { Person } from "../result/person.js";
import type { Book } from "./book.js";
import type { CourseGrade } from "./courseGrade.js";

/** How a command of the gradebook speaks. */
export interface Manner {
  /** One JSON document, and nothing else. */
  readonly json?: boolean;
  /** Only what has to be said. */
  readonly quiet?: boolean;
}

/**
 * All grades as data.
 *
 * @param book - the course
 * @param shareOf - what of a student's points counts, from 0 to 1; undefined where nothing does
 * @returns what `gradebook list --json` prints
 */
export function listReport(
  { title, timeZone, assignments, grades, matched }: Book,
  shareOf: (grades: readonly CourseGrade[]) => number | undefined,
): unknown {
  const students = Array.from(new Set(grades.map(({ student }) => student)));
  return {
    ...{ course: title, timeZone },
    assignments: assignments.map(({ name, points, weight, due }) => ({
      ...{ name, points, weight, due: due?.toISOString() ?? null },
    })),
    students: students.map((student) => {
      const own = grades.filter((one) => one.student === student);
      return {
        ...personReport(matched.personOf(student)),
        share: shareOf(own) ?? null,
        grades: own.map(gradeReport),
      };
    }),
    absent: matched.absent.map(personReport),
    unsure: matched.unsure,
  };
}

/**
 * One grade as data.
 *
 * @param book - the course
 * @param grade - of it
 * @returns what `gradebook show --json` prints
 */
export function showReport({ timeZone, decisions, matched }: Book, grade: CourseGrade): unknown {
  const { student, assignment, attempt } = grade;
  return {
    ...{ timeZone, ...personReport(matched.personOf(student)), ...gradeReport(grade) },
    exercises: (attempt?.exercises ?? []).map(({ exercise, status, passed, total }) => ({
      ...{ exercise, status, passed, total },
    })),
    decisions: decisions
      .filter((one) => one.student === student && one.assignment === assignment)
      .map(({ kind, score, text, by, at }) => ({ kind, score: score ?? null, text, by, at })),
  };
}

function personReport({
  student,
  name,
  id,
  email,
  sections,
}: Person): Readonly<Record<string, unknown>> {
  return { student, name, id: id ?? null, email: email ?? null, sections };
}

function gradeReport(grade: CourseGrade): Readonly<Record<string, unknown>> {
  const { assignment, score, maxScore, automatic, attempts, attempt, lateDays } = grade;
  const { isExcused, isUngraded, comment, override } = grade;
  return {
    ...{ assignment, score, maxScore, automatic, isByHand: override !== undefined },
    ...{ isExcused, isUngraded, comment, attempts },
    ...{ gradedAt: attempt?.gradedAt ?? null, submittedAt: attempt?.submittedAt ?? null },
    lateDays: lateDays ?? null,
  };
}
