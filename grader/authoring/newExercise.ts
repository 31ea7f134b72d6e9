/** A new exercise's folder and its cells in a lesson, every place that is to be written in «…». */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { inPack } from "#common/pack-root";
import { writeWhole } from "#common/write-whole";
import { UnrolledError } from "../../src/index.js";
import { EXERCISE_FILES, isEmpty } from "./exerciseList.js";
import {
  lessonFiles,
  markOf,
  type Notebook,
  type NotebookCell,
  notebookText,
  readLesson,
} from "../notebook/lessonCells.js";

/** A new exercise can't be made of what was asked for. */
export class ExerciseRefused extends UnrolledError {
  override name = "ExerciseRefused";
}

/** No function can be called these; and what exports a `then` cannot be had by `await import(…)`. */
const RESERVED = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval " +
    "export extends false finally for function if implements import in instanceof interface let new null package " +
    "private protected public return static super switch then this throw true try typeof undefined var void while " +
    "with yield"
  ).split(" "),
);

/**
 * Why no exercise can be called so.
 *
 * @param id - the name
 * @returns what is wrong and the mend; undefined for the name of a function of ours
 */
export function nameFault(id: string): string | undefined {
  if (!/^[a-z][A-Za-z0-9]*$/.test(id))
    return `${JSON.stringify(id)} is no name of a function of ours; begin with a small letter and use letters and digits, such as gruCellForward`;
  return RESERVED.has(id)
    ? `${JSON.stringify(id)} has a meaning in the language already; choose another name, such as gruCellForward`
    : undefined;
}

/** Where exercises and lessons are. */
export interface Places {
  /** The folder that holds one folder per exercise. */
  readonly exercises: string;
  /** The notebooks, in their order. */
  readonly lessons: readonly string[];
}

const pack = (): Places => ({ exercises: inPack("exercises"), lessons: lessonFiles() });

/**
 * Writes the folder of a new exercise, and its three cells into a lesson if one is named. A folder
 * that is there already stays as it is; a lesson that has the cells, too.
 *
 * @param id - the name of the function to write
 * @param lesson - the lesson's number, such as "03" or "3"; none: no notebook is changed
 * @returns the files that were written
 * @throws ExerciseRefused, if the name is no function's, or if nothing would be new; LessonUnreadable
 */
export function newExercise(id: string, lesson?: string, places: Places = pack()): string[] {
  const fault = nameFault(id);
  if (fault !== undefined) throw new ExerciseRefused(`exercise new: ${fault}`);
  const notebook = lesson === undefined ? undefined : lessonFile(lesson, places.lessons);
  const number = notebook === undefined ? "«the lesson's number, such as 03»" : numberOf(notebook);
  // Before anything is written: a lesson may be unreadable.
  const lacksCells = notebook !== undefined && !isAskedFor(id, places.lessons);
  const written: string[] = [];
  const folder = join(places.exercises, id);
  if (!existsSync(folder) || isEmpty(folder)) {
    for (const name of EXERCISE_FILES) {
      const file = join(folder, name);
      writeWhole(file, textOf(name, id, number));
      written.push(file);
    }
  }
  if (lacksCells) {
    writeWhole(notebook, notebookText(withCells(readLesson(notebook), id)));
    written.push(notebook);
  }
  if (written.length > 0) return written;
  throw new ExerciseRefused(
    `exercise new: exercises/${id} is there already; npx unrolled exercise check ${id} says what it lacks`,
  );
}

function lessonFile(lesson: string, lessons: readonly string[]): string {
  const numbers = lessons.map(numberOf);
  // "3" is lesson 03.
  const found = numbers.indexOf(lesson.padStart(2, "0"));
  if (found >= 0) return lessons[found]!;
  throw new ExerciseRefused(
    `exercise new: there is no lesson ${JSON.stringify(lesson)}; there are ${numbers.join(", ")}`,
  );
}

/** How a lesson's file begins: "03". */
function numberOf(lesson: string): string {
  return basename(lesson).split("-")[0]!;
}

function isAskedFor(id: string, lessons: readonly string[]): boolean {
  return lessons.some((file) =>
    readLesson(file).cells.some((cell) => markOf(cell)?.exercise === id),
  );
}

/** The notebook with the exercise's empty cells behind the last exercise's, or at its end. */
function withCells(notebook: Notebook, id: string): Notebook {
  const cells = Array.from(notebook.cells);
  const last = cells.findLastIndex((cell) => markOf(cell) !== undefined);
  const roles = ["statement", "starter", "check"] as const;
  const own = roles.map((role): NotebookCell => {
    const cell = {
      id: `${id}-${role}`,
      metadata: { unrolled: { exercise: id, role } },
      source: [],
    };
    return role === "statement"
      ? { cell_type: "markdown", ...cell }
      : { cell_type: "code", ...cell, execution_count: null, outputs: [] };
  });
  cells.splice(last < 0 ? cells.length : last + 1, 0, ...own);
  return { ...notebook, cells };
}

function textOf(name: string, id: string, lesson: string): string {
  switch (name) {
    case "statement.md":
      return statementOf(id);
    case "starter.ts":
      return functionOf(id, `throw new NotImplementedError("${id}");`, "Mat, NotImplementedError");
    case "solution.ts":
      return functionOf(id, `return x_t.map((x) => x); // «the solution»`, "Mat");
    case "mutants.ts":
      return mutantsOf(id);
    case "honest.ts":
      return honestOf(id);
    default:
      return exerciseOf(id, lesson);
  }
}

function statementOf(id: string): string {
  return `### Exercise: \`${id}\`, «what it does, in a few words»

$$«the formula, in the course's symbols»$$

|       | shape              |                                                   |
| ----- | ------------------ | ------------------------------------------------- |
| \`x_t\` | («shape»)          | «what it is; one row for each argument»           |
| → \`y\` | («shape»)          | «what it is; one row for each part of the answer» |

«What else must be known: which bad input is refused, what the library offers for it.»
`;
}

function functionOf(id: string, body: string, imports: string): string {
  return `import { ${imports} } from "unrolled";

/**
 * «What it computes, with its formula.»
 *
 * @param x_t - «what it is», («shape»)
 * @returns «what it is», («shape»)
 */
export function ${id}(x_t: Mat<"n_x", "m">): Mat<"n_x", "m"> {
  ${body}
}
`;
}

function exerciseOf(id: string, lesson: string): string {
  return `import { ${id}, type Random, randomNormal } from "../../src/index.js";
import { sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

/** «What is drawn, if that is not plain.» */
function draw(size: Size, random: Random): readonly Argument[] {
  return [randomNormal(sizeOf(size, "n_x"), sizeOf(size, "m"), random)];
}

/** «What it is about»: an exercise of lesson ${lesson}. */
export const exercise: ExerciseDefinition = {
  id: "${id}",
  lesson: "${lesson}",
  title: "«What it does»",
  points: 1,
  cases: [
    { name: "ordinary sizes", size: { n_x: 3, m: 4 } },
    { name: "one example", size: { n_x: 4, m: 1 } },
    { name: "«what else can go wrong»", size: { n_x: 5, m: 7 } },
  ],
  draw,
  reference: ${id},
  mutants,
  hints: ["«a nudge»", "«the formula»", "«the code's shape»"],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "«how far two right ways of adding up can be apart, and how much further this allows»",
  },
  answer: { "": { symbol: "«y»", rows: "«unit»", columns: "example" } },
};
`;
}

function mutantsOf(id: string): string {
  const mutant = (nth: string): string => `  {
    name: "«${nth}-mistake-in-kebab-case»",
    mistake: "«What was done, in one sentence.»",
    hint: "«A nudge that does not give it away.»",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t) => right(x_t), // «a change of the arguments, or of the answer»
  },
`;
  return `import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to write it. */
export const mutants: readonly Mutant<typeof starter.${id}>[] = [
${["first", "second", "third"].map(mutant).join("")}];
`;
}

function honestOf(id: string): string {
  const one = (nth: string): string => `  {
    style: "«${nth}: what is unusual about it»",
    write: (x_t) => x_t.map((x) => x), // «a right way»
  },
`;
  return `import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

/** Right ways to write it that are not the library's. */
export const honest: readonly Honest<typeof starter.${id}>[] = [
${["first", "second", "third"].map(one).join("")}];
`;
}
