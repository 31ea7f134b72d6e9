/** The class in Python: notebooks in which each student has written the ten functions in NumPy. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { exercise } from "../../../../exercises/manifest.js";
import { type Id, IDS, kindOf, type Mistakes, withMistake } from "../madeClass.js";

/** The folder of the race's Python files. */
export const PYTHON = inPack("test", "grader", "class", "race", "python");

/** The same mistakes as the class in TypeScript has. */
const WRONG: Mistakes = {
  oneHot: ["i] = 1", "i] = -1"],
  padBatch: ["if t < T_x[i]", "if t < T_x[i] - 1"],
  rnnCellForward: [' + p["ba"]', ""],
  stackWeights: ["[Waa, Wax]", "[Wax, Waa]"],
  softmaxCrossEntropy: [" - y_t) / m", " - y_t)"],
  rnnForward: ['a_prev = step["a_next"]', "a_prev = a_0"],
  rnnCellBackward: ['cache["a_next"] ** 2', 'cache["a_next"]'],
  rnnBackward: ["da[t] + da_next", "da[t]"],
  numericalGradient: ["/ (2 * h)", "/ h"],
  manyToOne: ["yhat[last - 1]", "yhat[0]"],
};

interface Cell {
  readonly id: string;
  readonly cell_type: "code";
  readonly execution_count: null;
  readonly outputs: readonly never[];
  readonly metadata: object;
  readonly source: string;
}

/**
 * A student's notebook: an import, and the ten functions.
 *
 * @param student - from 0; undefined for the instructor's, in which all is right
 * @param isTested - whether nbgrader's test of it follows each function
 * @returns the notebook's text
 */
export function notebookOf(student: number | undefined, isTested: boolean): string {
  const cells = IDS.flatMap((id, place): readonly Cell[] => {
    const function_ = cell(
      id,
      student === undefined ? solutionOf(id) : textOf(id, student, place),
      {
        ...{ grade: false, locked: false, solution: true },
      },
    );
    const test = cell(`test_${id}`, `from race_checks import check\n\ncheck("${id}", ${id})`, {
      ...{ grade: true, locked: true, solution: false, points: exercise(id).points },
    });
    return isTested ? [function_, test] : [function_];
  });
  return JSON.stringify({
    cells: [cell("imports", "import numpy as np"), ...cells],
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    ...{ nbformat: 4, nbformat_minor: 5 },
  });
}

function cell(id: string, source: string, roles?: object): Cell {
  const nbgrader = { schema_version: 3, task: false, grade_id: id, ...roles };
  return {
    ...{ id, cell_type: "code", execution_count: null, outputs: [] },
    metadata: roles === undefined ? {} : { nbgrader },
    source,
  };
}

function textOf(id: Id, student: number, place: number): string {
  const right = solutionOf(id);
  const head = right.slice(0, right.indexOf("\n"));
  switch (kindOf(student, place)) {
    case "right":
      return right;
    case "wrong":
      return withMistake(right, id, WRONG);
    case "crashing":
      return right.replace(/^ {4}return /m, "    return None.size or ");
    case "not begun":
      return `${head}\n    raise NotImplementedError("${id}")`;
  }
}

const SOLUTIONS = readFileSync(join(PYTHON, "solutions.py"), "utf8").split(/\n\n\n(?=def )/);

function solutionOf(id: Id): string {
  const text = SOLUTIONS.find((one) => one.startsWith(`def ${id}(`));
  if (text === undefined) throw new Error(`race: solutions.py has no ${id}`);
  return text.trimEnd();
}
