/** Reads a notebook's code, whatever became of its metadata. */
import { isPlainRecord } from "../../values/describe.js";
import { JsonError, readJson } from "./json.js";
import { withoutFences } from "./otherText.js";
import { namedExercise } from "./scan.js";
import { withPlainLines } from "./text.js";

/** A cell that holds code. */
export interface CodeCell {
  /** Its place in the notebook, from 1. */
  readonly number: number;
  readonly source: string;
  /** The exercise that its metadata or its first line names. */
  readonly exercise?: string;
  /** What the cell says that it is, when that is not "code". */
  readonly retypedAs?: string;
}

/** A notebook, read. */
export interface ReadNotebook {
  readonly cells: readonly CodeCell[];
  /** What was passed over to read it. */
  readonly notes: readonly string[];
}

/** A notebook that can't be read; the message says why. */
export class NotebookError extends Error {
  override name = "NotebookError";
}

/**
 * The code cells of a notebook (nbformat 4, or the worksheets of format 3), and those cells that name an exercise
 * but were turned into another kind.
 *
 * @param text - the file's
 * @returns in the notebook's order, and notes on what was passed over
 * @throws NotebookError when the text is no such notebook
 */
export function readNotebook(text: string): ReadNotebook {
  const { value, notes } = readIt(text.replace(/^\uFEFF/, ""));
  const cells = cellsOf(value);
  if (cells === undefined) {
    throw new NotebookError(
      "no notebook of format 4 (it has no list of cells); hand in the .ipynb that JupyterLab saved",
    );
  }
  const read = cells.flatMap((cell: unknown, index) => readCell(cell, index + 1)).map(unfenced);
  const isOld = !(value as { cells?: unknown }).cells;
  return {
    cells: read.map(({ words: _, ...cell }) => cell),
    notes: [
      ...notes,
      ...(isOld ? ["a notebook of format 3; open and save it in JupyterLab"] : []),
      ...read.flatMap(({ words }) => words ?? []).slice(0, MOST_NOTES),
    ],
  };
}

function readIt(text: string): ReturnType<typeof readJson> {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new NotebookError(error.message);
    throw error;
  }
}

function cellsOf(notebook: unknown): readonly unknown[] | undefined {
  if (!isPlainRecord(notebook)) return undefined;
  const { cells, worksheets } = notebook;
  if (Array.isArray(cells)) return cells;
  if (!Array.isArray(worksheets)) return undefined;
  return worksheets.flatMap((sheet: unknown) =>
    isPlainRecord(sheet) && Array.isArray(sheet["cells"]) ? (sheet["cells"] as unknown[]) : [],
  );
}

function readCell(cell: unknown, number: number): CodeCell[] {
  if (!isPlainRecord(cell)) return [];
  const source = sourceOf(cell["source"] ?? cell["input"]);
  if (source === undefined) return [];
  const exercise = exerciseOf(cell["metadata"]) ?? namedExercise(source);
  const named = exercise === undefined ? {} : { exercise };
  if (cell["cell_type"] === "code") return [{ number, source, ...named }];
  if (exercise === undefined) return [];
  const type = cell["cell_type"];
  return [
    {
      number,
      source,
      exercise,
      retypedAs: typeof type === "string" ? type.slice(0, 40) : "no name",
    },
  ];
}

/** So many cells' marks are told. */
const MOST_NOTES = 5;

/** A cell without marks of Markdown around its code, and what is said of them. */
function unfenced(cell: CodeCell): CodeCell & { readonly words?: string } {
  const code = withoutFences(cell.source);
  if (code === undefined) return cell;
  return { ...cell, source: code.text, words: `cell ${cell.number}: ${code.words}` };
}

function exerciseOf(metadata: unknown): string | undefined {
  if (!isPlainRecord(metadata) || !isPlainRecord(metadata["unrolled"])) return undefined;
  const { exercise } = metadata["unrolled"];
  return typeof exercise === "string" ? exercise : undefined;
}

/** A cell's source is a text, or a list of lines that keep their ends. */
function sourceOf(source: unknown): string | undefined {
  if (typeof source === "string") return withPlainLines(source);
  if (!Array.isArray(source) || !source.every((line) => typeof line === "string")) return undefined;
  return withPlainLines(source.join(""));
}
