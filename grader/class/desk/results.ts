/** What the grader said of a class, exercise by exercise: never all verdicts of a large class are in memory. */
import type { Exercise } from "../../../exercises/exercise.js";
import type { Book } from "../course/book.js";
import type { Assignment } from "../course/courseFile.js";
import { type Misconception, misconceptions } from "../report/statistics.js";
import type { GradedExercise } from "../result/graded.js";
import type { CourseStore } from "../store/courseStore.js";
import { handedIn } from "./coursePage.js";

/**
 * What the grader said of one exercise, of each student's attempt that counts.
 *
 * @param store - the gradebook's course
 * @param book - read from it
 * @param assignment - its name
 * @param exercise - its id
 * @returns by student, of those that handed the exercise in
 */
export async function resultsOf(
  store: CourseStore,
  { grades }: Book,
  assignment: string,
  exercise: string,
): Promise<ReadonlyMap<string, GradedExercise>> {
  const all = await store.verdictsOf(assignment, exercise);
  return new Map(
    handedIn(grades, assignment).flatMap(({ student, attempt }) => {
      const result = all.get(attempt.id);
      return result === undefined || result.place === "" ? [] : [[student, result] as const];
    }),
  );
}

/** Students whose wrong answers to an exercise are the same, with no known mistake behind them. */
export interface Group {
  readonly exercise: Exercise;
  /** By what they are the same. */
  readonly behaviour: string;
  readonly students: readonly string[];
  /** The first one's result. */
  readonly example: GradedExercise;
}

/** The mistakes of a class. */
export interface Mistakes {
  /** Known ones, those among them that an instructor has named; most frequent first. */
  readonly known: readonly Misconception[];
  /** Largest first. */
  readonly unnamed: readonly Group[];
}

/**
 * The mistakes in one assignment.
 *
 * @param store - the gradebook's course
 * @param book - read from it
 * @param assignment - with its exercises
 */
export async function mistakesIn(
  store: CourseStore,
  book: Book,
  { name, exercises }: Assignment,
): Promise<Mistakes> {
  const known: Misconception[] = [];
  const unnamed: Group[] = [];
  for (const exercise of exercises) {
    const results = Array.from(
      await resultsOf(store, book, name, exercise.id),
      ([student, result]) => ({ student, result: book.named.shown(result) }),
    );
    known.push(
      ...misconceptions(results.map(({ student, result }) => ({ student, results: [result] }))),
    );
    unnamed.push(...groupsOf(exercise, results));
  }
  const bySize = (left: { students: readonly string[] }, right: typeof left): number =>
    right.students.length - left.students.length;
  return { known: known.sort(bySize), unnamed: unnamed.sort(bySize) };
}

function groupsOf(
  exercise: Exercise,
  results: readonly { readonly student: string; readonly result: GradedExercise }[],
): readonly Group[] {
  const found = new Map<string, Group & { readonly students: string[] }>();
  for (const { student, result } of results) {
    const { behaviour, verdict } = result;
    if (behaviour === undefined || verdict.diagnosis !== undefined) continue;
    const group = found.get(behaviour);
    if (group !== undefined) group.students.push(student);
    else found.set(behaviour, { exercise, behaviour, students: [student], example: result });
  }
  return Array.from(found.values());
}
