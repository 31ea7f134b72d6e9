/** The instructor's page: how the class did, where it struggles, and who needs a look. */
import type { Exercise } from "../../../exercises/exercise.js";
import { statusWord } from "../../words/sentences.js";
import type { Graded } from "../result/graded.js";
import { html, Markup } from "./markup.js";
import { page } from "./page.js";
import { median, type Misconception } from "./statistics.js";
import { figure, squares } from "./words.js";

/** What the page shows of one assignment. */
export interface AssignmentPart {
  readonly assignment: string;
  readonly handIns: readonly Graded[];
  /** Charts as SVG, by what they show. */
  readonly charts: { readonly scores: string; readonly cases: string; readonly mistakes?: string };
  readonly misconceptions: readonly Misconception[];
}

/**
 * The page of a whole class.
 *
 * @param parts - for each assignment; points of different ones are never counted together
 * @param exercises - all that were graded
 * @param linkOf - each hand-in's page, relative to this one
 * @returns the page
 */
export function classPage(
  parts: readonly AssignmentPart[],
  exercises: readonly Exercise[],
  linkOf: (graded: Graded) => string,
): string {
  const names = parts.map(({ assignment }) => assignment).join(", ");
  const [only, ...others] = parts;
  const body = html` <p class="quiet small">Class report</p>
    ${
      only !== undefined && others.length === 0
        ? assignmentPart(only, exercises, linkOf)
        : html`<nav>
              ${parts.map(({ assignment }, n) => html`<a href="#part-${n}">${assignment}</a>`)}
            </nav>
            ${parts.map(
              (part, n) =>
                html`<section id="part-${n}">${assignmentPart(part, exercises, linkOf)}</section>`,
            )}`
    }`;
  return page(`Class report: ${names}`, body);
}

function assignmentPart(
  { assignment, handIns, charts, misconceptions: found }: AssignmentPart,
  exercises: readonly Exercise[],
  linkOf: (graded: Graded) => string,
): Markup {
  const scores = handIns.map(({ score }) => score);
  const maxScore = Math.max(0, ...handIns.map((graded) => graded.maxScore));
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  const whole = handIns.filter(({ score, maxScore: most }) => score === most).length;
  return html`<h1>${assignment}</h1>
    <div class="numbers">
      ${number(String(handIns.length), "hand-ins")}
      ${number(figure(median(scores)), `median, of ${figure(maxScore)} points`)}
      ${number(mean.toFixed(1), "mean")} ${number(String(whole), "with full marks")}
    </div>
    <h2>Points</h2>
    ${picture(charts.scores)}
    <h2>Cases by difficulty</h2>
    ${picture(charts.cases)}
    <h2>Mistakes that were recognised</h2>
    ${charts.mistakes === undefined ? html`<p class="quiet">None: where no known mistake fits, the grader stays silent.</p>` : picture(charts.mistakes)}
    ${mistakeTable(found)}
    <h2>Hand-ins</h2>
    <p class="quiet small">
      One square an exercise, in the lessons' order: green passes, red does not, amber was not
      handed in or not written.
    </p>
    <div class="card table">
      <table>
        <tr>
          <th>Student</th>
          <th class="figure">Points</th>
          <th>Exercises</th>
          <th>To look at</th>
        </tr>
        ${handIns.map((graded) => studentRow(graded, exercises, linkOf(graded)))}
      </table>
    </div>`;
}

function number(value: string, label: string): Markup {
  return html`<div class="number"><b>${value}</b><span class="quiet small">${label}</span></div>`;
}

/** A chart that vega drew; vega escapes the texts in it. */
function picture(svg: string): Markup {
  return html`<figure class="card">${new Markup(svg)}</figure>`;
}

function mistakeTable(found: readonly Misconception[]): Markup | undefined {
  if (found.length === 0) return undefined;
  const rows = found.map(
    ({ exercise, mutant, mistake, students }) =>
      html`<tr>
        <td><code>${exercise}</code></td>
        <td>
          <b>${mutant}</b>
          <div class="quiet small">${mistake}</div>
        </td>
        <td class="figure">${students.length}</td>
      </tr>`,
  );
  return html`<div class="card table">
    <table>
      <tr>
        <th>Exercise</th>
        <th>Mistake</th>
        <th class="figure">Students</th>
      </tr>
      ${rows}
    </table>
  </div>`;
}

function studentRow(graded: Graded, exercises: readonly Exercise[], link: string): Markup {
  const { student, score, maxScore, results } = graded;
  return html`<tr>
    <td><a href="${link}">${student}</a></td>
    <td class="figure">
      <b>${figure(score)}</b> <span class="quiet">of ${figure(maxScore)}</span>
    </td>
    <td>
      ${squares(
        results.map(({ verdict }) => verdict),
        exercises,
      )}
    </td>
    <td class="small">${toLookAt(graded)}</td>
  </tr>`;
}

/** What a person should see for themselves: problems with files, and ends that are no mistakes. */
function toLookAt({ remarks, results, standing }: Graded): Markup[] {
  const problems = remarks.filter(({ kind }) => kind === "problem");
  const odd = results.filter(({ verdict }) =>
    ["tampered", "internal-error", "memory", "output-limit", "timeout"].includes(verdict.status),
  );
  return [
    ...(standing?.notes ?? []).map((note) => html`<div>${note}</div>`),
    ...odd.map(
      ({ verdict }) =>
        html`<div><code>${verdict.exercise}</code> ${statusWord(verdict.status)}</div>`,
    ),
    ...problems
      .slice(0, 3)
      .map(({ file, text }) => html`<div>${file === "" ? text : `${file}: ${text}`}</div>`),
    ...(problems.length > 3 ? [html`<div>and ${problems.length - 3} more</div>`] : []),
  ];
}
