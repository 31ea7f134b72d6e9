/** What a run of `grade` has to do with a course: times are kept, and what counts is what pages and formats show. */
import { type Book, bookOf } from "./course/book.js";
import type { Counting } from "./course/counting.js";
import type { Course } from "./course/courseFile.js";
import type { Corrected, Timed } from "./course/handInTimes.js";
import type { NamedMistakes } from "./course/namedMistakes.js";
import { matchRoster, readRoster } from "./course/roster.js";
import { Lean } from "./lean.js";
import type { Reports } from "./report/write.js";
import { type Grade, gradeKey } from "./result/grade.js";
import type { Graded } from "./result/graded.js";
import { type Person, personNamed } from "./result/person.js";
import { type CourseStore, type HandedIn, openCourseStore } from "./store/courseStore.js";

/**
 * A hand-in as it is shown: with the instructor's words for mistakes that have been named.
 *
 * @param graded - as it was graded
 * @param named - the instructor's words
 * @returns the same verdicts
 */
export function withNames(graded: Graded, named: NamedMistakes): Graded {
  return { ...graded, results: graded.results.map((one) => named.shown(one)) };
}

/**
 * Whether settings or decisions can make the grade that counts another than the verdicts do.
 *
 * @param gradebook - its file or address
 * @param course - the settings
 * @returns true for a course, or where an instructor has decided something
 */
export async function goesByRules(gradebook: string, course: Course | undefined): Promise<boolean> {
  if (course !== undefined) return true;
  const store = await openCourseStore(gradebook);
  try {
    return (await store.decisions()).length > 0;
  } finally {
    await store.close();
  }
}

/**
 * The course with its grades, where there is anything that they go by.
 *
 * @param isByRules - whether there is
 * @param store - the open gradebook, with what was graded now
 * @param course - the settings
 * @param file - their path
 * @returns undefined where there is nothing
 * @throws CourseError where the roster can't be used
 */
export async function readBookIf(
  isByRules: boolean,
  store: CourseStore,
  course: Course | undefined,
  file: string | undefined,
): Promise<Book | undefined> {
  if (!isByRules) return undefined;
  const kept = { attempts: await store.attempts(), decisions: await store.decisions() };
  return bookOf(course, kept, file);
}

/**
 * The hand-ins as pages and formats show them; those of a course, with what counts, get their pages now.
 *
 * @param graded - as the grader left them
 * @param with_ - what counts, the instructor's words, and where pages go
 * @returns the hand-ins in their order
 * @throws GradebookError where the gradebook can't be read
 */
export async function shownOf(
  graded: readonly Graded[],
  {
    isAsked,
    counting,
    named,
    reports,
    keepsWhole,
  }: {
    /** Whether a page or a file is written. */
    readonly isAsked: boolean;
    readonly counting: Counting | undefined;
    readonly named: NamedMistakes;
    readonly reports: Reports | undefined;
    readonly keepsWhole: boolean;
  },
): Promise<readonly Graded[]> {
  if (counting === undefined) return graded.map((one) => withNames(one, named));
  if (!isAsked) return graded;
  const lean = new Lean();
  const shown: Graded[] = [];
  for (const one of graded) {
    const whole = withNames(await counting.whole(one), named);
    reports?.add(whole);
    shown.push(keepsWhole ? whole : lean.of(whole));
  }
  return shown;
}

/** Who is who, and the grades of those who were decided about and have handed in nothing: theirs are exported too. */
export interface Persons {
  readonly personOf: (student: string) => Person;
  readonly absent: readonly Grade[];
}

/**
 * Who a student is, by the course's roster.
 *
 * @param graded - the hand-ins of the run
 * @param course - its settings
 * @param about - the course's grades; and whether the run is of one student alone
 * @returns who is who, and whose grades are to be exported beside the hand-ins'
 * @throws CourseError where the roster can't be used
 */
export function personsOf(
  graded: readonly Pick<Graded, "student" | "assignment">[],
  course: Course | undefined,
  { book, isOne }: { readonly book: Book | undefined; readonly isOne: boolean },
): Persons {
  const students = new Set(graded.map(({ student }) => student));
  const roster = course?.roster === undefined ? [] : readRoster(course.roster);
  const own = matchRoster(Array.from(students), roster).personOf;
  const assignments = new Set(graded.map(({ assignment }) => assignment));
  const absent = isOne
    ? []
    : (book?.grades ?? []).filter(
        (one) =>
          one.attempts === 0 &&
          (one.override !== undefined || one.isExcused) &&
          assignments.has(one.assignment) &&
          !students.has(one.student),
      );
  return {
    personOf: (student) =>
      students.has(student) ? own(student) : (book?.matched.personOf ?? personNamed)(student),
    absent,
  };
}

/**
 * What is known of a grade beside its points: what it was before being late cost, when it was due and when it came.
 *
 * @param book - the course's grades, where there are any
 * @param timed - when the hand-ins of the run came
 * @returns it, for a grade of the run
 */
export function factsOf(
  book: Book | undefined,
  timed: readonly Timed[],
): (grade: Grade) => Pick<Grade, "rawScore" | "due" | "submittedAt"> {
  const grades = new Map((book?.grades ?? []).map((one) => [gradeKey(one), one]));
  const came = new Map(
    timed.flatMap((one) => (one.at === undefined ? [] : [[gradeKey(one), one.at]])),
  );
  return (grade) => {
    const known = grades.get(gradeKey(grade));
    if (known !== undefined) {
      const { rawScore, due, submittedAt } = known;
      return {
        ...(rawScore === undefined ? {} : { rawScore }),
        ...(due === undefined ? {} : { due }),
        ...(submittedAt === undefined ? {} : { submittedAt }),
      };
    }
    const at = came.get(gradeKey(grade));
    return at === undefined ? {} : { submittedAt: new Date(at) };
  };
}

/** A hand-in, and what is said of when it came. */
export type Told = HandedIn & Pick<Timed, "isMarkedLate">;

/**
 * Keeps beside the attempts what was handed in and when.
 *
 * @param store - the open gradebook
 * @param told - what is said
 * @returns the times that count now
 */
export async function tellCourse(
  store: CourseStore,
  told: readonly Told[],
): Promise<readonly (Timed & Partial<Corrected>)[]> {
  const kept = await store.handedIn(told);
  return told.map(({ student, assignment, isMarkedLate }, index) => ({
    ...{ student, assignment, isMarkedLate },
    ...kept[index]!,
  }));
}

/** Whether a time was said otherwise before. */
export function isCorrected(one: Timed & Partial<Corrected>): one is Corrected {
  return one.before !== undefined;
}
