/** A line of what runs in the box, as the student knows it. */
import { lineOf } from "../judge/trace/errorPlace.js";
import type { ErrorPlace } from "../values/outcome.js";
import type { Solution } from "./intake/solution.js";

/**
 * The student's file and line, or cell and line, of a line in the box.
 *
 * A notebook's function runs as a module that was put together from cells: the solution says where its lines
 * stand in the notebook. A line that stands nowhere there is told as the function's cell.
 *
 * @param solution - what runs in the box
 * @param address - the file's address below the box's folder, as the box says it
 * @param line - from 1
 * @param column - from 1; none where the line alone is asked for
 * @param telling - how many characters the box has before the first line of the function's file
 * @returns undefined for a file that is not the solution's
 */
export function placeInHandIn(
  solution: Solution,
  address: string,
  line: number,
  column?: number,
  telling = 0,
): ErrorPlace | undefined {
  const path = decoded(address);
  const found = solution.files.find((one) => one.path === path);
  const inBox = found && wholeLine(found.text, line);
  if (found === undefined || inBox === undefined) return undefined;
  const whole = found.own === undefined ? inBox : (wholeLine(found.own, line) ?? "");
  const own = lineOf(whole, 1);
  const text = own === undefined ? {} : { text: own };
  const before = path === solution.file && line === 1 ? telling : 0;
  const there = column && columnIn(whole, inBox, column - before);
  const at = (shift: number): { readonly column?: number } =>
    there === undefined ? {} : { column: there + shift };
  if (path !== solution.file || solution.origins === undefined) {
    const name = path === solution.file ? solution.place : path.slice("files/".length);
    return { where: `${name}, line ${line}`, ...text, ...at(0) };
  }
  const origin = solution.origins.find(({ from, count }) => line >= from && line < from + count);
  if (origin === undefined) return { where: solution.place, ...text };
  const where = `${origin.place}, line ${origin.line + line - origin.from}`;
  return { where, ...text, ...at(line === origin.from ? origin.before : 0) };
}

/** A column of a line in the box as one of the student's line: what was changed stands before it, or it is not told. */
function columnIn(own: string, inBox: string, column: number): number | undefined {
  const there = own.length - (inBox.length - column);
  return there > 0 && inBox.endsWith(own.slice(there - 1)) ? there : undefined;
}

/** A line with the blanks around it. */
function wholeLine(text: string, line: number): string | undefined {
  let start = 0;
  for (let n = 1; n < line; n++) {
    start = text.indexOf("\n", start) + 1;
    if (start === 0) return undefined;
  }
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? undefined : end);
}

/** A path out of an address, which may have its strange characters in their own form or in another. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
