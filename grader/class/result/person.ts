/** A student as the learning platform knows them. */

/** What is known of a student; the files' names give little, a roster gives more. */
export interface Person {
  /** The name that the hand-ins have: "ada", or with the platform's number "Ann Lee (11)". */
  readonly student: string;
  readonly name: string;
  /** Where the roster tells the parts of the name apart. */
  readonly lastName?: string;
  readonly firstName?: string;
  /** The institution's number: Canvas' "SIS User ID", Moodle's "ID number". */
  readonly id?: string;
  /** What they sign in with: Canvas' "SIS Login ID", Moodle's "Username". */
  readonly login?: string;
  readonly email?: string;
  /** The platform's own number: Canvas' "ID", Moodle's participant. */
  readonly number?: string;
  readonly sections: readonly string[];
}

/**
 * What a hand-in's name alone tells.
 *
 * @param student - such as "ada", or as Moodle's and Canvas' names give it, "Ann Lee (11)"
 * @returns a name, and the number where there is one
 */
export function personNamed(student: string): Person {
  const opening = student.lastIndexOf(" (");
  const number = student.slice(opening + 2, -1);
  if (opening < 1 || !student.endsWith(")") || !/^\d{1,20}$/.test(number)) {
    return { student, name: student, sections: [] };
  }
  return { student, name: student.slice(0, opening), number, sections: [] };
}
