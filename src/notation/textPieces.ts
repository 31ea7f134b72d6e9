/** A text of one's own as examples for a language model: its lines, the long ones cut, and some of them held back. */
import { inWords, requireOptions } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { Vocabulary } from "./vocabulary.js";

/** A text, cut for training. */
export interface TextPieces {
  /** Four of five pieces, to learn from. */
  readonly train: readonly string[];
  /** Every fifth piece, to measure with. */
  readonly test: readonly string[];
  /** All characters of the text, and `<EOS>`. */
  readonly letters: Vocabulary;
}

/**
 * The different lines of a text as pieces: spaces around a line go, a line longer than `longest` is cut, and every
 * fifth piece is held back. No piece is in both parts.
 *
 * @param text - the text, such as a file's
 * @param options - `longest`: how many characters a piece has at most, 40 unless said
 * @returns the pieces of both parts, and the characters of both
 * @throws OutOfRangeError when the text has fewer than five different pieces, or only one character, or `longest` is no
 *   whole number of at least 1
 * @example
 * textPieces("do\nre\nmi\nfa\nsol").test // → ["sol"]
 */
export function textPieces(text: string, options: { readonly longest?: number } = {}): TextPieces {
  requireOptions("textPieces", options, ["longest"]);
  const { longest = 40 } = options;
  if (typeof text !== "string") {
    throw new OutOfRangeError(
      `textPieces: expected a text, got ${inWords(text)}; read a file with readFileSync(path, "utf8")`,
    );
  }
  if (!Number.isInteger(longest) || longest < 1) {
    throw new OutOfRangeError(
      `textPieces: expected longest to be a whole number of at least 1, got ${inWords(longest)}`,
    );
  }
  const lines = text.split(/\r\n|\r|\n/).map((line) => Array.from(line.normalize("NFC").trim()));
  const pieces = Array.from(new Set(lines.flatMap((line) => cut(line, longest))));
  const characters = new Set(pieces.flatMap((piece) => Array.from(piece)));
  if (characters.size === 0) {
    throw new OutOfRangeError(
      "textPieces: the text is empty: expected five lines or more; is it the right file?",
    );
  }
  if (characters.size === 1) {
    throw new OutOfRangeError(
      `textPieces: the text has one character only, ${JSON.stringify(Array.from(characters)[0])}: expected two or more; with one there is nothing to predict`,
    );
  }
  if (pieces.length < 5) {
    throw new OutOfRangeError(
      `textPieces: expected five different lines or more, so that every fifth can be held back, got ${pieces.length}; give more text, or a longest below ${longest} to cut shorter pieces`,
    );
  }
  return {
    train: pieces.filter((_, n) => n % 5 !== 4),
    test: pieces.filter((_, n) => n % 5 === 4),
    letters: Vocabulary.of(characters, { end: true }),
  };
}

function cut(line: readonly string[], longest: number): string[] {
  const pieces = [];
  for (let start = 0; start < line.length; start += longest) {
    pieces.push(line.slice(start, start + longest).join(""));
  }
  return pieces;
}
