/** What student code threw, in words of bounded length. */
import { thrown } from "../../judge/observe.js";
import { LONGEST_WORDS } from "../../values/outcome.js";

/**
 * Words, which may be of any type and any length.
 *
 * @param words - of an error's
 * @returns at most 2000 characters
 */
export function text(words: unknown): string {
  return String(words).slice(0, LONGEST_WORDS);
}

/**
 * A thrown value's name and message.
 *
 * @param error - what was caught
 * @returns both cut
 */
export function wordsOf(error: unknown): { name: string; message: string } {
  const { name, message } = thrown(error);
  return { name, message };
}
