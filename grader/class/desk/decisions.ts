/** What was decided about a grade, and forms for new decisions. */
import type { Book } from "../course/book.js";
import type { CourseGrade } from "../course/courseGrade.js";
import { localText } from "../course/localTime.js";
import { html, type Markup, type Part } from "../report/markup.js";
import { figure } from "../report/words.js";
import type { DecisionKind } from "../store/courseStore.js";

/**
 * Forms for new decisions about a grade, and those that were made.
 *
 * @param book - the course
 * @param grade - the student's
 * @param exercise - whose page shows it, and is gone back to; left out, the grade's own
 */
export function decisionsAbout(book: Book, grade: CourseGrade, exercise = ""): Markup {
  return html`${forms(grade, exercise)} ${history(book, grade)}`;
}

function forms(grade: CourseGrade, exercise: string): Markup {
  const about: About = { ...grade, exercise };
  const { assignment, comment, maxScore, score, override, isExcused } = grade;
  const undone = isExcused ? ("unexcuse" as const) : ("excuse" as const);
  return html`<h2>Decide</h2>
    <div class="card forms">
      ${form(
        ...([about, "comment", "Keep the comment"] as const),
        html`<label for="comment">Comment that the student reads</label>
          <textarea id="comment" name="text" rows="3">${comment}</textarea>`,
      )}
      ${form(
        ...([about, "set", "Set the points"] as const),
        html`<label for="score">Points for ${assignment} as a whole, of ${figure(maxScore)}</label>
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
      ${override === undefined ? undefined : form(about, "unset", "Let the automatic score count", reason("unset"))}
      ${form(about, undone, isExcused ? "Let it count again" : "Excuse", reason(undone))}
    </div>`;
}

function reason(kind: DecisionKind): Markup {
  return html`<label for="${kind}-reason">Reason, kept with it</label>
    <input id="${kind}-reason" name="text" required />`;
}

/** Which grade a form is about, and from which page. */
type About = Pick<CourseGrade, "student" | "assignment"> & { readonly exercise: string };

function form(
  { student, assignment, exercise }: About,
  kind: DecisionKind,
  button: string,
  fields: Part,
): Markup {
  return html`<form method="post" action="/decide">
    <input type="hidden" name="student" value="${student}" />
    <input type="hidden" name="assignment" value="${assignment}" />
    <input type="hidden" name="exercise" value="${exercise}" />
    <input type="hidden" name="kind" value="${kind}" />
    ${fields}
    <button>${button}</button>
  </form>`;
}

function history(
  { decisions, timeZone }: Book,
  { student, assignment }: CourseGrade,
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
              <td>${localText(timeZone, new Date(at))}</td>
              <td>${by}</td>
              <td>${kind}${score === undefined ? "" : ` ${figure(score)}`}</td>
              <td>${text}</td>
            </tr>`,
        )}
      </table>
    </div>`;
}
