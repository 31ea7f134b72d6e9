/** What an instructor or a student should know about a hand-in, beside its verdicts. */

/** `problem`: something could not be graded as handed in; `note`: it could, and this was done. */
export interface Remark {
  readonly kind: "problem" | "note";
  /** The file it is about, relative to the hand-in; "" for the hand-in as a whole. */
  readonly file: string;
  readonly text: string;
}

/** What neither shows itself nor moves to another line: control characters, and those that turn text round. */
const UNSEEN = /[^\P{Cc}\t\r\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A student's text as people are to see it.
 *
 * @param text - a file's name, a line of code, an output
 * @returns the same lines, with � for what would act on whatever shows them
 */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, "�");
}

/**
 * A remark that something could not be graded as handed in.
 *
 * @param file - relative to the hand-in; "" for the hand-in as a whole
 * @param text - what is wrong, and how to mend it
 * @returns a remark of the kind "problem"
 */
export function problemWith(file: string, text: string): Remark {
  return { kind: "problem", file: visible(file), text: visible(text) };
}

/**
 * A remark that something was graded, and what was done for it.
 *
 * @param file - relative to the hand-in; "" for the hand-in as a whole
 * @param text - what was done
 * @returns a remark of the kind "note"
 */
export function noteOn(file: string, text: string): Remark {
  return { kind: "note", file: visible(file), text: visible(text) };
}
