/** One student's hand-in: its verdicts, the decisions about it, and forms for new ones. */
import type { Exercise } from "../../../exercises/exercise.js";
import { type Book, lateWords } from "../course/book.js";
import type { CourseGrade } from "../course/courseGrade.js";
import { localText } from "../course/localTime.js";
import { html, type Markup, type Part } from "../report/markup.js";
import { page } from "../report/page.js";
import { exerciseCard, remarkCards, restCard, titleOf } from "../report/studentPage.js";
import { figure } from "../report/words.js";
import type { GradedExercise } from "../result/graded.js";
import type { DecisionKind, Evidence } from "../store/courseStore.js";
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
    ${handedIn.map((result) => exerciseCard(unveiled(result), titleOf(result, exercises)))}
    ${restCard(evidence.results.filter(({ place }) => place === ""))} ${forms(grade)}
    ${history(book, grade, when)}`;
  return page(`${person.name}: ${assignment}`, body, "'self'");
}

/** A result with no case held back: who teaches may see all. */
export function unveiled(result: GradedExercise): GradedExercise {
  const { verdict } = result;
  const cases = verdict.cases.map((one) => ({ ...one, shown: true }));
  return { ...result, verdict: { ...verdict, cases } };
}

function forms(grade: CourseGrade): Markup {
  const { comment, maxScore, score, override, isExcused } = grade;
  const undone = isExcused ? ("unexcuse" as const) : ("excuse" as const);
  return html`<h2>Decide</h2>
    <div class="card forms">
      ${form(
        ...([grade, "comment", "Keep the comment"] as const),
        html`<label for="comment">Comment that the student reads</label>
          <textarea id="comment" name="text" rows="3">${comment}</textarea>`,
      )}
      ${form(
        ...([grade, "set", "Set the points"] as const),
        html`<label for="score">Points, of ${figure(maxScore)}</label>
          <input
            id="score"
            name="score"
            type="number"
            min="0"
            max="${maxScore}"
            step="any"
            value="${figure(score)}"
            required
          />
          ${reason("set")}`,
      )}
      ${override === undefined ? undefined : form(grade, "unset", "Let the automatic score count", reason("unset"))}
      ${form(grade, undone, isExcused ? "Let it count again" : "Excuse", reason(undone))}
    </div>`;
}

function reason(kind: DecisionKind): Markup {
  return html`<label for="${kind}-reason">Reason, kept with it</label>
    <input id="${kind}-reason" name="text" required />`;
}

function form(
  { student, assignment }: CourseGrade,
  kind: DecisionKind,
  button: string,
  fields: Part,
): Markup {
  return html`<form method="post" action="/decide">
    <input type="hidden" name="student" value="${student}" />
    <input type="hidden" name="assignment" value="${assignment}" />
    <input type="hidden" name="kind" value="${kind}" />
    ${fields}
    <button>${button}</button>
  </form>`;
}

function history(
  { decisions, timeZone }: Book,
  { student, assignment }: CourseGrade,
  when: (at: string) => string,
): Markup | undefined {
  const own = decisions.filter((one) => one.student === student && one.assignment === assignment);
  if (own.length === 0) return undefined;
  return html`<h2>History</h2>
    <div class="card table">
      <table>
        <tr>
          <th>When (${timeZone})</th>
          <th>Who</th>
          <th>What</th>
          <th>Why</th>
        </tr>
        ${own.map(
          ({ at, by, kind, score, text }) =>
            html`<tr>
              <td>${when(at)}</td>
              <td>${by}</td>
              <td>${kind}${score === undefined ? "" : ` ${figure(score)}`}</td>
              <td>${text}</td>
            </tr>`,
        )}
      </table>
    </div>`;
}
