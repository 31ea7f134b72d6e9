/**
 * What a student gets back: each exercise with its cases, the first difference of the cases that
 * are shown, and the mistake behind them where it is known. Of the cases that are held back it
 * says how many passed, never their inputs or what was expected.
 */
import { marks } from "#common/marks";
import type { Exercise } from "../../../exercises/exercise.js";
import { statusMark, statusTone } from "../../words/marks.js";
import { differenceDetails, headline, mistakeTitle, otherParts } from "../../words/sentences.js";
import type { CaseResult } from "../../judge/verdict.js";
import type { Difference, Excerpt } from "../../compare/difference.js";
import type { Graded, GradedExercise, Standing } from "../result/graded.js";
import { type Remark, visible } from "../intake/remark.js";
import { listing } from "./listing.js";
import { html, type Markup } from "./markup.js";
import { page } from "./page.js";
import { chip, figure } from "./words.js";

/** The page of one hand-in. */
export function studentPage(graded: Graded, exercises: readonly Exercise[]): string {
  const { student, assignment, results, remarks, score, maxScore } = graded;
  const passed = results.filter(({ verdict }) => verdict.status === "passed").length;
  const handedIn = results.filter(({ place }) => place !== "");
  const share = maxScore === 0 ? 0 : score / maxScore;
  const body = html` <p class="quiet small">${assignment}</p>
    <h1>${student}</h1>
    <div class="numbers">
      <div class="number">
        <b>${figure(score)} <span class="quiet small">of ${figure(maxScore)} points</span></b>
        <div class="meter"><i style="width:${(100 * share).toFixed(1)}%"></i></div>
      </div>
      <div class="number">
        <b>${passed} <span class="quiet small">of ${results.length}</span></b
        ><span class="quiet small">exercises pass every case</span>
      </div>
    </div>
    ${standingCard(graded.standing)} ${remarkCards(remarks)}
    <h2>Exercises</h2>
    ${handedIn.map((result) => exerciseCard(result, titleOf(result, exercises)))}
    ${restCard(results.filter(({ place }) => place === ""))}`;
  return page(`${student}: ${assignment}`, body);
}

/** What makes the grade other than the verdicts do, and what the instructor says; nothing where there is nothing. */
function standingCard(standing: Standing | undefined): Markup | undefined {
  const { notes = [], comment = "" } = standing ?? {};
  if (notes.length === 0 && comment === "") return undefined;
  return html`<div class="card">
    ${notes.map((note) => html`<p class="said">${note[0]!.toUpperCase()}${note.slice(1)}.</p>`)}
    ${comment === "" ? undefined : html`<p class="said"><b>Comment:</b> ${comment}</p>`}
  </div>`;
}

/** What an exercise is called. */
export function titleOf({ verdict }: GradedExercise, exercises: readonly Exercise[]): string {
  return exercises.find(({ id }) => id === verdict.exercise)?.title ?? "";
}

/** What is to be said of the files; nothing where there is nothing. */
export function remarkCards(remarks: readonly Remark[]): Markup | undefined {
  if (remarks.length === 0) return undefined;
  const rows = remarks.map(
    ({ kind, file, text }) =>
      html`<tr>
        <td class="mark ${kind === "problem" ? "bad" : "quiet"}">
          ${kind === "problem" ? "!" : "i"}
        </td>
        <td>${file === "" ? undefined : html`<code>${file}</code> `}${text}</td>
      </tr>`,
  );
  return html`<h2>About the files</h2>
    <div class="card">
      <table>
        ${rows}
      </table>
    </div>`;
}

/** The exercises that are not there, in one card. */
export function restCard(missing: readonly GradedExercise[]): Markup | undefined {
  if (missing.length === 0) return undefined;
  const points = missing.reduce((sum, result) => sum + result.points, 0);
  return html`<section class="card">
    <div class="head">
      <h3>Not handed in</h3>
      <span class="push"><b>0</b> <span class="quiet">of ${figure(points)}</span></span>
    </div>
    <p>${missing.map(({ verdict }) => html`<code>${verdict.exercise}</code> `)}</p>
  </section>`;
}

/** One exercise with its cases; of those that are held back, how many pass. */
export function exerciseCard(result: GradedExercise, title: string): Markup {
  const { verdict, points, score, place, console: said } = result;
  const { diagnosis, status } = verdict;
  return html`<section class="card">
    <div class="head">
      <h3><code>${verdict.exercise}</code></h3>
      <span class="quiet">${title}</span>
      <span class="push"
        >${chip(status)} &nbsp;<b>${figure(score)}</b>
        <span class="quiet">of ${figure(points)}</span></span
      >
    </div>
    <p class="quiet small">${place}</p>
    ${diagnosis === undefined ? undefined : html`<div class="box"><b>${mistakeTitle(diagnosis)}</b> ${diagnosis.mistake}<br /><b>Hint:</b> ${diagnosis.hint}</div>`}
    ${casesOf(result)}
    ${listing(
      result,
      verdict.cases.filter((one) => one.shown),
    )}
    ${said === "" || status === "passed" ? undefined : consoleOf(result)}
  </section>`;
}

/** What the function wrote, unless that can be what it was asked in a case that is held back. */
function consoleOf({ verdict, console: said }: GradedExercise): Markup {
  if (verdict.cases.some(({ shown }) => !shown)) {
    return html`<p class="quiet small">
      What it wrote to the console is not shown: it can hold the inputs of the cases that are held
      back.
    </p>`;
  }
  return html`<details>
    <summary>Console output</summary>
    <pre tabindex="0">${visible(said)}</pre>
  </details>`;
}

function casesOf({ verdict }: GradedExercise): Markup | undefined {
  const { cases } = verdict;
  if (cases.length === 0 || cases.every(({ status }) => status === "not-run")) return undefined;
  const same = sameEnding(cases);
  if (same !== undefined) return html`<p>${same}</p>`;
  const shown = cases.filter((one) => one.shown);
  const heldBack = cases.filter((one) => !one.shown);
  const first = shown.find(({ status }) => status !== "passed");
  const passed = heldBack.filter(({ status }) => status === "passed").length;
  const rest =
    heldBack.length === 0
      ? undefined
      : html`<tr>
          <td class="mark ${passed === heldBack.length ? "good" : "bad"}">
            ${passed === heldBack.length ? marks.passed : marks.failed}
          </td>
          <td class="name">${heldBack.length} held-back case${heldBack.length === 1 ? "" : "s"}</td>
          <td>${passed} of ${heldBack.length} pass</td>
        </tr>`;
  return html`<table>
    ${shown.map((one) => caseRow(one, one === first))}${rest}
  </table>`;
}

/** One sentence for a function that crashed in every case in the same way. */
function sameEnding(cases: readonly CaseResult[]): string | undefined {
  const [first] = cases;
  if (first?.status !== "crashed" || !cases.some(({ shown }) => shown)) return undefined;
  const isSame = cases.every(
    ({ status, message }) => status === "crashed" && message === first.message,
  );
  return isSame ? headline(first) : undefined;
}

function caseRow(one: CaseResult, isFirst: boolean): Markup {
  const tone = statusTone(one.status);
  const { difference } = one;
  const details =
    isFirst && difference !== undefined
      ? [...differenceDetails(difference), ...otherParts(one)]
      : [];
  return html`<tr>
    <td class="mark ${tone}">${statusMark(one.status)}</td>
    <td class="name">${one.name}</td>
    <td>
      ${headline(one) ?? ""}
      ${details.map((line) => html`<div class="quiet small">${line}</div>`)}${isFirst ? codeOf(difference) : undefined}
      ${isFirst && difference?.excerpt !== undefined ? excerptPair(difference.excerpt) : undefined}
    </td>
  </tr>`;
}

function codeOf(difference: Difference | undefined): Markup | undefined {
  if (difference?.kind !== "value") return undefined;
  return html`<div class="quiet small">in code: <code>${difference.code}</code></div>`;
}

function excerptPair({ symbol, got, expected, wrong }: Excerpt): Markup {
  const table = (title: string, entries: Excerpt["got"], tone: string): Markup =>
    html`<div>
      <div class="quiet small">${title}</div>
      <table class="matrix">
        ${entries.map(
          (row, i) =>
            html`<tr>
              ${row.map((entry, j) => html`<td class="${wrong[i]?.[j] === true ? tone : ""}">${entry}</td>`)}
            </tr>`,
        )}
      </table>
    </div>`;
  return html`<div class="pair">
    ${table(`${symbol}, yours`, got, "off")}${table(`${symbol}, expected`, expected, "on")}
  </div>`;
}
