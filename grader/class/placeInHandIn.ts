/** A line of what runs in the box, as the student knows it. */
import { lineOf } from "../judge/trace/errorPlace.js";
import type { ErrorPlace } from "../values/outcome.js";
import type { Solution } from "./intake/solution.js";

/**
 * The student's file and line, or cell and line, of a line in the box.
 *
 * A notebook's function runs as a module that was put together from cells: its line is that line of the
 * notebook which reads the same, where there is one alone; else only the cell of the function is told.
 *
 * @param solution - what runs in the box
 * @param address - the file's address below the box's folder, as the box says it
 * @param line - from 1
 * @returns undefined for a file that is not the solution's
 */
export function placeInHandIn(
  solution: Solution,
  address: string,
  line: number,
): ErrorPlace | undefined {
  const path = decoded(address);
  const found = solution.files.find((one) => one.path === path);
  const text = found && lineOf(found.text, line);
  if (found === undefined || text === undefined) return undefined;
  if (path !== solution.file || solution.lines === undefined) {
    const name = path === solution.file ? solution.place : path.slice("files/".length);
    return { where: `${name}, line ${line}`, text };
  }
  const same = solution.lines.filter((one) => lineOf(one.text, 1) === text);
  return { where: same.length === 1 ? same[0]!.where : solution.place, text };
}

/** A path out of an address, which may have its strange characters in their own form or in another. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
