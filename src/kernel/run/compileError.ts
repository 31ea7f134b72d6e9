import type { Problem } from "../compile/problems.js";
import type { ShownError } from "../protocol/threadMessages.js";
import { codeFrame } from "./traceback.js";

/** Errors that are shown; more help nobody. */
const shownAtMost = 3;

/**
 * What Jupyter shows of a cell that does not compile.
 *
 * @param problems - what is wrong, at least one thing
 * @param title - the cell, such as `In [3]`
 * @returns the error
 */
export function compileError(problems: readonly Problem[], title: string): ShownError {
  const where = ({ file = title, source, line, column }: Problem): string =>
    source === "" ? file : `${file}, line ${line}, column ${column}`;
  const shown = problems.slice(0, shownAtMost).map((problem) => {
    const headline = `\u001b[31mTS${problem.code}\u001b[39m ${where(problem)}: ${problem.message}`;
    if (problem.source === "") return headline;
    return `${headline}\n${codeFrame(problem.source, problem, problem.length)}`;
  });
  if (problems.length > shownAtMost) shown.push(`… and ${problems.length - shownAtMost} more`);
  const [first] = problems as readonly [Problem];
  return {
    ename: "CompileError",
    evalue: `${where(first)}: ${first.message}`,
    traceback: shown,
  };
}
