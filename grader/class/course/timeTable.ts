/** When hand-ins came, as a platform's table says: Moodle's grading worksheet, or any CSV with such a column. */
import type { Person } from "../result/person.js";
import { CourseError } from "./checkedYaml.js";
import { clockChangeWords } from "./localTime.js";
import { type People, peopleOf } from "./people.js";
import { matchRoster, peopleIn, readTable } from "./roster.js";
import { instantOf } from "./writtenTime.js";

/** What the column of the times is called, in small letters. */
const COLUMNS = ["last modified (submission)", "submitted at", "submitted_at", "timestamp"];

/** What a table says of the hand-ins. */
export interface TableTimes {
  /** Of each student who is surely a row's; rows without a time give none. */
  readonly times: ReadonlyMap<string, Date>;
  /** Rows with a time that are nobody's, neither of a hand-in nor of the roster: what they call somebody. */
  readonly unknown: readonly string[];
}

/** About a table. */
export interface TableFacts {
  /** Its path, for the messages too. */
  readonly file: string;
  /** The course's, where one is stated. */
  readonly timeZone: string | undefined;
  /** The names that the hand-ins have. */
  readonly students: readonly string[];
  /** Who takes part; empty where nobody says it. */
  readonly roster: readonly Person[];
}

/**
 * Reads the times of a table's people.
 *
 * @param facts - the table, and who is known
 * @returns whose time it says
 * @throws CourseError where it is no such table, or a time can't be read, with the line and the mend
 */
export function readTimeTable(facts: TableFacts): TableTimes {
  return timesIn(readTable(facts.file, "times"), facts);
}

/**
 * Reads the times out of a table's text.
 *
 * @param text - CSV with a header
 * @param facts - as for `readTimeTable`
 * @returns as `readTimeTable`
 * @throws CourseError as `readTimeTable`, or where two rows are of one student
 */
export function timesIn(
  text: string,
  { file, timeZone, students, roster }: TableFacts,
): TableTimes {
  const { titles, people } = peopleIn(text, file, "times");
  const column = titles.findIndex((title) => COLUMNS.includes(title));
  if (column < 0) {
    throw new CourseError(
      `times: ${file}, line 1: no column has the times: expected "submitted_at" (or Moodle's "Last modified (submission)"), got ${titles.join(", ")}; add the column`,
    );
  }
  const rows = people.flatMap(({ person, row, line }) => {
    const told = (row[column] ?? "").trim();
    if (told === "" || told === "-") return [];
    const at = instantOf(told, timeZone);
    if (at instanceof Date) return [{ person, line, at }];
    throw new CourseError(`times: ${file}, line ${line}: ${wrongTime(told, at, timeZone)}`);
  });
  const { memberOf } = matchRoster(
    students,
    people.map(({ person }) => person),
  );
  const own = new Map<Person, string>();
  for (const student of students) {
    const person = memberOf(student);
    if (person !== undefined) own.set(person, student);
  }
  const known = peopleOf(students, roster);
  const isHandIn = new Set(students);
  const found = new Map<string, { readonly at: Date; readonly line: number }>();
  const unknown: string[] = [];
  for (const { person, at, line } of rows) {
    const direct = own.get(person);
    const candidates = direct === undefined ? inRoster(known, person) : [direct];
    const [student, another] = candidates;
    if (student === undefined || another !== undefined) {
      unknown.push(person.name);
      continue;
    }
    if (!isHandIn.has(student)) continue; // of the roster, without a hand-in here
    const before = found.get(student);
    if (before !== undefined && before.at.getTime() !== at.getTime()) {
      throw new CourseError(
        `times: ${file}, lines ${before.line} and ${line}: both are of ${JSON.stringify(student)}, with two times; take one out`,
      );
    }
    found.set(student, { at, line });
  }
  return { times: new Map(Array.from(found, ([student, { at }]) => [student, at])), unknown };
}

/** Whom a row means, by the fact that tells most. */
function inRoster({ find }: People, { id, login, email, number, name }: Person): readonly string[] {
  for (const fact of [id, login, email, number, name]) {
    const found = fact === undefined ? [] : find(fact);
    if (found.length > 0) return found;
  }
  return [];
}

/** Why a time is not read, and what mends it. */
function wrongTime(
  told: string,
  why: Exclude<ReturnType<typeof instantOf>, Date>,
  timeZone: string | undefined,
): string {
  const text = told.slice(0, 100);
  if (why === "no zone")
    return `${JSON.stringify(told)} is in no time zone: name the course's in course.yaml, in which the table was made`;
  if (why === undefined || timeZone === undefined)
    return `${JSON.stringify(text)} is no time that has one meaning: expected such as "2026-12-01 23:59"; write it so`;
  return `${clockChangeWords(why, timeZone, text)}; ${WITH_ITS_ZONE}`;
}

/** What mends a time that clocks leave out or show twice. */
export const WITH_ITS_ZONE = 'write it with its zone, such as "2026-12-01T23:59+01:00"';
