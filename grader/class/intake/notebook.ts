/** Reads a notebook's code, whatever became of its metadata. */
import { isPlainRecord } from "../../values/describe.js";
import { namedExercise } from "./scan.js";

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

/** A notebook that can't be read; the message says why. */
export class NotebookError extends Error {
  override name = "NotebookError";
}

/**
 * The code cells of a notebook (nbformat 4), and those cells that name an exercise but were
 * turned into another kind.
 *
 * @param text - the file's
 * @returns in the notebook's order
 * @throws NotebookError when the text is no such notebook
 */
export function readNotebook(text: string): readonly CodeCell[] {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new NotebookError("no JSON: the file is damaged; save it again in JupyterLab");
  }
  if (!isPlainRecord(notebook) || !Array.isArray(notebook["cells"])) {
    throw new NotebookError(
      "no notebook of format 4 (it has no list of cells); open and save it in JupyterLab",
    );
  }
  return notebook["cells"].flatMap((cell: unknown, index) => readCell(cell, index + 1));
}

function readCell(cell: unknown, number: number): CodeCell[] {
  if (!isPlainRecord(cell)) return [];
  const source = sourceOf(cell["source"]);
  if (source === undefined) return [];
  const exercise = exerciseOf(cell["metadata"]) ?? namedExercise(source);
  const named = exercise === undefined ? {} : { exercise };
  if (cell["cell_type"] === "code") return [{ number, source, ...named }];
  if (exercise === undefined) return [];
  return [{ number, source, exercise, retypedAs: String(cell["cell_type"]) }];
}

function exerciseOf(metadata: unknown): string | undefined {
  if (!isPlainRecord(metadata) || !isPlainRecord(metadata["unrolled"])) return undefined;
  const { exercise } = metadata["unrolled"];
  return typeof exercise === "string" ? exercise : undefined;
}

/** A cell's source is a text, or a list of lines that keep their ends. */
function sourceOf(source: unknown): string | undefined {
  if (typeof source === "string") return source.replaceAll("\r\n", "\n");
  if (!Array.isArray(source) || !source.every((line) => typeof line === "string")) return undefined;
  return source.join("").replaceAll("\r\n", "\n");
}
