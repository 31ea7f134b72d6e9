/**
 * The notebooks of an assignment: one for each lesson that it names, else one for each exercise.
 *
 * They hold what the exercises' folders give every learner (statement, starter, the call of `check`) and the course's
 * points. Of an exercise's other facts (cases, mistakes, hints, solution) nothing is asked for here.
 */
import { basename } from "node:path";
import type { Exercise } from "../../../exercises/exercise.js";
import {
  cellText,
  type NbgraderCell,
  starterCell,
  writtenCell,
} from "../../notebook/exerciseCells.js";
import {
  lessonFiles,
  type Mark,
  type Notebook,
  type NotebookCell,
  readLesson,
  sourceLines,
} from "../../notebook/lessonCells.js";
import type { Assignment } from "../course/courseFile.js";
import { forStudents, lockedCell } from "./nbgraderCells.js";

/** A notebook of an assignment. */
export interface ReleasedNotebook {
  /** Its file's name: "02-the-rnn-cell.ipynb". */
  readonly name: string;
  /** The instructor's, from which nbgrader makes the students'. */
  readonly source: Notebook;
  /** The students'. */
  readonly release: Notebook;
}

/** What stands in a student's cell where an instructor may have kept a solution; nbgrader's default, but for the marks. */
export const STUB = "// YOUR CODE HERE";

/** Between these lines nbgrader takes out what stands there, and puts the stub. */
const SOLUTION = ["// ### BEGIN SOLUTION", "// ### END SOLUTION"];

/**
 * The notebooks that learners get.
 *
 * @param assignment - of a course
 * @returns in learning order, each in both forms
 * @throws LessonUnreadable where a lesson's notebook is damaged
 */
export function notebooksOf({
  exercises,
  lessons,
}: Pick<Assignment, "exercises" | "lessons">): readonly ReleasedNotebook[] {
  if (lessons === undefined)
    return exercises.map((one) => notebookOf(`${one.id}.ipynb`, one.title, [one]));
  return Array.from(new Set(lessons))
    .sort()
    .map((lesson) => {
      const own = exercises.filter((one) => one.lesson === lesson);
      return notebookOf(basename(lessonFile(lesson)), titleOf(lesson), own);
    });
}

function notebookOf(name: string, title: string, exercises: readonly Exercise[]): ReleasedNotebook {
  const cells = (within: readonly string[]): readonly NotebookCell[] => [
    cellOf("title", introduction(title, exercises), lockedCell("title")),
    cellOf("imports", IMPORTS, lockedCell("imports")),
    ...exercises.flatMap((exercise) => cellsOf(exercise, within)),
  ];
  const around = { metadata: metadataOfLessons(), nbformat: 4, nbformat_minor: 5 };
  return {
    name,
    source: { cells: cells(SOLUTION), ...around },
    release: { cells: cells([STUB]).map(forStudents), ...around },
  };
}

/** As the lessons have it: what a statement speaks of is at hand. */
const IMPORTS = 'import { check, example, hint, progress, reset } from "unrolled/check";';

function introduction(title: string, exercises: readonly Exercise[]): string {
  const points = exercises.map((one) => `\`${one.id}\` ${one.points}`).join(", ");
  return [
    `# ${title}`,
    "",
    "Write each function in the cell below its statement. Where a cell under it checks it, run that: it says what is right and what is not yet. Leave the functions' names as they are: by them they are graded.",
    "",
    `Points: ${points}.`,
  ].join("\n");
}

function cellsOf(exercise: Exercise, within: readonly string[]): readonly NotebookCell[] {
  const { id, own } = exercise;
  const of = (role: Mark["role"]): Mark => ({ exercise: id, role });
  const [statement, starter, check] = [of("statement"), of("starter"), of("check")];
  const text = own?.statement.trimEnd() ?? cellText(statement);
  const code = own === undefined ? cellText(starter) : starterCell(id, own.starter);
  const written = [
    cellOf(`${id}-statement`, text, lockedCell(`${id}-statement`), statement),
    cellOf(id, opened(code, within), writtenCell(exercise), starter),
  ];
  // `check` knows the pack's exercises alone.
  return own === undefined
    ? [...written, cellOf(`${id}-check`, cellText(check), lockedCell(`${id}-check`), check)]
    : written;
}

/** A starter with lines of ours before the one that throws, indented as it is; without such a line, at its end. */
function opened(starter: string, within: readonly string[]): string {
  const lines = starter.split("\n");
  const at = lines.findIndex((line) =>
    line.trimStart().startsWith("throw new NotImplementedError("),
  );
  const place = at < 0 ? lines.length : at;
  const indent = /^ */.exec(lines[place] ?? "")![0];
  return lines.toSpliced(place, 0, ...within.map((line) => indent + line)).join("\n");
}

function cellOf(id: string, text: string, nbgrader: NbgraderCell, mark?: Mark): NotebookCell {
  const isText = mark === undefined ? id === "title" : mark.role === "statement";
  return {
    id,
    cell_type: isText ? "markdown" : "code",
    metadata: { ...(mark === undefined ? {} : { unrolled: mark }), nbgrader },
    source: sourceLines(text),
    ...(isText ? {} : { execution_count: null, outputs: [] }),
  };
}

function lessonFile(lesson: string): string {
  return lessonFiles().find((file) => basename(file).startsWith(`${lesson}-`))!;
}

/** The lesson's own: "02 · The RNN cell". */
function titleOf(lesson: string): string {
  const [heading = ""] = readLesson(lessonFile(lesson)).cells[0]?.source ?? [];
  return heading.replace(/^#+ */, "").trimEnd();
}

/** The kernel and the language, as the lessons name them. */
function metadataOfLessons(): Readonly<Record<string, unknown>> {
  const { kernelspec, language_info } = readLesson(lessonFiles()[0]!).metadata ?? {};
  return { kernelspec, language_info };
}
