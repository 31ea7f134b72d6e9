/** What came of a call. */

/** Where in the learner's own text something was thrown. */
export interface ErrorPlace {
  /** The cell or file and the line: "In [3], line 7". */
  readonly where: string;
  /** Where in that line, from 1; of what keeps a text from being read. */
  readonly column?: number;
  /** What stands there; nothing where it can't be had. */
  readonly text?: string;
}

/** What a function did with its arguments. */
export type Outcome =
  | { readonly kind: "answer"; readonly value: unknown }
  | {
      readonly kind: "threw";
      readonly name: string;
      readonly message: string;
      readonly at?: ErrorPlace;
    };

/** Of an error's name and of its message so many characters are kept. */
export const LONGEST_WORDS = 2000;

/**
 * What was thrown, in words.
 *
 * @param threw - its name, "" for what is no error, and its message
 * @returns such as "RangeError: too far", or what stands there of the two
 */
export function thrownWords(threw: { readonly name: string; readonly message: string }): string {
  return [threw.name, threw.message].filter((words) => words !== "").join(": ");
}
