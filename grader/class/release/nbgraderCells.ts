/** What nbgrader makes of a cell when it generates an assignment: locks and checksums. */
import { createHash } from "node:crypto";
import type { NbgraderCell } from "../../notebook/exerciseCells.js";
import type { NotebookCell } from "../../notebook/lessonCells.js";

/**
 * A cell that students read and run, and that nbgrader puts back as it was.
 *
 * @param id - unique in the notebook
 * @returns its metadata
 */
export function lockedCell(id: string): NbgraderCell {
  return {
    ...{ schema_version: 3, grade_id: id },
    ...{ grade: false, solution: false, locked: true, task: false },
  };
}

/**
 * A cell of the instructor's as students get it: it can't be deleted, nor edited where it is locked, and its checksum
 * tells whether it was changed.
 *
 * @param cell - with nbgrader's metadata
 * @returns the cell that `nbgrader generate_assignment` makes of it
 */
export function forStudents(cell: NotebookCell): NotebookCell {
  const nbgrader = cell.metadata["nbgrader"] as NbgraderCell;
  const { cell_type, source } = cell;
  const checksum = checksumOf(nbgrader, cell_type, source.join(""));
  return {
    ...cell,
    metadata: {
      ...cell.metadata,
      ...{ deletable: false, ...(nbgrader.solution ? {} : { editable: false }) },
      nbgrader: { ...nbgrader, checksum, cell_type },
    },
  };
}

/**
 * The checksum of a cell: nbgrader's `compute_checksum`.
 *
 * @param nbgrader - the cell's metadata
 * @param type - "code" or "markdown"
 * @param source - the cell's text
 * @returns 32 hexadecimal digits
 */
export function checksumOf(nbgrader: NbgraderCell, type: string, source: string): string {
  const { grade, solution, locked, grade_id, points = 0 } = nbgrader;
  const isLocked = !solution && (grade || locked);
  const words = [grade, solution, isLocked].map((is) => (is ? "True" : "False"));
  const parts = [source, type, ...words, grade_id, ...(grade ? [pythonFloat(points)] : [])];
  return createHash("md5").update(parts.join("")).digest("hex");
}

/** A number of points as Python writes a float. */
function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
