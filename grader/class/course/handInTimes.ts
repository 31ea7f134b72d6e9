/**
 * When a hand-in came: as the instructor says, as the platform's table says, or as nbgrader wrote it down. Never a
 * file's own date.
 */
import { printable } from "../liveLine.js";
import { CourseError, meant } from "./checkedYaml.js";
import type { Course } from "./courseFile.js";
import { clockChangeWords, localText } from "./localTime.js";
import { readRoster } from "./roster.js";
import { readTimeTable, WITH_ITS_ZONE } from "./timeTable.js";
import { instantWritten } from "./unreadTimes.js";
import { instantOf } from "./writtenTime.js";

/** Who says when hand-ins came. */
export interface TimeSources {
  /** When all of them came. */
  readonly submittedAt?: string;
  /** The path of a table. */
  readonly times?: string;
}

/** A hand-in's time, and whose word it is. */
export interface ToldTime {
  readonly at?: Date;
  /** An instructor says it: it counts in place of what was said before. */
  readonly isCorrection?: true;
}

/** What tells when hand-ins came. */
export interface HandInTimes {
  /** For a student, and for what nbgrader says of the hand-in; no time where nobody says it. */
  readonly of: (student: string, nbgraders: string | undefined) => ToldTime;
  /** Whom the table names and nobody knows. */
  readonly unknown: readonly string[];
}

/**
 * What tells when a hand-in came.
 *
 * @param sources - the command's options
 * @param course - its time zone is meant where a time has none
 * @param students - the names that the hand-ins have
 * @returns what says it
 * @throws CourseError for what is no time, or no table
 */
export function handInTimes(
  { submittedAt, times }: TimeSources,
  course: Course | undefined,
  students: readonly string[],
): HandInTimes {
  const roster = course?.roster === undefined ? [] : readRoster(course.roster);
  const { timeZone } = course ?? {};
  const table =
    times === undefined ? undefined : readTimeTable({ file: times, timeZone, students, roster });
  const said = submittedAt === undefined ? undefined : saidTime(submittedAt, course);
  return {
    of: (student, nbgraders) => {
      const at = said ?? table?.times.get(student);
      if (at !== undefined) return { at, isCorrection: true };
      const written = nbgraders === undefined ? undefined : instantWritten(nbgraders, timeZone);
      return written === undefined ? {} : { at: written };
    },
    unknown: table?.unknown ?? [],
  };
}

function saidTime(text: string, course: Course | undefined): Date {
  const at = instantOf(text, course?.timeZone);
  if (at instanceof Date) return at;
  const isChange = at === "never" || at === "twice";
  throw new CourseError(
    isChange && course !== undefined
      ? `grade: --submitted-at ${clockChangeWords(at, course.timeZone, text)}; ${WITH_ITS_ZONE}`
      : `grade: --submitted-at ${JSON.stringify(text)} is no time: expected such as "2026-12-01T23:59+01:00"${course === undefined ? "" : `, or "2026-12-01 23:59" in ${course.timeZone}`}; write it so`,
  );
}

/**
 * Whom a table of times names and nobody knows.
 *
 * @param unknown - what it calls them
 * @param known - the names that the hand-ins have
 * @returns a line for each, with the name that was probably meant
 */
export function unknownText(
  unknown: readonly string[],
  known: readonly string[],
): readonly string[] {
  return unknown
    .slice(0, MOST_NAMED)
    .map(
      (name) =>
        `times: nobody is surely ${JSON.stringify(printable(name))}${meant(name, known)}; its time is not used: write an id, an e-mail address or a name that one student alone has`,
    )
    .concat(
      unknown.length > MOST_NAMED
        ? [`times: … and ${unknown.length - MOST_NAMED} more whom nobody knows`]
        : [],
    );
}

/** A hand-in of which it is told when it came. */
export interface Timed {
  readonly student: string;
  readonly assignment: string;
  /** As it is kept, whoever said it and when. */
  readonly at?: string;
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

/** A time that was corrected. */
export interface Corrected extends Timed {
  /** What counted before. */
  readonly before: string;
}

/**
 * Times that were said again, and otherwise.
 *
 * @param corrected - whose
 * @param timeZone - whose clocks the text means
 * @returns a line for each
 */
export function correctedText(
  corrected: readonly Corrected[],
  timeZone: string,
): readonly string[] {
  const when = (at: string | undefined): string =>
    at === undefined ? "?" : localText(timeZone, new Date(at));
  const lines = corrected
    .slice(0, MOST_NAMED)
    .map(
      ({ student, before, at }) =>
        `Handed in at another time than was said before: ${printable(student)}, ${when(before)} → ${when(at)} (${timeZone})`,
    );
  const more = corrected.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more times were corrected`] : lines;
}
