/** Small pieces that the report pages share. */
import { statusTone } from "../../words/marks.js";
import { statusWord } from "../../words/sentences.js";
import type { Exercise } from "../../../exercises/exercise.js";
import type { Verdict, Status } from "../../judge/verdict.js";
import { html, type Markup } from "./markup.js";

/** A status as a small label. */
export function chip(status: Status): Markup {
  return html`<span class="chip ${statusTone(status)}">${statusWord(status)}</span>`;
}

/** A small square for each exercise; what it stands for shows when it is pointed at. */
export function squares(
  verdicts: readonly Pick<Verdict, "exercise" | "status" | "passed" | "total">[],
  exercises: readonly Exercise[],
): Markup {
  const all = verdicts.map(({ exercise, status, passed, total }) => {
    const title = exercises.find(({ id }) => id === exercise)?.title ?? "";
    const label = `${exercise}${title === "" ? "" : ` (${title})`}: ${statusWord(status)}, ${passed} of ${total} cases`;
    return html`<i class="${statusTone(status)}" title="${label}"></i>`;
  });
  return html`<span class="squares">${all}</span>`;
}

/** A number of points: at most two decimals, no needless zeros. */
export function figure(points: number): string {
  return String(Math.round(points * 100) / 100);
}
