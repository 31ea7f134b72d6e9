/** Whose code is alike in an assignment, found once for what the gradebook holds. */
import { existsSync, readFileSync } from "node:fs";
import { inPack } from "#common/pack-root";
import type { Exercise } from "../../../exercises/exercise.js";
import type { Book } from "../course/book.js";
import type { GradedExercise } from "../result/graded.js";
import type { AlikePair } from "../similarity/alike.js";
import { alikeApart } from "../similarity/alikeApart.js";
import type { CourseStore } from "../store/courseStore.js";
import { handedIn } from "./coursePage.js";
import { resultsOf } from "./results.js";

/** The pairs of one exercise, and what was compared. */
export interface AlikeCode {
  readonly exercise: Exercise;
  readonly results: ReadonlyMap<string, GradedExercise>;
  readonly pairs: readonly AlikePair[];
}

/** Finds them, and keeps what it found until the gradebook holds other attempts. */
export class AlikeFinder {
  private readonly store: CourseStore;
  /** By assignment and exercise, with the attempts that were compared. */
  private readonly found = new Map<string, { attempts: string; pairs: readonly AlikePair[] }>();

  constructor(store: CourseStore) {
    this.store = store;
  }

  /**
   * The pairs of one exercise.
   *
   * @param book - the course
   * @param assignment - its name
   * @param exercise - one of its exercises
   * @returns the pairs of students who are still there
   * @throws NotComparedError where the code takes too long to compare
   */
  async of(book: Book, assignment: string, exercise: Exercise): Promise<AlikeCode> {
    const results = await resultsOf(this.store, book, assignment, exercise.id);
    const attempts = handedIn(book.grades, assignment)
      .map(({ attempt }) => attempt.id)
      .join();
    const key = JSON.stringify([assignment, exercise.id]);
    const known = this.found.get(key);
    if (known?.attempts === attempts) return { exercise, results, pairs: known.pairs };
    const pairs = await alikeApart({ codes: codesOf(results), given: givenWith(exercise) });
    this.found.set(key, { attempts, pairs });
    return { exercise, results, pairs };
  }
}

function codesOf(
  results: ReadonlyMap<string, GradedExercise>,
): readonly { readonly student: string; readonly text: string }[] {
  return Array.from(results, ([student, { code }]) => ({
    student,
    text: code.map(({ text }) => text).join("\n"),
  }));
}

/** The forms that the pack has of a function; a package of it holds the starter alone. */
const FORMS = ["starter.ts", "solution.ts", "honest.ts", "mutants.ts"];

/**
 * What everybody had, and what many come to by themselves: the starter, the pack's own forms of the function, right and
 * wrong, and the library's.
 *
 * @param exercise - the exercise
 * @returns their texts
 */
export function givenWith({
  id,
  reference,
  own,
}: Pick<Exercise, "id" | "reference" | "own">): readonly string[] {
  if (own !== undefined) return [...own.texts, reference.toString()];
  const files = FORMS.map((name) => inPack("exercises", id, name)).filter((file) =>
    existsSync(file),
  );
  return [...files.map((file) => readFileSync(file, "utf8")), reference.toString()];
}
