/** One student's hand-in: its verdicts, the decisions about it, and forms for new ones. */
import type { Exercise } from "../../../exercises/exercise.js";
import { type Book, lateWords } from "../course/book.js";
import type { CourseGrade } from "../course/courseGrade.js";
import { localText } from "../course/localTime.js";
import { html, type Markup } from "../report/markup.js";
import { page } from "../report/page.js";
import { exerciseCard, remarkCards, restCard, titleOf } from "../report/studentPage.js";
import { figure } from "../report/words.js";
import type { GradedExercise } from "../result/graded.js";
import type { Attempt, Evidence } from "../store/courseStore.js";
import { decisionsAbout } from "./decisions.js";
import { link } from "./link.js";
import { neighbours } from "./neighbours.js";

/** What is shown of a student's attempts. */
export interface ShownAttempt {
  readonly attempts: readonly Attempt[];
  /** The one that counts, or another that was asked for. */
  readonly shown: Attempt | undefined;
  readonly evidence: Evidence;
}

/**
 * The page of one grade.
 *
 * @param book - the course
 * @param grade - the student's
 * @param attempts - all of them, oldest first, and the one whose verdicts are shown
 * @param exercises - the assignment's
 */
export function gradePage(
  book: Book,
  grade: CourseGrade,
  { attempts, shown, evidence }: ShownAttempt,
  exercises: readonly Exercise[],
): string {
  const { student, assignment, score, maxScore, automatic, override } = grade;
  const person = book.matched.personOf(student);
  const when = (at: string): string => localText(book.timeZone, new Date(at));
  const students = book.grades
    .filter((one) => one.assignment === assignment)
    .map((one) => one.student);
  const handedIn = evidence.results.filter(({ place }) => place !== "");
  const facts = [
    ...(person.name === student ? [] : [`in the hand-ins: ${student}`]),
    ...(person.email === undefined ? [] : [person.email]),
    `attempts: ${grade.attempts}`,
    lateWords(grade, when) ?? "nothing handed in",
  ];
  const body = html`<nav>
      <a href="/">${book.title}</a>${link("/assignment", { assignment }, assignment)}
      <a href="#decisions">Decide</a>
      ${neighbours("/grade", { assignment }, students, student)}
    </nav>
    <h1>${person.name}</h1>
    <p class="quiet small">${facts.join(" · ")}</p>
    <div class="numbers">
      <div class="number">
        <b>${figure(score)} <span class="quiet small">of ${figure(maxScore)} points</span></b>
        <span class="quiet small">
          ${override === undefined ? "automatic" : `set by hand; the automatic score is ${figure(automatic)}`}${grade.isExcused ? "; excused" : ""}
        </span>
      </div>
    </div>
    ${attempts.length < 2 ? undefined : attemptLinks(grade, attempts, shown, when)}
    ${remarkCards(evidence.remarks)}
    ${evidence.results.length === 0 ? undefined : html`<h2>Exercises</h2>`}
    ${handedIn.map((result) => exerciseCard(unveiled(result, book), titleOf(result, exercises)))}
    ${restCard(evidence.results.filter(({ place }) => place === ""))}
    <div id="decisions">${decisionsAbout(book, grade)}</div>`;
  return page(`${person.name}: ${assignment}`, body, "'self'");
}

/** All attempts, each a link to its verdicts. */
function attemptLinks(
  { student, assignment, attempt: counting }: CourseGrade,
  attempts: readonly Attempt[],
  shown: Attempt | undefined,
  when: (at: string) => string,
): Markup {
  return html`<p class="small">
    ${attempts.map((one, n) => {
      const passed = one.exercises.filter(({ status }) => status === "passed").length;
      const words = `Attempt ${n + 1}: ${passed} of ${one.exercises.length} exercises pass`;
      const about = { student, assignment, attempt: String(one.id) };
      const at =
        one.submittedAt === undefined
          ? `graded ${when(one.gradedAt)}`
          : `handed in ${when(one.submittedAt)}`;
      return html`<span class="attempt">
        ${one.id === shown?.id ? html`<b>${words}</b>` : link("/grade", about, words)}
        <span class="quiet">${at}${one.id === counting?.id ? "; counts" : ""}</span>
      </span>`;
    })}
  </p>`;
}

/** A result with its mistake's name, where it has been named, and with no case held back: who teaches may see all. */
export function unveiled(result: GradedExercise, { named }: Pick<Book, "named">): GradedExercise {
  const shown = named.shown(result);
  const cases = shown.verdict.cases.map((one) => ({ ...one, shown: true }));
  return { ...shown, verdict: { ...shown.verdict, cases } };
}
