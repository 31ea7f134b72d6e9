/** One exercise, going through all students that handed something in. */
import type { Exercise } from "../../../exercises/exercise.js";
import { type Book, gradeIn } from "../course/book.js";
import { html } from "../report/markup.js";
import { page } from "../report/page.js";
import { exerciseCard } from "../report/studentPage.js";
import type { GradedExercise } from "../result/graded.js";
import { decisionsAbout } from "./decisions.js";
import { unveiled } from "./gradePage.js";
import { link } from "./link.js";
import { neighbours } from "./neighbours.js";

/**
 * The page of one exercise of one student.
 *
 * @param book - the course
 * @param about - which assignment, which exercise
 * @param results - by student, in order
 * @param student - who is shown; the first where there is none of this name
 */
export function exercisePage(
  book: Book,
  { assignment, exercise }: { readonly assignment: string; readonly exercise: Exercise },
  results: ReadonlyMap<string, GradedExercise>,
  student: string,
): string {
  const students = Array.from(results.keys());
  const shown = results.has(student) ? student : students[0];
  const result = shown === undefined ? undefined : results.get(shown);
  const body = html`<nav>
      <a href="/">${book.title}</a>${link("/assignment", { assignment }, assignment)}
      ${shown === undefined ? undefined : neighbours("/exercise", { assignment, exercise: exercise.id }, students, shown)}
    </nav>
    <h1>${exercise.id}</h1>
    ${
      shown === undefined || result === undefined
        ? html`<p class="quiet">Nobody has handed it in.</p>`
        : html`<h2>
              ${link("/grade", { assignment, student: shown }, book.matched.personOf(shown).name)}
            </h2>
            ${exerciseCard(unveiled(result, book), exercise.title)}
            ${decisionsAbout(book, gradeIn(book, shown, assignment), exercise.id)}`
    }`;
  return page(`${exercise.id}: ${assignment}`, body, "'self'");
}
