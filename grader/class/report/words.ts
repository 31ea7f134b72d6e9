/** Small pieces that the report pages share. */
import { statusWord } from "../../words/sentences.js";
import type { Status } from "../../judge/verdict.js";
import { html, type Markup } from "./markup.js";

/** How a status is coloured; a mark or a word always says the same. */
export type Tone = "good" | "bad" | "warn";

/** The tone of a status. */
export function statusTone(status: Status): Tone {
  if (status === "passed") return "good";
  return status === "not-run" ? "warn" : "bad";
}

/** A status as a small label. */
export function chip(status: Status): Markup {
  return html`<span class="chip ${statusTone(status)}">${statusWord(status)}</span>`;
}

/** A number of points: at most two decimals, no needless zeros. */
export function figure(points: number): string {
  return String(Math.round(points * 100) / 100);
}
