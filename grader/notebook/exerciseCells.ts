/** An exercise's three cells, in a lesson or in what a class gets: their text comes from exercises/<id>/ and nowhere else. */
import { readFileSync } from "node:fs";
import { inPack } from "#common/pack-root";
import type { Exercise } from "../../exercises/exercise.js";
import { exercise } from "../../exercises/manifest.js";
import type { Mark } from "./lessonCells.js";

/** At 1024 pixels with the side bar open a longer line runs out of its cell. */
const LONGEST_LINE = 88;

/**
 * The text of a cell.
 *
 * @param mark - whose cell it is, and what for
 * @returns without a line end at its end
 * @throws UnknownExercise for an exercise that there is not
 */
export function cellText({ exercise: id, role }: Mark): string {
  switch (role) {
    case "statement":
      return readExerciseFile(id, "statement.md");
    case "starter":
      return starterCell(id, readExerciseFile(id, "starter.ts"));
    case "check": {
      const line = `const my_${id} = await check("${id}", ${id});`;
      if (line.length <= LONGEST_LINE) return line;
      return `const my_${id} = await check(\n  "${id}",\n  ${id},\n);`;
    }
  }
}

/**
 * A starter as a notebook's cell has it. A cell declares its names to the cells after it anyway, and the stock tslab
 * refuses an `export`.
 *
 * @param id - the exercise's
 * @param text - of its starter.ts
 * @returns the cell's text
 */
export function starterCell(id: string, text: string): string {
  return `// exercise: ${id}\n${text.trimEnd().replace(/^export /gm, "")}`;
}

function readExerciseFile(id: string, name: string): string {
  return readFileSync(inPack("exercises", exercise(id).id, name), "utf8").trimEnd();
}

/** What nbgrader knows of a cell: schema 3 of its metadata, which allows nothing else. */
export interface NbgraderCell {
  readonly schema_version: 3;
  /** Unique in the notebook. */
  readonly grade_id: string;
  readonly grade: boolean;
  readonly solution: boolean;
  readonly locked: boolean;
  readonly task: boolean;
  /** Of a graded cell alone. */
  readonly points?: number;
  /** In what students get. */
  readonly checksum?: string;
  readonly cell_type?: string;
}

/**
 * The cell that the student writes. It carries the points itself: nbgrader gives them to any test's cell that raises
 * nothing, and a check tells what is wrong without raising.
 *
 * @param exercise - with its points
 * @returns its metadata
 */
export function writtenCell({ id, points }: Pick<Exercise, "id" | "points">): NbgraderCell {
  return {
    ...{ schema_version: 3, grade_id: id },
    ...{ grade: true, solution: true, locked: false, task: false, points },
  };
}
