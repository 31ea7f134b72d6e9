/** What an instructor or a student should know about a hand-in, beside its verdicts. */

/** `problem`: something could not be graded as handed in; `note`: it could, and this was done. */
export interface Remark {
  readonly kind: "problem" | "note";
  /** The file it is about, relative to the hand-in; "" for the hand-in as a whole. */
  readonly file: string;
  readonly text: string;
}

/** A problem with a file. */
export function problemWith(file: string, text: string): Remark {
  return { kind: "problem", file, text };
}

/** A note about a file. */
export function noteOn(file: string, text: string): Remark {
  return { kind: "note", file, text };
}
