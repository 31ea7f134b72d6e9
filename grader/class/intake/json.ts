/**
 * The JSON of a hand-in: strict where it can be, else with what other programs leave in it put right, else an error
 * that names the line and the remedy. It looks at each character once.
 */

import { otherTextIn } from "./otherText.js";

/** A value, and what was passed over to read it. */
export interface ReadJson {
  readonly value: unknown;
  readonly notes: readonly string[];
}

/** A text that is no JSON; the message says why, where and how to mend it. */
export class JsonError extends Error {
  override name = "JsonError";
}

/**
 * Reads JSON. NaN and ±Infinity, as Python writes them, and undefined are read as null; a comma before a closing bracket and control
 * characters within strings are passed over.
 *
 * @param text - a file's
 * @returns the value, and a note on each kind of thing that was passed over
 * @throws JsonError when that was not enough
 */
export function readJson(text: string): ReadJson {
  try {
    return { value: JSON.parse(text), notes: [] };
  } catch {
    const trouble = troubleWith(text);
    if (trouble !== undefined) throw new JsonError(trouble);
    const { repaired, notes } = repair(text);
    try {
      return { value: JSON.parse(repaired), notes };
    } catch (error) {
      throw new JsonError(placeOf(repaired, error as SyntaxError));
    }
  }
}

const AGAIN = "and hand it in again";

/** What the whole text is, where it can't be JSON at all. */
function troubleWith(text: string): string | undefined {
  const other = otherTextIn(text, "notebook");
  if (other !== undefined) return other;
  const conflict = text.startsWith("<<<<<<<") ? 0 : text.indexOf("\n<<<<<<<");
  if (conflict < 0) return undefined;
  return `no JSON: line ${lineAt(text, conflict + 1)} begins a merge conflict (<<<<<<<): keep one of the two versions, delete the lines with <<<<<<<, ======= and >>>>>>>, ${AGAIN}`;
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < position; at = text.indexOf("\n", at + 1))
    line++;
  return line;
}

/** Words that Python's json and programs in JavaScript write and JSON does not know. */
const FOREIGN = ["NaN", "-Infinity", "Infinity", "undefined"];

function repair(text: string): { readonly repaired: string; readonly notes: readonly string[] } {
  const pieces: string[] = [];
  const notes = new Set<string>();
  let from = 0;
  const put = (at: number, length: number, piece: string): void => {
    pieces.push(text.slice(from, at), piece);
    from = at + length;
  };
  const note = (words: string): void => {
    if (notes.size < MOST_NOTES) notes.add(words);
  };
  let line = 1;
  let inString = false;
  let comma = -1;
  let commaLine = 0;
  for (let at = 0; at < text.length; at++) {
    if (pieces.length > MOST_PIECES) break; // no damage in a place or two
    const character = text[at]!;
    if (character === "\n") line++;
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
      else if (character < " ") {
        put(at, 1, `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
        note(`line ${line}: a line's end or a tab within a text was read as such`);
      }
      continue;
    }
    if (character <= " ") continue;
    if ((character === "]" || character === "}") && comma >= 0) {
      put(comma, 1, "");
      note(`line ${commaLine}: a comma too many was passed over`);
    }
    comma = character === "," ? at : -1;
    commaLine = line;
    if (character === '"') inString = true;
    const word = FOREIGN.find((one) => text.startsWith(one, at));
    if (word !== undefined) {
      put(at, word.length, "null");
      at += word.length - 1;
    }
  }
  pieces.push(text.slice(from));
  return { repaired: pieces.join(""), notes: Array.from(notes) };
}

const MOST_NOTES = 20;
const MOST_PIECES = 200_000;

/** Where a text stops being JSON. */
function placeOf(text: string, { message }: SyntaxError): string {
  const position = positionIn(text, message);
  if (position >= text.trimEnd().length) {
    return `no JSON: it ends in the middle, at line ${lineAt(text, text.length)}: it was not saved or copied whole; save it in JupyterLab (Ctrl+S) ${AGAIN}`;
  }
  const line = lineAt(text, position);
  const found = text.slice(position, position + 12).split("\n")[0]!;
  return `no JSON: line ${line} has ${JSON.stringify(found)} where it can't be: undo the change there, or save the notebook in JupyterLab, ${AGAIN}`;
}

/** The engine names the place, or quotes what lies around it, from ten characters before it; else it came to the end. */
function positionIn(text: string, message: string): number {
  const named = /at position (\d+)/.exec(message);
  if (named !== null) return Number(named[1]);
  const quoted = /, (\.\.\.)?"(.*?)"(?:\.\.\.)? is not valid JSON$/s.exec(message);
  if (quoted === null) return text.length;
  const at = text.indexOf(quoted[2]!);
  const around = quoted[1] === undefined ? 0 : 10;
  return at < 0 ? 0 : Math.max(at + around, firstMark(text));
}

function firstMark(text: string): number {
  return text.length - text.trimStart().length;
}
