/**
 * When a hand-in came: as the instructor says, as the platform's table says, or as nbgrader wrote it down. Never a
 * file's own date.
 */
import { printable } from "../liveLine.js";
import { CourseError } from "./checkedYaml.js";
import type { Course } from "./courseFile.js";
import { readTimeTable } from "./timeTable.js";
import { instantWritten } from "./unreadTimes.js";
import { instantOf } from "./writtenTime.js";

/** Who says when hand-ins came. */
export interface TimeSources {
  /** When all of them came. */
  readonly submittedAt?: string;
  /** The path of a table. */
  readonly times?: string;
}

/**
 * What tells when a hand-in came.
 *
 * @param sources - the command's options
 * @param course - its time zone is meant where a time has none
 * @param students - the names that the hand-ins have
 * @returns for a student, and for what nbgrader says of the hand-in, its time, or nothing where nobody says it
 * @throws CourseError for what is no time, or no table
 */
export function handInTimes(
  { submittedAt, times }: TimeSources,
  course: Course | undefined,
  students: readonly string[],
): (student: string, nbgraders: string | undefined) => { readonly at?: Date } {
  const table = times === undefined ? undefined : readTimeTable(times, course?.timeZone, students);
  const said = submittedAt === undefined ? undefined : saidTime(submittedAt, course);
  return (student, nbgraders) => {
    const at =
      said ??
      table?.get(student) ??
      (nbgraders === undefined ? undefined : instantWritten(nbgraders, course?.timeZone));
    return at === undefined ? {} : { at };
  };
}

function saidTime(text: string, course: Course | undefined): Date {
  const at = instantOf(text, course?.timeZone);
  if (at instanceof Date) return at;
  throw new CourseError(
    `grade: --submitted-at ${JSON.stringify(text)} is no time: expected such as "2026-12-01T23:59+01:00"${course === undefined ? "" : `, or "2026-12-01 23:59" in ${course.timeZone}`}; write it so`,
  );
}

/** A hand-in of which it is told when it came. */
export interface Timed {
  readonly student: string;
  readonly assignment: string;
  readonly at?: Date;
  readonly isMarkedLate: boolean;
}

/**
 * Whose time nobody says, where it matters.
 *
 * @param handIns - all of them
 * @param course - with the due dates
 * @returns a line for each thing that an instructor has to look at
 */
export function untimedText(
  handIns: readonly Timed[],
  course: Course | undefined,
): readonly string[] {
  const due = new Set(
    course?.assignments.flatMap((one) => (one.due === undefined ? [] : [one.name])) ?? [],
  );
  const untimed = handIns.filter(({ at }) => at === undefined);
  const marked = untimed.filter(({ isMarkedLate }) => isMarkedLate);
  const others = untimed.filter((one) => !one.isMarkedLate && due.has(one.assignment));
  const remedy = "say it with --times or --submitted-at";
  return [
    ...(marked.length === 0
      ? []
      : [
          `Late by their names, by how much nobody says, so nothing is taken off: ${named(marked)}; ${remedy}`,
        ]),
    ...(others.length === 0
      ? []
      : [
          `When they came nobody says, so they are not taken for late: ${named(others)}; ${remedy}`,
        ]),
  ];
}

/** So many are named. */
const MOST_NAMED = 10;

function named(handIns: readonly Timed[]): string {
  const names = handIns.slice(0, MOST_NAMED).map(({ student }) => printable(student));
  const more = handIns.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
