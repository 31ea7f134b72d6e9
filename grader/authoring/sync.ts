/**
 * The exercises in the lessons' notebooks.
 *
 * A lesson marks three cells for each exercise with `metadata.unrolled = { exercise, role }`.
 * Their sources come from exercises/<id>/ and nowhere else: the statement, the starter, and
 * the call of `check`. Everything else in a notebook is left as it is.
 */
import { existsSync, readFileSync } from "node:fs";
import { inPack } from "#common/pack-root";
import { writeWhole } from "#common/write-whole";
import { exercise } from "../../exercises/manifest.js";
import { listExercises, listFile } from "./exerciseList.js";
import {
  lessonFiles,
  type Mark,
  markOf,
  type Notebook,
  type NotebookCell,
  notebookText,
  readLesson,
} from "./lessonCells.js";
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

/** At 1024 pixels with the side bar open a longer line runs out of its cell. */
const LONGEST_LINE = 88;

function syncedCell(cell: NotebookCell): NotebookCell {
  const mark = markOf(cell);
  if (mark === undefined) return cell;
  const source = lines(cellText(mark));
  if (mark.role !== "starter") return { ...cell, source };
  return { ...cell, source, metadata: { ...cell.metadata, nbgrader: nbgraderMetadata(mark) } };
}

function cellText({ exercise: id, role }: Mark): string {
  switch (role) {
    case "statement":
      return readExerciseFile(id, "statement.md");
    case "starter":
      // A cell declares its names to the cells after it anyway, and the stock tslab refuses an `export`.
      return `// exercise: ${id}\n${readExerciseFile(id, "starter.ts").replace(/^export /gm, "")}`;
    case "check": {
      const line = `const my_${id} = await check("${id}", ${id});`;
      if (line.length <= LONGEST_LINE) return line;
      return `const my_${id} = await check(\n  "${id}",\n  ${id},\n);`;
    }
  }
}

/** nbgrader's cell metadata, schema 3: a cell that the student writes and that carries points. */
function nbgraderMetadata({ exercise: id }: Mark): Readonly<Record<string, unknown>> {
  return {
    schema_version: 3,
    grade_id: id,
    grade: true,
    solution: true,
    locked: false,
    task: false,
    points: exercise(id).points,
  };
}

function readExerciseFile(id: string, name: string): string {
  return readFileSync(inPack("exercises", exercise(id).id, name), "utf8").trimEnd();
}

/** nbformat keeps a cell's text as lines, each but the last with its line end. */
function lines(text: string): string[] {
  const parts = text.split("\n");
  return parts.map((line, index) => (index < parts.length - 1 ? line + "\n" : line));
}

/** The files that are not as the exercises' folders say: the list, and if that is right the lessons. */
export function staleFiles(): readonly string[] {
  return readFileSync(listFile, "utf8") === listExercises().text
    ? syncLessons({ write: false })
    : [listFile];
}
