/**
 * A learner's own functions, out of the lessons and the exercise files in `my-work/`, for the project that puts them
 * together. Each is judged once more; where it does not pass, the library's is in its place.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compileFunction } from "node:vm";
import type { AnyFunction, Exercise } from "../../exercises/exercise.js";
import type { ExerciseFunctions } from "../../exercises/list.js";
import { exercise as findExercise, manifest } from "../../exercises/manifest.js";
import * as library from "../../src/index.js";
import { judge } from "../judge/judge.js";
import { freshSeed } from "../judge/seed.js";
import { cutCell, type SourceCell, sliceOf } from "../source/slice.js";
import { isPlainRecord } from "../values/describe.js";
import { inProcess } from "./inProcess.js";
import { exerciseFile } from "./workspace.js";

/** Functions to work with, and whose they are. */
export interface OwnWork<Id extends keyof ExerciseFunctions> {
  /** By the exercise's id: the learner's where it passes, else the library's. */
  readonly functions: Pick<ExerciseFunctions, Id>;
  /** One row a function, in the order in which they were asked for. */
  readonly rows: readonly OwnWorkRow[];
}

/** Whose a function is. */
export interface OwnWorkRow {
  readonly function: string;
  readonly whose: "yours" | "the library's";
  /** Where the learner's was found, or why it is not taken. */
  readonly why: string;
}

/** A text of the learner's for an exercise. */
interface Written {
  /** The file's name. */
  readonly place: string;
  /** A module that declares the function. */
  readonly text: string;
}

/**
 * The functions of some exercises, the learner's own where they pass.
 *
 * @param workspace - the `my-work` folder; undefined where there is none
 * @param ids - the exercises
 * @returns the functions, and whose each of them is
 * @throws UnknownExercise for an id that does not exist
 */
export async function ownWorkIn<Id extends keyof ExerciseFunctions>(
  workspace: string | undefined,
  ids: readonly Id[],
): Promise<OwnWork<Id>> {
  const exercises = ids.map((id) => findExercise(id));
  const notebooks = workspace === undefined ? [] : notebooksIn(workspace);
  const functions: Record<string, AnyFunction> = {};
  const rows: OwnWorkRow[] = [];
  for (const exercise of exercises) {
    const texts = workspace === undefined ? [] : writtenFor(exercise, workspace, notebooks);
    const { fn, ...row } = await firstThatPasses(exercise, texts);
    functions[exercise.id] = fn;
    rows.push({ function: exercise.id, ...row });
  }
  return { functions: functions as unknown as Pick<ExerciseFunctions, Id>, rows };
}

async function firstThatPasses(
  exercise: Exercise,
  texts: readonly Written[],
): Promise<Omit<OwnWorkRow, "function"> & { readonly fn: AnyFunction }> {
  let why = "not written yet";
  for (const { place, text } of texts) {
    try {
      const fn = await functionIn(text, exercise.id);
      const caller = inProcess(fn, exercise.ignore);
      const { status } = await judge(exercise, caller, { seed: freshSeed(), hidden: false });
      if (status === "passed") return { fn, whose: "yours", why: `from ${place}` };
      if (status !== "not-run") why = `yours in ${place} does not pass: run its check there`;
    } catch (error) {
      why = `yours in ${place} can't be run: ${(error as Error).message}`;
    }
  }
  return { fn: exercise.reference, whose: "the library's", why };
}

interface ReadNotebook {
  readonly place: string;
  readonly cells: readonly (SourceCell & { readonly exercise: unknown })[];
}

/** The notebooks of the folder that can be read; others have nothing to give. */
function notebooksIn(workspace: string): readonly ReadNotebook[] {
  if (!existsSync(workspace)) return [];
  const names = readdirSync(workspace).filter((name) => name.endsWith(".ipynb"));
  return names.sort().flatMap((place) => {
    try {
      const json: unknown = JSON.parse(readFileSync(join(workspace, place), "utf8"));
      return isPlainRecord(json) && Array.isArray(json["cells"])
        ? [{ place, cells: json["cells"].flatMap(codeCell) }]
        : [];
    } catch {
      return [];
    }
  });
}

function codeCell(cell: unknown, index: number): ReadNotebook["cells"] {
  if (!isPlainRecord(cell) || cell["cell_type"] !== "code") return [];
  const mark = isPlainRecord(cell["metadata"]) ? cell["metadata"]["unrolled"] : undefined;
  const isStarter = isPlainRecord(mark) && mark["role"] === "starter";
  const source = [cell["source"]].flat().join("");
  return [{ number: index + 1, source, exercise: isStarter ? mark["exercise"] : undefined }];
}

/** What a learner may have written: in the lesson's own cell, and in the exercise's file. */
function writtenFor(
  exercise: Exercise,
  workspace: string,
  notebooks: readonly ReadNotebook[],
): readonly Written[] {
  const ids = manifest.map(({ id }) => id);
  const inCells = notebooks.flatMap(({ place, cells }) => {
    const own = cells.find((cell) => cell.exercise === exercise.id);
    if (own === undefined) return [];
    const cut = cells.map(cutCell);
    const ownCut = cut.find(({ number }) => number === own.number)!;
    return [{ place, text: sliceOf(exercise.id, ownCut, cut, ids).text }];
  });
  const file = exerciseFile(workspace, exercise);
  return existsSync(file)
    ? [...inCells, { place: basename(file), text: readFileSync(file, "utf8") }]
    : inCells;
}

/** Compiles a module and gives its function; what it imports is the library itself, so that a `Mat` is one for both. */
async function functionIn(text: string, name: string): Promise<AnyFunction> {
  const { default: ts } = await import("typescript");
  const { outputText } = ts.transpileModule(`${text}\nexport { ${name} as unrolled_own };`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const exported: { unrolled_own?: unknown } = {};
  compileFunction(outputText, ["exports", "require"])(exported, requireLibrary);
  if (typeof exported.unrolled_own === "function") return exported.unrolled_own as AnyFunction;
  throw new TypeError(`${name} is no function`);
}

function requireLibrary(name: string): unknown {
  if (name === "unrolled") return library;
  throw new TypeError(
    `it imports ${JSON.stringify(name)}: a function for the project imports "unrolled" alone`,
  );
}
