/** The roster: a CSV of Canvas, of Moodle, of GitHub Classroom, or a plain one. And whose hand-in is whose. */
import { readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import { type Person, personNamed } from "../result/person.js";
import { textOf } from "../intake/text.js";
import { CourseError } from "./checkedYaml.js";

/**
 * How each fact of a person is called, in small letters, in English and as Moodle has it in German; the first that is
 * there counts.
 */
const COLUMNS = {
  name: ["full name", "fullname", "name", "student", "display name", "vollständiger name"],
  first: ["first name", "firstname", "given name", "vorname"],
  last: ["last name", "surname", "lastname", "family name", "nachname"],
  id: ["sis user id", "id number", "student id", "idnumber", "id-nummer", "matrikelnummer"],
  login: ["sis login id", "username", "login", "github_username", "anmeldename"],
  email: ["email address", "email", "e-mail", "e-mail-adresse"],
  number: ["identifier", "number", "participant"],
  sections: ["section", "sections", "groups", "group", "gruppen", "gruppe"],
} as const;

/** What a table of people is for: its mistakes are told so. */
type Use = "roster" | "times";

/**
 * Reads a roster.
 *
 * @param file - its path
 * @returns a person for each row, in the file's order
 * @throws CourseError where it can't be read, with the line and the mend
 */
export function readRoster(file: string): readonly Person[] {
  return parseRoster(readTable(file, "roster"), file);
}

/**
 * Reads a table's text.
 *
 * @param file - its path
 * @param use - what it is for
 * @returns the text
 * @throws CourseError where it can't be read, with the mend
 */
export function readTable(file: string, use: Use): string {
  try {
    return textOf(readFileSync(file)).text; // spreadsheets save in Windows-1252 too
  } catch (error) {
    const orElse = use === "roster" ? `take "roster" out of course.yaml` : "leave --times out";
    throw new CourseError(
      `${use}: ${file} can't be read: ${(error as Error).message}; export it from the platform, or ${orElse}`,
    );
  }
}

/**
 * Reads a roster's text.
 *
 * @param text - CSV with a header; commas, semicolons or tabs
 * @param file - its name, for the messages
 * @returns a person for each row
 * @throws CourseError where it is none, or two rows have one number, id or address
 */
export function parseRoster(text: string, file: string): readonly Person[] {
  return peopleIn(text, file, "roster").people.map(({ person }) => person);
}

/** A row of a table of people. */
export interface PersonRow {
  readonly person: Person;
  readonly row: readonly string[];
  readonly line: number;
}

/**
 * The people of a table, each with the row.
 *
 * @param text - CSV with a header; commas, semicolons or tabs
 * @param file - its name, for the messages
 * @param use - what it is for
 * @returns the columns' titles in small letters, and a person for each row that is somebody's
 * @throws CourseError where it is none, or two rows have one number, id or address
 */
export function peopleIn(
  text: string,
  file: string,
  use: Use,
): { readonly titles: readonly string[]; readonly people: readonly PersonRow[] } {
  const [head = [], ...body] = rowsOf(text, file, use);
  const titles = head.map((title) => title.trim().toLowerCase());
  const isCanvas = titles.includes("sis login id") || titles.includes("sis user id");
  const columnOf = (names: readonly string[]): number =>
    titles.indexOf(names.find((name) => titles.includes(name)) ?? "\0");
  const columns = Object.fromEntries(
    Object.entries(COLUMNS).map(([fact, names]) => [fact, columnOf(names)]),
  ) as Record<keyof typeof COLUMNS, number>;
  // "ID" is Canvas' own number, and in a plain list the institution's.
  if (isCanvas) columns.number = titles.indexOf("id");
  else if (columns.id < 0) columns.id = titles.indexOf("id");
  // GitHub Classroom's identifier is what the teacher wrote: a name, an address or an id; its name is the account's.
  if (titles.includes("github_username"))
    Object.assign(columns, { id: columns.number, number: -1 });
  if (columns.name < 0 && columns.last < 0) {
    throw new CourseError(
      `${use}: ${file}, line 1: no column has the names: expected "name" (or Canvas' "Student", Moodle's "Full name" or "Last name"), got ${titles.join(", ")}; add the column`,
    );
  }
  const people = body.flatMap((row, index) => {
    const line = index + 2;
    if (row.every((cell) => cell.trim() === "")) return [];
    if (row.length < head.length || row.slice(head.length).some((cell) => cell.trim() !== ""))
      throw new CourseError(
        `${use}: ${file}, line ${line}: expected ${head.length} columns as in the first line, got ${row.length}; put a text that holds the separator in quotes, and keep empty columns`,
      );
    const person = personOf(row, columns);
    if (person !== undefined) return [{ person, row, line }];
    // Rows of Canvas' that are nobody's have a name.
    if (use === "roster" && nameIn(row, columns) === "")
      throw new CourseError(
        `${use}: ${file}, line ${line}: nobody's name is in this row; write it, or take the row out`,
      );
    return [];
  });
  refuseTwins(people, file, use);
  return { titles, people };
}

/** Moodle's worksheet has what students wrote online in it. */
const MOST_IN_A_ROW = 10_000_000;

function rowsOf(text: string, file: string, use: Use): readonly (readonly string[])[] {
  const head = text.slice(0, text.search(/\r|\n|$/));
  const [delimiter] = [",", ";", "\t"].toSorted(
    (left, right) => head.split(right).length - head.split(left).length,
  );
  try {
    return parse(text, {
      ...{ bom: true, delimiter: delimiter!, relax_column_count: true, skip_empty_lines: true },
      max_record_size: MOST_IN_A_ROW,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = String((error as { lines?: unknown }).lines ?? "?");
    throw new CourseError(
      `${use}: ${file}, line ${line}: ${error.message}; save it as CSV in UTF-8 again`,
    );
  }
}

function personOf(
  row: readonly string[],
  columns: Readonly<Record<keyof typeof COLUMNS, number>>,
): Person | undefined {
  const of = (fact: keyof typeof COLUMNS): string => (row[columns[fact]] ?? "").trim();
  const name = nameIn(row, columns);
  // Rows of Canvas' that are nobody's.
  if (name === "" || name === "Points Possible" || name === "Student, Test") return undefined;
  // Moodle's German worksheet has the participants in a column "ID".
  const [, germanNumber] = /^Teilnehmer(?:\/in)?\s*(\d+)$/.exec(of("id")) ?? [];
  const number = germanNumber ?? of("number").replace(/^(Participant|Teilnehmer(\/in)?) */, "");
  const id = germanNumber === undefined ? of("id") : "";
  const sections = of("sections")
    .split(/,|;| and /)
    .map((one) => one.trim());
  const facts = { id, login: of("login"), email: of("email"), number };
  const names = { lastName: of("last"), firstName: of("first") };
  return {
    student: name,
    name,
    ...Object.fromEntries(
      Object.entries({ ...facts, ...names }).filter(([, value]) => value !== ""),
    ),
    sections: sections.filter((one) => one !== ""),
  };
}

/** What stands for a name; GitHub Classroom may have no more than what the teacher wrote, its identifier. */
function nameIn(
  row: readonly string[],
  columns: Readonly<Record<keyof typeof COLUMNS, number>>,
): string {
  const of = (fact: keyof typeof COLUMNS): string => (row[columns[fact]] ?? "").trim();
  const written = of("name") === "" ? `${of("first")} ${of("last")}`.trim() : of("name");
  return written === "" ? of("id") : written;
}

/** Two rows of one number would make two people one. */
function refuseTwins(people: readonly PersonRow[], file: string, use: Use): void {
  for (const fact of ["id", "login", "email", "number"] as const) {
    const seen = new Map<string, number>();
    for (const { person, line } of people) {
      const value = person[fact]?.toLowerCase();
      if (value === undefined) continue;
      const before = seen.get(value);
      if (before !== undefined) {
        throw new CourseError(
          `${use}: ${file}, lines ${before} and ${line}: two people have the ${fact} ${JSON.stringify(person[fact])}; correct one, or take out the row that is there twice`,
        );
      }
      seen.set(value, line);
    }
  }
}

/** Who handed in what. */
export interface Matched {
  /** The person of each hand-in's name; one whom the roster does not name is what the name tells. */
  readonly personOf: (student: string) => Person;
  /** The same where the roster names them: the roster's own entry. */
  readonly memberOf: (student: string) => Person | undefined;
  /** Names of hand-ins that are nobody's, or perhaps several people's. */
  readonly unsure: readonly string[];
  /** People of whom there is no hand-in. */
  readonly absent: readonly Person[];
}

/**
 * Finds each hand-in's person. Only what is certain counts: the platform's number, the institution's, the login,
 * the e-mail address, or a name that one person alone has; and one person has one name in the hand-ins.
 *
 * @param students - the names that the hand-ins have
 * @param roster - the people
 * @returns who is who, and what an instructor should look at
 */
export function matchRoster(students: readonly string[], roster: readonly Person[]): Matched {
  const found = new Map<string, Person>();
  const claims = new Map<Person, string[]>();
  const find = finder(roster);
  for (const student of students) {
    const person = find(student);
    if (person === undefined) continue;
    found.set(student, person);
    claims.set(person, [...(claims.get(person) ?? []), student]);
  }
  for (const names of claims.values())
    if (names.length > 1) for (const student of names) found.delete(student);
  return {
    personOf: (student) => {
      const person = found.get(student);
      return person === undefined ? personNamed(student) : { ...person, student };
    },
    memberOf: (student) => found.get(student),
    unsure: students.filter((student) => !found.has(student)),
    absent: roster.filter((person) => !claims.has(person)),
  };
}

/** Who has a hand-in's name, or the number, id, login or address that it is. */
function finder(roster: readonly Person[]): (student: string) => Person | undefined {
  const plain = (text: string): string => text.normalize("NFC").toLowerCase();
  const byNumber = new Map(roster.map((person) => [person.number, person]));
  const byFact = (["id", "login", "email"] as const).map(
    (fact) => new Map(roster.map((person) => [plain(person[fact] ?? ""), person])),
  );
  const byName = new Map<string, Person[]>();
  for (const person of roster)
    byName.set(plain(person.name), [...(byName.get(plain(person.name)) ?? []), person]);
  return (student) => {
    const { name, number } = personNamed(student);
    const numbered = number === undefined ? undefined : byNumber.get(number);
    const owner = byFact.map((people) => people.get(plain(student))).find(Boolean);
    if (numbered !== undefined || owner !== undefined) return numbered ?? owner;
    const [called, another] = byName.get(plain(name)) ?? [];
    // A number that the roster does not know may be another person's of this name.
    const isKnown = called?.number === undefined || number === undefined;
    return another === undefined && isKnown ? called : undefined;
  };
}
