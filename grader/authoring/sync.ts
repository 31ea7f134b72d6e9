/**
 * The exercises in the lessons' notebooks.
 *
 * A lesson marks three cells for each exercise with `metadata.unrolled = { exercise, role }`.
 * Their sources come from exercises/<id>/ and nowhere else: the statement, the starter, and
 * the call of `check`. Everything else in a notebook is left as it is.
 */
import { existsSync, readFileSync } from "node:fs";
import { writeWhole } from "#common/write-whole";
import { exercise } from "../../exercises/manifest.js";
import { listExercises, listFile } from "./exerciseList.js";
import { cellText, writtenCell } from "../notebook/exerciseCells.js";
import {
  lessonFiles,
  markOf,
  type Notebook,
  type NotebookCell,
  notebookText,
  readLesson,
  sourceLines,
} from "../notebook/lessonCells.js";
import { termsPages } from "./terms.js";

/** The notebook with its exercise cells as the exercises' own files say. */
export function synced(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.map(syncedCell) };
}

/** Brings every lesson, and the pages beside them, up to date and names the stale ones; `write: false` leaves the files alone. */
export function syncLessons(options: { readonly write: boolean }): string[] {
  const lessons = lessonFiles().map((file) => ({
    file,
    text: notebookText(synced(readLesson(file))),
  }));
  const stale = [...lessons, ...termsPages()].filter(
    ({ file, text }) => !existsSync(file) || readFileSync(file, "utf8") !== text,
  );
  if (options.write) for (const { file, text } of stale) writeWhole(file, text);
  return stale.map(({ file }) => file);
}

function syncedCell(cell: NotebookCell): NotebookCell {
  const mark = markOf(cell);
  if (mark === undefined) return cell;
  const source = sourceLines(cellText(mark));
  if (mark.role !== "starter") return { ...cell, source };
  return {
    ...cell,
    source,
    metadata: { ...cell.metadata, nbgrader: writtenCell(exercise(mark.exercise)) },
  };
}

/** The files that are not as the exercises' folders say: the list, and if that is right the lessons. */
export function staleFiles(): readonly string[] {
  return readFileSync(listFile, "utf8") === listExercises().text
    ? syncLessons({ write: false })
    : [listFile];
}
