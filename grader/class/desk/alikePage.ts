/** Pairs of students whose code is alike; and one pair in one exercise, side by side. */
import type { Book } from "../course/book.js";
import { codeLines } from "../report/listing.js";
import { html, type Markup } from "../report/markup.js";
import { page } from "../report/page.js";
import type { CodePart } from "../intake/codePart.js";
import { type AlikePair, LISTED } from "../similarity/alike.js";
import type { AlikeCode } from "./alikeCode.js";
import { link } from "./link.js";

/** So many pairs are listed; the rest of a large class's have less in common. */
const MOST_PAIRS = 100;

/** What two students have in common, in all exercises. */
interface Both {
  readonly students: readonly [string, string];
  readonly found: { readonly exercise: string; readonly pair: AlikePair }[];
}

/**
 * The pairs of one assignment, those with most in common first.
 *
 * @param book - the course
 * @param assignment - its name
 * @param alike - what was found, for each of its exercises
 */
export function alikePage(book: Book, assignment: string, alike: readonly AlikeCode[]): string {
  const all = bothOf(alike);
  const rows = all.slice(0, MOST_PAIRS).map(
    ({ students, found }) =>
      html`<tr>
        <td>${names(book, assignment, students)}</td>
        <td>
          ${found.map(
            ({ exercise, pair }) =>
              html`<div>
                ${link("/pair", { assignment, exercise, student: students[0], other: students[1] }, exercise)}
                <span class="quiet small"
                  >${percent(pair.share)} alike, ${pair.tokens} words and marks</span
                >
              </div>`,
          )}
        </td>
      </tr>`,
  );
  const body = html`<nav>
      <a href="/">${book.title}</a>${link("/assignment", { assignment }, assignment)}
    </nav>
    <h1>Alike code in ${assignment}</h1>
    <p class="quiet small">
      Two who have at least ${LISTED.tokens} words and marks in common which are neither the
      starter’s nor one of the pack’s own forms, nor many others’, and which make up at least
      ${percent(LISTED.share)} of what is their own. Names, comments and layout do not count. It is
      a reason to look and to ask, never a proof: two who learn together write alike.
    </p>
    ${
      rows.length === 0
        ? html`<p>No two hand-ins are that much alike.</p>`
        : html`<div class="card table">
            <table>
              <tr>
                <th>Students</th>
                <th>Exercises</th>
              </tr>
              ${rows}
            </table>
          </div>`
    }
    ${all.length > MOST_PAIRS ? html`<p class="quiet small">${all.length - MOST_PAIRS} more pairs have less in common.</p>` : undefined}`;
  return page(`Alike code in ${assignment}`, body, "'self'");
}

function bothOf(alike: readonly AlikeCode[]): readonly Both[] {
  const byStudents = new Map<string, Both>();
  for (const { exercise, pairs } of alike) {
    for (const pair of pairs) {
      const key = JSON.stringify(pair.students);
      const both = byStudents.get(key) ?? { students: pair.students, found: [] };
      both.found.push({ exercise: exercise.id, pair });
      byStudents.set(key, both);
    }
  }
  const tokens = ({ found }: Both): number =>
    found.reduce((sum, { pair }) => sum + pair.tokens * pair.share, 0);
  return Array.from(byStudents.values()).sort((left, right) => tokens(right) - tokens(left));
}

function names(book: Book, assignment: string, students: readonly string[]): Markup {
  return html`${students.map(
    (student) =>
      html`<div>
        ${link("/grade", { assignment, student }, book.matched.personOf(student).name)}
      </div>`,
  )}`;
}

/**
 * Two students' code for one exercise, side by side: what both have is marked.
 *
 * @param book - the course
 * @param assignment - its name
 * @param alike - what was found in the exercise
 * @param pair - one of its pairs
 */
export function pairPage(
  book: Book,
  assignment: string,
  { exercise, results }: AlikeCode,
  { students, share, tokens, lines }: AlikePair,
): string {
  const about = { assignment, exercise: exercise.id };
  const side = (student: string, marked: readonly number[]): Markup =>
    html`<section class="card">
      <h2>${link("/exercise", { ...about, student }, book.matched.personOf(student).name)}</h2>
      ${marking(results.get(student)?.code ?? [], new Set(marked))}
    </section>`;
  const body = html`<nav>
      <a href="/">${book.title}</a>${link("/assignment", { assignment }, assignment)}
      ${link("/alike", { assignment }, "Alike code")}
    </nav>
    <h1>${exercise.id}</h1>
    <p class="quiet small">
      ${percent(share)} of what is their own is the same in both: ${tokens} words and marks. The
      lines in which they stand are marked.
    </p>
    <div class="sides">${[side(students[0], lines[0]), side(students[1], lines[1])]}</div>`;
  return page(`${exercise.id}: two alike`, body, "'self'");
}

/** Code whose lines are counted through all of its parts, some of them marked. */
function marking(code: readonly CodePart[], marked: ReadonlySet<number>): Markup {
  let line = 0;
  return html`${codeLines(
    code,
    (text) => html`<span class="line${marked.has(line++) ? " same" : ""}">${text}</span>`,
  )}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
