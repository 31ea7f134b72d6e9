/**
 * A file in which names are declared twice: cells that were pasted one below the other, a notebook saved as a script. It is
 * read as a notebook is: a name that is declared once more begins another cell.
 */
import { type CutCell, type Slice, sliceOf } from "./slice.js";
import type { Statement } from "./statements.js";

/**
 * The cells of a file, where one alone would declare a name twice.
 *
 * @param source - the file's text
 * @param statements - the same, cut
 * @returns undefined where no name is repeated
 */
export function cellsOfRepeats(
  source: string,
  statements: readonly Statement[],
): readonly CutCell[] | undefined {
  const parts: Statement[][] = [[]];
  let names = new Set<string>();
  for (const statement of statements) {
    const declared = bindsOnce(statement) ? statement.declares : [];
    if (declared.some((name) => names.has(name))) {
      parts.push([]);
      names = new Set();
    }
    for (const name of declared) names.add(name);
    parts.at(-1)!.push(statement);
  }
  if (parts.length === 1) return undefined;
  return parts.map((part, n) => ({ number: n + 1, source, statements: part }));
}

/** Whether a module that has its names already can't have this statement. */
function bindsOnce({ kind, text, start, imported }: Statement): boolean {
  if (kind === "import") return imported !== undefined && start[1] !== "type";
  if (kind !== "function" && kind !== "variable") return false;
  if (/^(?:var|declare|namespace|enum)$/.test(start[0])) return false;
  const isSignature = /^(?:function|async)$/.test(start[0]) && !text.endsWith("}");
  return !isSignature; // of several signatures the last one has the body
}

/**
 * A file of such cells, of which nothing is left but what one function needs; all lines stay where they are.
 *
 * @param name - the function's, an exercise's id
 * @param own - the cell that declares it
 * @param cells - those of {@link cellsOfRepeats}
 * @param exercises - the ids of all exercises
 * @returns the module, and what it is made of
 */
export function keptOfRepeats(
  name: string,
  own: CutCell,
  cells: readonly CutCell[],
  exercises: readonly string[],
): { readonly text: string; readonly slice: Slice } {
  const slice = sliceOf(name, own, cells, exercises);
  const { source } = own;
  const parts: string[] = [slice.added.join(" ")];
  let from = 0;
  for (const statement of cells.flatMap(({ statements }) => statements)) {
    const text = source.slice(from, statement.end);
    parts.push(slice.statements.has(statement) ? text : blank(text));
    from = statement.end;
  }
  return { text: parts.join("") + source.slice(from), slice };
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, " ");
}

/**
 * Which of a file's cells holds a function: the last one that was written, or else the last that declares it.
 *
 * @param name - the function's
 * @param cells - those of {@link cellsOfRepeats}
 * @param isEmpty - whether a text is still the starter's
 * @returns undefined where none declares it
 */
export function cellWith(
  name: string,
  cells: readonly CutCell[],
  isEmpty: (text: string) => boolean,
): CutCell | undefined {
  const declaring = cells.filter((cell) => declarationIn(cell, name) !== "");
  return declaring.findLast((cell) => !isEmpty(declarationIn(cell, name))) ?? declaring.at(-1);
}

/**
 * What declares a function in a cell.
 *
 * @param cell - one of several
 * @param name - the function's
 * @returns its text; "" where nothing does
 */
export function declarationIn({ statements }: CutCell, name: string): string {
  return statements
    .filter(({ kind, declares }) => !/^(?:import|exports)$/.test(kind) && declares.includes(name))
    .map(({ text }) => text)
    .join("\n");
}
