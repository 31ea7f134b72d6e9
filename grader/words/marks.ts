/** How a status shows: its sign, and its tone for whatever paints it. Words always say the same. */
import { marks } from "#common/marks";
import type { Status } from "../judge/verdict.js";

/** What a status or a number means for the reader: a colour in every output. */
export type Tone = "good" | "bad" | "warn";

/** A tone in a notebook: each has a contrast of 4.3 with white and with #111. */
export const toneColors: Readonly<Record<Tone, string>> = {
  good: "#278a50",
  bad: "#d8443f",
  warn: "#9c7100",
};

const signs: Readonly<Record<Tone, string>> = {
  good: marks.passed,
  bad: marks.failed,
  warn: marks.open,
};

/**
 * The tone of a status.
 *
 * @param status - how a case or an exercise ended
 * @returns good for what passed, warn for what was not run, else bad
 */
export function statusTone(status: Status): Tone {
  if (status === "passed") return "good";
  return status === "not-run" ? "warn" : "bad";
}

/**
 * The sign of a status, unpainted.
 *
 * @param status - how a case or an exercise ended
 * @returns one character
 */
export function statusMark(status: Status): string {
  return signs[statusTone(status)];
}

/**
 * The sign of a status for the terminal, in its tone.
 *
 * @param status - how a case or an exercise ended
 * @param colors - paint a text, or leave it as it is
 * @returns one character, painted
 */
export function textMark(
  status: Status,
  colors: Readonly<Record<"green" | "red" | "yellow", (text: string) => string>>,
): string {
  const paint = { good: colors.green, bad: colors.red, warn: colors.yellow };
  return paint[statusTone(status)](statusMark(status));
}

/**
 * The sign of a status for a notebook, in its tone.
 *
 * @param status - how a case or an exercise ended
 * @returns an HTML element
 */
export function htmlMark(status: Status): string {
  return `<span style="color:${toneColors[statusTone(status)]}">${statusMark(status)}</span>`;
}
