/** The lessons' own prose, as a learner reads it from the first lesson to the last. */
import { basename } from "node:path";
import { lessonFiles, markOf, readLesson } from "../../grader/notebook/lessonCells.js";

/** A Markdown cell of a lesson. */
export interface ProseCell {
  /** The lesson's file without its ending, such as "02-the-rnn-cell". */
  readonly lesson: string;
  readonly id: string;
  /** Whether it is an exercise's statement, which the terminal shows as well. */
  readonly statement: boolean;
  readonly text: string;
}

/** All Markdown cells of all lessons, in reading order. */
export const proseCells: readonly ProseCell[] = lessonFiles().flatMap((file) =>
  readLesson(file)
    .cells.filter(({ cell_type }) => cell_type === "markdown")
    .map((cell) => ({
      lesson: basename(file, ".ipynb"),
      id: cell.id,
      statement: markOf(cell) !== undefined,
      text: [cell.source].flat().join(""),
    })),
);
