/** The misconception map: who made which mistake, and those that nobody has named yet. */
import type { Book } from "../course/book.js";
import { listing } from "../report/listing.js";
import { html, type Markup } from "../report/markup.js";
import { page } from "../report/page.js";
import type { Misconception } from "../report/statistics.js";
import { unveiled } from "./gradePage.js";
import { link } from "./link.js";
import { namingForm } from "./naming.js";
import type { Group, Mistakes } from "./results.js";

/** So many groups are shown with their code; the rest of a large class's when these have names. */
const MOST_GROUPS = 50;

/**
 * The map of one assignment.
 *
 * @param book - the course
 * @param assignment - its name
 * @param mistakes - known and unnamed ones
 */
export function mistakesPage(book: Book, assignment: string, { known, unnamed }: Mistakes): string {
  const shared = unnamed.filter(({ students }) => students.length > 1);
  const alone = unnamed.filter(({ students }) => students.length === 1);
  const cards = (groups: readonly Group[], kind: string): readonly Markup[] =>
    groups
      .slice(0, MOST_GROUPS)
      .map((group, n) => groupCard(book, assignment, group, `${kind}${n}`));
  const body = html`<nav>
      <a href="/">${book.title}</a>${link("/assignment", { assignment }, assignment)}
    </nav>
    <h1>Mistakes in ${assignment}</h1>
    ${known.length === 0 ? html`<p class="quiet">None was recognised: where no known mistake fits, the grader stays silent.</p>` : undefined}
    ${known.map((one, n) => knownCard(book, assignment, one, `known${n}`))}
    ${unnamed.length === 0 ? undefined : introduction()} ${cards(shared, "shared")}${more(shared)}
    ${
      alone.length === 0
        ? undefined
        : html`<details${shared.length === 0 ? html` open` : undefined}>
            <summary>Mistakes of one student alone: ${alone.length}</summary>
            ${cards(alone, "alone")}${more(alone)}
          </details>`
    }`;
  return page(`Mistakes in ${assignment}`, body, "'self'");
}

function introduction(): Markup {
  return html`<h2>Without a name</h2>
    <p class="quiet small">
      Students in one card give the same wrong answers, and no known mistake explains them. Name the
      mistake once, with a hint: all of them read it when their pages are written again, and so does
      the next class. It is kept in mistakes.yaml with the code that is shown, without its student’s
      name: look whether a comment holds one.
    </p>`;
}

function more(groups: readonly Group[]): Markup | undefined {
  const rest = groups.length - MOST_GROUPS;
  return rest <= 0
    ? undefined
    : html`<p class="quiet small">${rest} more, which are shown when these have names.</p>`;
}

function knownCard(
  book: Book,
  assignment: string,
  { exercise, mutant, mistake, students }: Misconception,
  place: string,
): Markup {
  const own = book.named.all.find((one) => one.exercise === exercise && one.name === mutant);
  return html`<section class="card">
    <div class="head">
      <h2>${mutant}</h2>
      <code>${exercise}</code>
      ${own === undefined ? undefined : html`<span class="chip warn">named here</span>`}
      ${count(students)}
    </div>
    <p>${own?.hint ?? mistake}</p>
    ${studentLinks(book, { assignment, exercise }, students)}
    ${
      own === undefined
        ? undefined
        : html`<details>
            <summary>Change its name or hint</summary>
            ${namingForm({ assignment, exercise, behaviour: own.answers[0] ?? "" }, place, own)}
          </details>`
    }
  </section>`;
}

function groupCard(
  book: Book,
  assignment: string,
  { exercise, behaviour, students, example }: Group,
  place: string,
): Markup {
  const shown = unveiled(example, book);
  const about = { assignment, exercise: exercise.id };
  return html`<section class="card">
    <div class="head">
      <h3><code>${exercise.id}</code></h3>
      <span class="quiet">${exercise.title}</span>
      ${count(students)}
    </div>
    ${studentLinks(book, about, students)} ${listing(shown, shown.verdict.cases)}
    ${namingForm({ ...about, behaviour }, place)}
  </section>`;
}

function count(students: readonly string[]): Markup {
  return html`<span class="push"
    ><b>${students.length}</b>
    <span class="quiet">student${students.length === 1 ? "" : "s"}</span></span
  >`;
}

function studentLinks(
  book: Book,
  about: { readonly assignment: string; readonly exercise: string },
  students: readonly string[],
): Markup {
  return html`<p class="small">
    ${students.map(
      (student) =>
        html`${link("/exercise", { ...about, student }, book.matched.personOf(student).name)} &nbsp;`,
    )}
  </p>`;
}
