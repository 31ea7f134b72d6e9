/** The lines of a hand-in that a function is made of, as they stand there. */
import type { CutCell } from "../../source/slice.js";
import type { Statement } from "../../source/statements.js";

/** Lines that follow one another. */
export interface CodePart {
  /** The file or the cell: "02-cell.ipynb, cell 7". */
  readonly place: string;
  /** The number of the first one there. */
  readonly from: number;
  readonly text: string;
}

/** Of longer code only the beginning is kept. */
const KEPT_CODE = 20_000;

/**
 * The lines of these statements, with the comments before them, and of the imports that they need.
 *
 * @param cells - in their order; a file is one cell
 * @param chosen - statements of theirs
 * @param placeOf - what a cell is called
 * @returns a part for each run of lines
 */
export function codeParts<C extends CutCell>(
  cells: readonly C[],
  chosen: ReadonlySet<Statement>,
  placeOf: (cell: C) => string,
): readonly CodePart[] {
  let left = KEPT_CODE;
  const shown = new Set([...chosen, ...importsOf(cells, chosen)]);
  return cells
    .flatMap((cell) => runsOf(cell, shown).map((run) => ({ place: placeOf(cell), ...run })))
    .flatMap((part) => {
      const text = part.text.slice(0, left);
      left -= text.length;
      return text === "" ? [] : [{ ...part, text }];
    });
}

/** One import for each name that the statements mention: of several cells' the last. */
function importsOf(
  cells: readonly CutCell[],
  chosen: ReadonlySet<Statement>,
): ReadonlySet<Statement> {
  const mentioned = new Set(Array.from(chosen).flatMap(({ words }) => Array.from(words)));
  const found = new Map<string, Statement>();
  for (const { statements } of cells) {
    for (const one of statements) {
      if (one.kind !== "import") continue;
      for (const name of one.declares) if (mentioned.has(name)) found.set(name, one);
    }
  }
  return new Set(found.values());
}

function runsOf(
  { source, statements }: CutCell,
  chosen: ReadonlySet<Statement>,
): readonly Omit<CodePart, "place">[] {
  const lines = source.split("\n");
  const runs: { from: number; to: number }[] = [];
  let [at, line, free] = [0, 1, 1]; // free: the first line that no statement has yet
  for (const statement of statements) {
    for (; at < statement.end; at++) if (source[at] === "\n") line++;
    if (chosen.has(statement)) {
      const last = runs.at(-1);
      if (last !== undefined && last.to >= free - 1) last.to = line;
      else runs.push({ from: Math.min(free, line), to: line });
    }
    free = line + 1;
  }
  return runs.map(({ from, to }) => {
    let first = from;
    while (first < to && lines[first - 1]!.trim() === "") first++;
    return { from: first, text: lines.slice(first - 1, to).join("\n") };
  });
}
