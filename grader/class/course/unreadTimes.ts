/** Times that lie beside hand-ins: what they are in a course, and which could not be read. */
import { printable } from "../liveLine.js";
import { instantIn } from "./localTime.js";

/**
 * The instant that a time beside a hand-in is.
 *
 * @param written - with its zone, a zone's name in brackets, or no zone, as `intake/nbgraderTime.ts` has it
 * @param timeZone - the course's, which is meant where there is none
 * @returns undefined where no zone is known
 */
export function instantWritten(written: string, timeZone: string | undefined): Date | undefined {
  if (written.endsWith("Z")) return new Date(written);
  const [local = "", name] = written.replace("]", "").split("[");
  const zone = name ?? timeZone;
  return zone === undefined ? undefined : instantIn(zone, local);
}

/** A time that could not be read. */
export interface UnreadTime {
  readonly student: string;
  readonly assignment: string;
  /** Its path. */
  readonly file: string;
  readonly why: string;
}

/** So many are named. */
const MOST_NAMED = 10;

/**
 * Which times could not be read.
 *
 * @param unread - all of them
 * @returns a line for each of the first ones, and how to go on
 */
export function unreadTimesText(unread: readonly UnreadTime[]): readonly string[] {
  if (unread.length === 0) return [];
  const lines = unread
    .slice(0, MOST_NAMED)
    .map(({ student, file, why }) => printable(`${student}: ${file} could not be read: ${why}`));
  const more = unread.length - lines.length;
  return [
    ...lines,
    ...(more > 0 ? [`… and ${more} more whose time could not be read`] : []),
    "They are not taken for late; mend these files, or say the times with --times or --submitted-at",
  ];
}
