/**
 * Where in the learner's own text something was thrown: the topmost frame of the stack that lies there.
 * Frames of the grader, of the library and of the engine that runs it are passed over.
 */
import type { ErrorPlace } from "../../values/outcome.js";

/** Says where in the learner's text something was thrown, if that can be known. */
export type Locate = (thrown: unknown) => ErrorPlace | undefined;

/** A frame of a stack. */
export interface Frame {
  /** A path or an address. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A stack is the learner's text too, and may be of any length. */
const MOST_CHARACTERS = 20_000;
/** A longer line is cut. */
const LONGEST_LINE = 120;

/**
 * The topmost frame that is the learner's.
 *
 * @param thrown - what was caught
 * @param isOwn - whether a file is the learner's
 * @returns undefined for what is no error, or has no such frame
 */
export function ownFrame(thrown: unknown, isOwn: (file: string) => boolean): Frame | undefined {
  try {
    for (const line of linesOf(thrown as Error)) {
      const frame = frameOf(line);
      if (frame !== undefined && isOwn(frame.file)) return frame;
    }
  } catch {
    // null, a stack that can't be read, an address that is none: then there is no line to tell
  }
  return undefined;
}

/** The lines below the message, which may have lines that look like these. */
function linesOf({ stack, message }: { stack?: unknown; message?: unknown }): readonly string[] {
  if (typeof stack !== "string") return [];
  const headline = typeof message === "string" ? stack.indexOf(message) : -1;
  const from = headline < 0 ? 0 : headline + String(message).length;
  return stack.slice(from, from + MOST_CHARACTERS).split("\n");
}

/** "    at f (file:///x.ts:7:21)" or "    at file:///x.ts:7:21". */
function frameOf(text: string): Frame | undefined {
  const line = text.trim();
  if (!line.startsWith("at ")) return undefined;
  const open = line.lastIndexOf("(");
  const place = line.endsWith(")") && open >= 0 ? line.slice(open + 1, -1) : line.slice(3);
  const [column, row] = [
    place.lastIndexOf(":"),
    place.lastIndexOf(":", place.lastIndexOf(":") - 1),
  ];
  if (row <= 0) return undefined;
  const number = Number(place.slice(row + 1, column));
  return Number.isInteger(number) && number > 0
    ? { file: place.slice(0, row), line: number }
    : undefined;
}

/**
 * A line of a text, without the white space around it.
 *
 * @param text - any text
 * @param line - from 1
 * @returns undefined where it has no such line, or nothing stands there
 */
export function lineOf(text: string, line: number): string | undefined {
  let start = 0;
  for (let n = 1; n < line; n++) {
    start = text.indexOf("\n", start) + 1;
    if (start === 0) return undefined;
  }
  const end = text.indexOf("\n", start);
  const found = text.slice(start, end < 0 ? undefined : end).trim();
  if (found === "") return undefined;
  return found.length > LONGEST_LINE ? `${found.slice(0, LONGEST_LINE)} …` : found;
}
