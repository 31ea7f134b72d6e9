/** When hand-ins came, as a platform's table says: Moodle's grading worksheet, or any CSV with such a column. */
import { CourseError } from "./checkedYaml.js";
import { matchRoster, peopleIn, readTable } from "./roster.js";
import { instantOf } from "./writtenTime.js";

/** What the column of the times is called, in small letters. */
const COLUMNS = ["last modified (submission)", "submitted at", "submitted_at", "timestamp"];

/**
 * Reads the times of a table's people.
 *
 * @param file - its path
 * @param timeZone - the course's, where one is stated
 * @param students - the names that the hand-ins have
 * @returns the time of each student who is surely a row's; rows without a time give none
 * @throws CourseError where it is no such table, or a time can't be read, with the line and the mend
 */
export function readTimeTable(
  file: string,
  timeZone: string | undefined,
  students: readonly string[],
): ReadonlyMap<string, Date> {
  return timesIn(readTable(file, "times"), { file, timeZone, students });
}

/** About a table. */
interface TableFacts {
  /** Its name, for the messages. */
  readonly file: string;
  readonly timeZone: string | undefined;
  readonly students: readonly string[];
}

/**
 * Reads the times out of a table's text.
 *
 * @param text - CSV with a header
 * @param facts - as for `readTimeTable`
 * @returns as `readTimeTable`
 * @throws CourseError as `readTimeTable`
 */
export function timesIn(
  text: string,
  { file, timeZone, students }: TableFacts,
): ReadonlyMap<string, Date> {
  const { titles, people } = peopleIn(text, file, "times");
  const column = titles.findIndex((title) => COLUMNS.includes(title));
  if (column < 0) {
    throw new CourseError(
      `times: ${file}, line 1: no column has the times: expected "submitted_at" (or Moodle's "Last modified (submission)"), got ${titles.join(", ")}; add the column`,
    );
  }
  const times = new Map(
    people.flatMap(({ person, row, line }) => {
      const told = (row[column] ?? "").trim();
      if (told === "" || told === "-") return [];
      const at = instantOf(told, timeZone);
      if (at instanceof Date) return [[person, at] as const];
      throw new CourseError(
        at === "no zone"
          ? `times: ${file}, line ${line}: ${JSON.stringify(told)} is in no time zone: name the course's in course.yaml, in which the table was made`
          : `times: ${file}, line ${line}: ${JSON.stringify(told.slice(0, 100))} is no time that has one meaning: expected such as "2026-12-01 23:59"; write it so`,
      );
    }),
  );
  const { memberOf } = matchRoster(
    students,
    people.map(({ person }) => person),
  );
  return new Map(
    students.flatMap((student) => {
      const person = memberOf(student);
      const at = person === undefined ? undefined : times.get(person);
      return at === undefined ? [] : [[student, at] as const];
    }),
  );
}
