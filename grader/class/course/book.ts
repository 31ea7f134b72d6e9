/** A course with everything that is known of its grades, and the one way to decide about one. */
import type { Attempt, CourseStore, Decision } from "../store/courseStore.js";
import { CourseError } from "./checkedYaml.js";
import { type Assignment, type Course, courseHere } from "./courseFile.js";
import type { CourseGrade } from "./courseGrade.js";
import { assignmentsOf, gradesOf } from "./courseGrades.js";
import { user } from "./gradebookPlace.js";
import { MistakesFile, type NamedMistakes } from "./namedMistakes.js";
import { type People, peopleOf, withExtensions } from "./people.js";
import { readRoster } from "./roster.js";

/** A course and its grades, as they are now. */
export interface Book {
  readonly title: string;
  readonly timeZone: string;
  readonly assignments: readonly Assignment[];
  readonly grades: readonly CourseGrade[];
  /** All that are kept, oldest first. */
  readonly attempts: readonly Attempt[];
  readonly decisions: readonly Decision[];
  readonly matched: People;
  /** Mistakes that an instructor has named; read when they are asked for: grades need none of them. */
  readonly named: NamedMistakes;
}

/**
 * Reads a course and its grades.
 *
 * @param store - the open gradebook
 * @param file - the course's settings; left out, ./course.yaml where it is there, else what was graded
 * @returns a grade for each student and assignment
 * @throws CourseError where the settings or the roster can't be used, GradebookError where the gradebook can't be read
 */
export async function readBook(store: CourseStore, file: string | undefined): Promise<Book> {
  const course = await courseHere(file);
  return bookOf(
    course,
    { attempts: await store.attempts(), decisions: await store.decisions() },
    file,
  );
}

/**
 * A course and the grades that follow from what is kept: the one place where it is decided what counts.
 *
 * @param course - its settings; without any, what was graded
 * @param kept - all attempts and decisions, oldest first
 * @param file - the settings' path, beside which named mistakes are kept
 * @returns a grade for each student and assignment
 * @throws CourseError where the roster can't be used
 */
export function bookOf(
  course: Course | undefined,
  {
    attempts,
    decisions: made,
  }: { readonly attempts: readonly Attempt[]; readonly decisions: readonly Decision[] },
  file: string | undefined,
): Book {
  const roster = course?.roster === undefined ? [] : readRoster(course.roster);
  const handedIn = new Set(attempts.map(({ student }) => student));
  const known = peopleOf(sorted(handedIn), roster);
  // Who was decided about before they handed in may have another name in their hand-in.
  const decisions = made.map((one) => {
    const found = known.find(one.student);
    return found.length === 1 ? { ...one, student: found[0]! } : one;
  });
  const isKnown = new Set(known.students);
  const others = decisions.map(({ student }) => student).filter((one) => !isKnown.has(one));
  const matched = others.length === 0 ? known : peopleOf(sorted([...handedIn, ...others]), roster);
  const assignments = withExtensions(course?.assignments ?? assignmentsOf(attempts), matched);
  let mistakes: NamedMistakes | undefined;
  return {
    ...{ assignments, attempts, decisions, matched },
    get named() {
      return (mistakes ??= new MistakesFile(file).read());
    },
    title: course?.title ?? "Grades",
    timeZone: course?.timeZone ?? "UTC",
    grades: gradesOf(matched.students, assignments, attempts, decisions),
  };
}

function sorted(names: Iterable<string>): readonly string[] {
  return Array.from(new Set(names)).sort((left, right) => left.localeCompare(right));
}

/**
 * The grade of a student, which must be there.
 *
 * @param book - the course
 * @param student - as the hand-ins name them
 * @param assignment - its name
 * @returns the grade
 * @throws CourseError where there is no such student or assignment
 */
export function gradeIn(
  { grades, assignments }: Book,
  student: string,
  assignment: string,
): CourseGrade {
  const found = grades.find((one) => one.student === student && one.assignment === assignment);
  if (found !== undefined) return found;
  const isStudent = grades.some((one) => one.student === student);
  const names = isStudent
    ? assignments.map(({ name }) => name)
    : Array.from(new Set(grades.map((one) => one.student)));
  const what = isStudent
    ? `assignment ${JSON.stringify(assignment)}`
    : `student ${JSON.stringify(student)}`;
  throw new CourseError(
    `gradebook: there is no ${what}: expected one of ${names.slice(0, 10).join(", ")}${names.length > 10 ? ", …" : ""}; npx unrolled gradebook list shows all`,
  );
}

/**
 * Keeps a decision of whoever runs this, made now.
 *
 * @param store - the open gradebook
 * @param book - the course, read from it
 * @param decision - what is decided about whom
 * @returns the grade that it was before
 * @throws CourseError where there is no such grade, more points than it has, or no reason
 */
export async function decide(
  store: CourseStore,
  book: Book,
  decision: Omit<Decision, "by" | "at">,
): Promise<CourseGrade> {
  const { student, assignment, kind, score, text } = decision;
  const grade = gradeIn(book, student, assignment);
  if (score !== undefined && score > grade.maxScore) {
    throw new CourseError(
      `gradebook set: ${score} is more than ${assignment} is worth: expected 0 to ${grade.maxScore}; give fewer points, or raise them in course.yaml`,
    );
  }
  if (kind !== "comment" && text.trim() === "")
    throw new CourseError(`gradebook ${kind}: expected a reason in words; it is kept with it`);
  await store.decide({ ...decision, by: user(), at: new Date().toISOString() });
  return grade;
}

/**
 * Reads points that somebody typed.
 *
 * @param text - such as "6.5"
 * @returns the number
 * @throws CourseError where it is none, or below 0
 */
export function pointsIn(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new CourseError(
    `gradebook set: expected a number of points, 0 or more, got ${JSON.stringify(text)}; write one such as 6.5`,
  );
}

/**
 * When an attempt was handed in, and whether that was in time.
 *
 * @param grade - with the attempt that counts
 * @param when - how an instant is written
 * @returns undefined where nothing was handed in
 */
export function lateWords(
  { attempt, lateDays }: CourseGrade,
  when: (at: string) => string,
): string | undefined {
  if (attempt === undefined) return undefined;
  const { submittedAt } = attempt;
  if (submittedAt === undefined) return "handed in: nobody said when, so not taken for late";
  const late = lateDays === undefined || lateDays === 0 ? "in time" : `${lateDays} day(s) late`;
  return `handed in ${when(submittedAt)}, ${late}`;
}
