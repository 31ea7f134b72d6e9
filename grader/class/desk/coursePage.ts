/** The desk's first page, the course's assignments; and one assignment: its exercises and its students. */
import type { Book } from "../course/book.js";
import type { Assignment } from "../course/courseFile.js";
import type { CourseGrade } from "../course/courseGrade.js";
import { localText } from "../course/localTime.js";
import { html, type Markup } from "../report/markup.js";
import { page } from "../report/page.js";
import { median } from "../report/statistics.js";
import { figure, squares } from "../report/words.js";
import { link } from "./link.js";

/** All assignments. */
export function coursePage({ title, timeZone, assignments, grades }: Book): string {
  const rows = assignments.map(({ name, points, due }) => {
    const own = handedIn(grades, name);
    return html`<tr>
      <td>
        ${link("/assignment", { assignment: name }, name)}
        ${due === undefined ? undefined : html`<div class="quiet small">due ${localText(timeZone, due)}</div>`}
      </td>
      <td class="figure">${own.length}</td>
      <td class="figure">
        ${own.length === 0 ? "–" : figure(median(own.map(({ score }) => score)))}
        <span class="quiet">of ${figure(points)}</span>
      </td>
      <td>${link("/mistakes", { assignment: name }, "Mistakes")}</td>
      <td>${link("/alike", { assignment: name }, "Alike code")}</td>
    </tr>`;
  });
  const body = html`<h1>${title}</h1>
    <p class="quiet small">Times are of ${timeZone}.</p>
    <div class="card table">
      <table>
        <tr>
          <th>Assignment</th>
          <th class="figure">Handed in</th>
          <th class="figure">Median</th>
          <th>Who made which</th>
          <th>Who wrote the same</th>
        </tr>
        ${rows}
      </table>
    </div>`;
  return page(title, body);
}

/** The grades of an assignment of which there is an attempt. */
export function handedIn(
  grades: readonly CourseGrade[],
  assignment: string,
): readonly (CourseGrade & Required<Pick<CourseGrade, "attempt">>)[] {
  return grades.flatMap((grade) => {
    const { attempt } = grade;
    return grade.assignment === assignment && attempt !== undefined ? [{ ...grade, attempt }] : [];
  });
}

/** One assignment. */
export function assignmentPage(book: Book, assignment: Assignment): string {
  const { name } = assignment;
  const own = book.grades.filter((grade) => grade.assignment === name);
  const body = html`<nav>
      <a href="/">${book.title}</a>${link("/mistakes", { assignment: name }, "Mistakes")}
      ${link("/alike", { assignment: name }, "Alike code")}
    </nav>
    <h1>${name}</h1>
    <h2>Exercises</h2>
    <div class="card table">
      <table>
        <tr>
          <th>Exercise</th>
          <th class="figure">Points</th>
          <th class="figure">Pass</th>
        </tr>
        ${assignment.exercises.map(({ id, points }) => {
          const found = handedIn(book.grades, name).flatMap(({ attempt }) =>
            attempt.exercises.filter(({ exercise }) => exercise === id),
          );
          const passed = found.filter(({ status }) => status === "passed").length;
          return html`<tr>
            <td>${link("/exercise", { assignment: name, exercise: id }, id)}</td>
            <td class="figure">${figure(points)}</td>
            <td class="figure">${passed} <span class="quiet">of ${found.length}</span></td>
          </tr>`;
        })}
      </table>
    </div>
    <h2>Students</h2>
    <div class="card table">
      <table>
        <tr>
          <th>Student</th>
          <th class="figure">Points</th>
          <th>Exercises</th>
          <th>To know</th>
        </tr>
        ${own.map((grade) => studentRow(book, assignment, grade))}
      </table>
    </div>`;
  return page(name, body);
}

function studentRow({ matched }: Book, { exercises }: Assignment, grade: CourseGrade): Markup {
  const { student, assignment, score, maxScore, attempt } = grade;
  const isThere = attempt !== undefined || grade.override !== undefined;
  return html`<tr>
    <td>${link("/grade", { assignment, student }, matched.personOf(student).name)}</td>
    <td class="figure">
      ${isThere ? html`<b>${figure(score)}</b>` : "–"}
      <span class="quiet">of ${figure(maxScore)}</span>
    </td>
    <td>${squares(attempt?.exercises ?? [], exercises)}</td>
    <td class="small">${toKnow(grade).join(", ")}</td>
  </tr>`;
}

/** What makes a grade other than its verdicts do. */
function toKnow(grade: CourseGrade): readonly string[] {
  return [
    ...(grade.isExcused ? ["excused"] : []),
    ...(grade.isUngraded ? ["not graded: the grader failed"] : []),
    ...(grade.override === undefined ? [] : ["set by hand"]),
    ...((grade.lateDays ?? 0) > 0 ? [`${grade.lateDays} day(s) late`] : []),
    ...(grade.comment === "" ? [] : ["comment"]),
  ];
}
