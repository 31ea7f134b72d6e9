/** The misconception map: who made which mistake of the catalogue. */
import type { Book } from "../course/book.js";
import { html } from "../report/markup.js";
import { page } from "../report/page.js";
import type { Misconception } from "../report/statistics.js";
import { link } from "./link.js";

/**
 * The map of one assignment.
 *
 * @param book - the course
 * @param assignment - its name
 * @param found - most frequent first
 */
export function mistakesPage(
  book: Book,
  assignment: string,
  found: readonly Misconception[],
): string {
  const body = html`<nav>
      <a href="/">${book.title}</a>${link("/assignment", { assignment }, assignment)}
    </nav>
    <h1>Mistakes in ${assignment}</h1>
    ${found.length === 0 ? html`<p class="quiet">None was recognised: where no known mistake fits, the grader stays silent.</p>` : undefined}
    ${found.map(
      ({ exercise, mutant, mistake, students }) =>
        html`<section class="card">
          <div class="head">
            <h2>${mutant}</h2>
            <code>${exercise}</code>
            <span class="push"
              ><b>${students.length}</b>
              <span class="quiet">student${students.length === 1 ? "" : "s"}</span></span
            >
          </div>
          <p>${mistake}</p>
          <p class="small">
            ${students.map(
              (student) =>
                html`${link("/exercise", { assignment, exercise, student }, book.matched.personOf(student).name)}
                &nbsp;`,
            )}
          </p>
        </section>`,
    )}`;
  return page(`Mistakes in ${assignment}`, body);
}
