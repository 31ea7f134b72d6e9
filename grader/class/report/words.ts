/** Small pieces that the report pages share. */
import { statusTone } from "../../words/marks.js";
import { statusWord } from "../../words/sentences.js";
import type { Status } from "../../judge/verdict.js";
import { html, type Markup } from "./markup.js";

/** A status as a small label. */
export function chip(status: Status): Markup {
  return html`<span class="chip ${statusTone(status)}">${statusWord(status)}</span>`;
}

/** A number of points: at most two decimals, no needless zeros. */
export function figure(points: number): string {
  return String(Math.round(points * 100) / 100);
}
