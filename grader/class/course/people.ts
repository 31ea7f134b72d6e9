/** Who is meant by a name: the hand-ins' own, or what a roster knows of a student. */
import { nearest } from "#common/nearest";
import type { Person } from "../result/person.js";
import { CourseError } from "./checkedYaml.js";
import type { Assignment } from "./courseFile.js";
import { type Matched, matchRoster } from "./roster.js";

/** The students of a course, found by any name that is theirs alone. */
export interface People extends Matched {
  /** By what each has their grades: the hand-ins' names, then one of the roster's of whoever handed in nothing. */
  readonly students: readonly string[];
  /**
   * Who can be meant by a hand-in's name, a number, an id, a login, an e-mail address or a name of the roster; several
   * where a name is not one student's alone.
   */
  readonly find: (name: string) => readonly string[];
}

/**
 * The people of a course.
 *
 * @param handedIn - the names that the hand-ins have, in order
 * @param roster - who takes part; empty where nobody says it
 * @returns who they are, and how they are found
 */
export function peopleOf(handedIn: readonly string[], roster: readonly Person[]): People {
  const matched = matchRoster(handedIn, roster);
  const taken = new Set(handedIn);
  const absent = new Map<string, Person>();
  const studentOf = new Map<Person, string>();
  for (const student of handedIn) {
    const member = matched.memberOf(student);
    if (member !== undefined) studentOf.set(member, student);
  }
  for (const person of matched.absent) {
    const isOnly = roster.filter(({ name }) => name === person.name).length === 1;
    const { id, login, email } = person;
    const student = [id, login, email, isOnly ? person.name : undefined].find(
      (one) => one !== undefined && !taken.has(one),
    );
    if (student === undefined) continue;
    taken.add(student);
    absent.set(student, { ...person, student });
    studentOf.set(person, student);
  }
  const students = [...handedIn, ...absent.keys()];
  const personOf = (student: string): Person => absent.get(student) ?? matched.personOf(student);
  const named = new Map<string, Set<string>>();
  for (const student of students) {
    const { name, id, login, email, number } = personOf(student);
    for (const one of [student, name, id, login, email, number]) {
      if (one === undefined) continue;
      named.set(plain(one), (named.get(plain(one)) ?? new Set()).add(student));
    }
  }
  const isStudent = new Set(students);
  const find = (name: string): readonly string[] => {
    if (isStudent.has(name)) return [name];
    const found = named.get(plain(name));
    if (found !== undefined) return Array.from(found);
    // With a platform's number: "Ann Lee (11)".
    const member = matchRoster([name], roster).memberOf(name);
    const student = member === undefined ? undefined : studentOf.get(member);
    return student === undefined ? [] : [student];
  };
  return { ...matched, personOf, students, find };
}

function plain(text: string): string {
  return text.trim().normalize("NFC").toLowerCase();
}

/**
 * The one student whom a name means.
 *
 * @param people - of the course
 * @param name - as somebody typed it
 * @returns by what they have their grades
 * @throws CourseError where it is nobody's, or several students'
 */
export function studentIn(people: People, name: string): string {
  const found = people.find(name);
  if (found.length === 1) return found[0]!;
  const typed = JSON.stringify(name);
  if (found.length === 0) {
    const shown = people.students.slice(0, 10).join(", ");
    throw new CourseError(
      `gradebook: there is no student ${typed}${nearestOf(people, name)}: expected an id, a name or an e-mail address such as of ${shown}${people.students.length > 10 ? ", …" : ""}; npx unrolled gradebook list shows all`,
    );
  }
  const candidates = found.map((student) => wordsOf(people.personOf(student), student));
  throw new CourseError(
    `gradebook: ${typed} can be ${found.length} students: expected one of ${candidates.join(", ")}; name one by their id or as the hand-ins do`,
  );
}

/** What tells one of several people of a name from the others. */
function wordsOf({ id, email }: Person, student: string): string {
  const facts = [id, email].filter((one) => one !== undefined && one !== student);
  return `${JSON.stringify(student)}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
}

function nearestOf({ students, personOf }: People, name: string): string {
  const ids = students.flatMap((student) => {
    const { id, name: called, login, email } = personOf(student);
    return [student, id, called, login, email].filter((one) => one !== undefined);
  });
  const found = nearest(name, ids);
  return found === undefined ? "" : `, did you mean ${JSON.stringify(found)}?`;
}

/**
 * The assignments with each extension at the student whom it means.
 *
 * @param assignments - as a course's file has them
 * @param people - of the course
 * @returns the same, where an extension names nobody or several people
 */
export function withExtensions(
  assignments: readonly Assignment[],
  people: People,
): readonly Assignment[] {
  return assignments.map((one) => ({
    ...one,
    extensions: new Map(
      Array.from(one.extensions, ([name, due]) => {
        const found = people.find(name);
        return [found.length === 1 ? found[0]! : name, due] as const;
      }),
    ),
  }));
}

/**
 * Extensions that are nobody's.
 *
 * @param assignments - as a course's file has them
 * @param people - of the course
 * @returns a line for each name that is nobody's or several people's
 */
export function lostExtensions(
  assignments: readonly Assignment[],
  people: People,
): readonly string[] {
  return assignments.flatMap(({ name: assignment, extensions }) =>
    Array.from(extensions.keys()).flatMap((name) => {
      const found = people.find(name);
      if (found.length === 1) return [];
      const what =
        found.length === 0
          ? `nobody who is known${nearestOf(people, name)}`
          : `${found.length} people: ${found.join(", ")}`;
      return [
        `course: the extension of ${assignment} for ${JSON.stringify(name)} is for ${what}; write an id of the roster, or the name that the hand-in has`,
      ];
    }),
  );
}
