/** One student's hand-in: its verdicts, the decisions about it, and forms for new ones. */
import type { Exercise } from "../../../exercises/exercise.js";
import { type Book, lateWords } from "../course/book.js";
import type { CourseGrade } from "../course/courseGrade.js";
import { localText } from "../course/localTime.js";
import { html } from "../report/markup.js";
import { page } from "../report/page.js";
import { exerciseCard, remarkCards, restCard, titleOf } from "../report/studentPage.js";
import { figure } from "../report/words.js";
import type { GradedExercise } from "../result/graded.js";
import type { Evidence } from "../store/courseStore.js";
import { decisionsAbout } from "./decisions.js";
import { link } from "./link.js";
import { neighbours } from "./neighbours.js";

/**
 * The page of one grade.
 *
 * @param book - the course
 * @param grade - the student's
 * @param evidence - of the attempt that counts
 * @param exercises - the assignment's
 */
export function gradePage(
  book: Book,
  grade: CourseGrade,
  evidence: Evidence,
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
    ${remarkCards(evidence.remarks)}
    ${evidence.results.length === 0 ? undefined : html`<h2>Exercises</h2>`}
    ${handedIn.map((result) => exerciseCard(unveiled(result, book), titleOf(result, exercises)))}
    ${restCard(evidence.results.filter(({ place }) => place === ""))} ${decisionsAbout(book, grade)}`;
  return page(`${person.name}: ${assignment}`, body, "'self'");
}

/** A result with its mistake's name, where it has been named, and with no case held back: who teaches may see all. */
export function unveiled(result: GradedExercise, { named }: Pick<Book, "named">): GradedExercise {
  const shown = named.shown(result);
  const cases = shown.verdict.cases.map((one) => ({ ...one, shown: true }));
  return { ...shown, verdict: { ...shown.verdict, cases } };
}
