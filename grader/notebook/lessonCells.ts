/** The lessons' notebooks as they are stored, and the cells in them that belong to an exercise. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { inPack } from "#common/pack-root";
import { UnrolledError } from "../../src/index.js";

/** A lesson's file is no notebook. */
export class LessonUnreadable extends UnrolledError {
  override name = "LessonUnreadable";
}

/** A cell of a notebook (nbformat 4.5), as far as it matters here. */
export interface NotebookCell {
  readonly id: string;
  readonly cell_type: "code" | "markdown" | "raw";
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: readonly string[];
  /** A code cell's own. */
  readonly execution_count?: number | null;
  readonly outputs?: readonly unknown[];
}

/** A notebook (nbformat 4.5), as far as it matters here. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly nbformat?: number;
  readonly nbformat_minor?: number;
}

/**
 * Reads a lesson.
 *
 * @param file - the notebook's path
 * @returns what it holds
 * @throws LessonUnreadable, if that is no notebook
 */
export function readLesson(file: string): Notebook {
  const text = readFileSync(file, "utf8");
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    read = undefined;
  }
  const { cells } = (read ?? {}) as Partial<Notebook>;
  if (Array.isArray(cells)) return read as Notebook;
  const name = `notebooks/${basename(file)}`;
  throw new LessonUnreadable(
    `${name} is no notebook: expected JSON with a list of cells; bring it back with: git checkout ${name}`,
  );
}

/** A notebook's text as it is stored: one space of indentation, as JupyterLab writes it. */
export function notebookText(notebook: Notebook): string {
  return JSON.stringify(notebook, null, 1) + "\n";
}

/** nbformat keeps a cell's text as lines, each but the last with its line end. */
export function sourceLines(text: string): readonly string[] {
  const parts = text.split("\n");
  return parts.map((line, index) => (index < parts.length - 1 ? line + "\n" : line));
}

/** What an exercise's cell is for. */
export type Role = "statement" | "starter" | "check";

/** Which exercise a cell belongs to, and what it is for: its `metadata.unrolled`. */
export interface Mark {
  readonly exercise: string;
  readonly role: Role;
}

/** The mark of a cell; nothing for a cell of the lesson's own. */
export function markOf(cell: NotebookCell): Mark | undefined {
  const mark = cell.metadata["unrolled"] as Mark | undefined;
  return mark !== undefined && "exercise" in mark ? mark : undefined;
}

/** The lessons' files, in their order. */
export function lessonFiles(): string[] {
  const folder = inPack("notebooks");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(folder, name));
}
