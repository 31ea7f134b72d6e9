/**
 * Finds each exercise's function in a hand-in, and lays out what the box gets to see of it.
 *
 * A `.ts` file goes into the box as it is, beside its neighbours, so that it can import them. A
 * notebook's cell becomes a module of its own. A cell that uses a function of another cell gets
 * that cell as a module beside it, but only once a run has shown that the name is missing
 * (see {@link withHelper}): a lesson's own cells draw charts, and have no business in the box.
 */
import type { HandedFile, HandIn } from "./readHandIn.js";
import { type CodeCell, NotebookError, readNotebook } from "./notebook.js";
import { noteOn, problemWith, type Remark } from "./remark.js";
import { definedNames, isExported, isStarter, mentions, openBraces } from "./scan.js";

/** A file in the box, relative to the submission's folder. */
export interface BoxFile {
  readonly path: string;
  readonly text: string;
}

/** An exercise's function, found. */
export interface Solution {
  readonly exercise: string;
  /** Where it was found, for people: "02-cell.ipynb, cell 7". */
  readonly place: string;
  /** The file that exports it, among `files`. */
  readonly file: string;
  readonly files: readonly BoxFile[];
  /** Code that more names can be taken from: the notebook's other cells. */
  readonly others: readonly CodeCell[];
}

/** What was found in a hand-in. */
export interface Found {
  readonly solutions: ReadonlyMap<string, Solution>;
  readonly remarks: readonly Remark[];
}

/** One place where a function may be. */
interface Candidate {
  readonly solution: Solution;
  readonly file: string;
  readonly isStarter: boolean;
  /** Named as the exercise's: by metadata, by its first line or by the file's name. */
  readonly isNamed: boolean;
  readonly remarks: readonly Remark[];
}

/**
 * Finds the functions of these exercises.
 *
 * @param handIn - its files, read
 * @param exercises - the ids
 * @returns at most one solution an exercise, and what was strange on the way
 */
export function findSolutions(handIn: HandIn, exercises: readonly string[]): Found {
  const remarks: Remark[] = [];
  const sources = handIn.files.filter(({ path }) => path.endsWith(".ts"));
  const notebooks = handIn.files
    .filter(({ path }) => path.endsWith(".ipynb"))
    .flatMap((file) => {
      try {
        return [{ file, codeCells: readNotebook(file.text) }];
      } catch (error) {
        if (!(error instanceof NotebookError)) throw error;
        remarks.push(problemWith(file.path, error.message));
        return [];
      }
    });
  const solutions = new Map<string, Solution>();
  for (const exercise of exercises) {
    const candidates = [
      ...candidatesInSources(sources, exercise),
      ...notebooks.flatMap(({ file, codeCells }) =>
        candidatesInNotebook(file, codeCells, exercise),
      ),
    ];
    const chosen = best(candidates);
    if (chosen === undefined) {
      remarks.push(...missing(exercise, notebooks));
      continue;
    }
    solutions.set(exercise, chosen.solution);
    remarks.push(...chosen.remarks);
    const rivals = candidates.filter((one) => one !== chosen && !one.isStarter);
    if (rivals.length > 0 && !chosen.isStarter) {
      const places = rivals.map(({ solution }) => solution.place).join(" and ");
      remarks.push(
        noteOn(chosen.file, `${exercise} is in ${places} too; ${chosen.solution.place} was graded`),
      );
    }
  }
  return { solutions, remarks };
}

/** Written ones before starters, named ones before found ones, later ones before earlier ones. */
function best(candidates: readonly Candidate[]): Candidate | undefined {
  const rank = ({ isStarter: empty, isNamed }: Candidate): number =>
    (empty ? 0 : 2) + (isNamed ? 1 : 0);
  let chosen: Candidate | undefined;
  for (const candidate of candidates) {
    if (chosen === undefined || rank(candidate) >= rank(chosen)) chosen = candidate;
  }
  return chosen;
}

function missing(
  exercise: string,
  notebooks: readonly { readonly file: HandedFile; readonly codeCells: readonly CodeCell[] }[],
): readonly Remark[] {
  for (const { file, codeCells } of notebooks) {
    const cell = codeCells.find((one) => one.exercise === exercise);
    if (cell !== undefined) {
      return [problemWith(file.path, `cell ${cell.number} defines no function ${exercise}`)];
    }
  }
  return [];
}

function candidatesInSources(sources: readonly HandedFile[], exercise: string): Candidate[] {
  return sources
    .filter(({ text }) => definedNames(text).includes(exercise) || isExported(text, exercise))
    .map((file) => ({
      file: file.path,
      isStarter: isStarter(file.text, exercise),
      isNamed: new RegExp(`(^|[-_/])${exercise}\\.ts$`).test(file.path),
      remarks: isExported(file.text, exercise)
        ? []
        : [noteOn(file.path, `${exercise} is not exported; it was graded all the same`)],
      solution: {
        exercise,
        place: file.path,
        file: `files/${file.path}`,
        files: sources.map(({ path, text }) => ({
          path: `files/${path}`,
          text: path === file.path ? exporting(text, [exercise]) : text,
        })),
        others: [],
      },
    }));
}

function candidatesInNotebook(
  file: HandedFile,
  codeCells: readonly CodeCell[],
  exercise: string,
): Candidate[] {
  return codeCells
    .filter(({ source, retypedAs, exercise: named }) => {
      const isIt = definedNames(source).includes(exercise);
      return isIt && (retypedAs === undefined || named === exercise);
    })
    .map((cell) => {
      const { codeCells: parts, source } = joined(codeCells, cell);
      const place = `${file.path}, cell ${parts.map(({ number }) => number).join(" + ")}`;
      const remarks: Remark[] = [];
      if (parts.length > 1) {
        remarks.push(noteOn(file.path, `${exercise} is split over ${place}; they were joined`));
      }
      if (cell.retypedAs !== undefined) {
        remarks.push(noteOn(place, `the cell is of type ${cell.retypedAs}; it was read as code`));
      }
      if (cell.exercise !== exercise) {
        remarks.push(
          noteOn(place, `${exercise} was found by its name: the cell has lost its mark`),
        );
      }
      return {
        file: file.path,
        isStarter: isStarter(source, exercise),
        isNamed: cell.exercise === exercise,
        remarks,
        solution: {
          exercise,
          place,
          file: `${exercise}.ts`,
          files: [{ path: `${exercise}.ts`, text: exporting(source, [exercise]) }],
          others: codeCells.filter((one) => !parts.includes(one)),
        },
      };
    });
}

/** The cell, and the cells after it that it takes to close its braces (a cell that was split). */
function joined(
  codeCells: readonly CodeCell[],
  cell: CodeCell,
): { readonly codeCells: readonly CodeCell[]; readonly source: string } {
  if (openBraces(cell.source) <= 0) return { codeCells: [cell], source: cell.source };
  const parts = [cell];
  for (const next of codeCells.slice(codeCells.indexOf(cell) + 1, codeCells.indexOf(cell) + 4)) {
    if (next.exercise !== undefined && next.exercise !== cell.exercise) break;
    parts.push(next);
    const source = parts.map((part) => part.source).join("\n");
    if (openBraces(source) === 0) return { codeCells: parts, source };
  }
  return { codeCells: [cell], source: cell.source };
}

/** The source, exporting these names too. */
function exporting(source: string, names: readonly string[]): string {
  const hidden = names.filter((name) => !isExported(source, name));
  return hidden.length === 0 ? source : `${source}\nexport { ${hidden.join(", ")} };\n`;
}

/**
 * The solution with one more of the notebook's cells: the one that defines `name`, which a run
 * found missing.
 *
 * @param solution - as it was run
 * @param name - what the run did not find
 * @returns the next solution to run; undefined when no cell defines the name, or when it is there
 *   already
 */
export function withHelper(solution: Solution, name: string): Solution | undefined {
  const helper = solution.others.findLast(
    ({ source, retypedAs }) => retypedAs === undefined && definedNames(source).includes(name),
  );
  if (helper === undefined) return undefined;
  const path = `cell-${helper.number}.ts`;
  const isNew = !solution.files.some((file) => file.path === path);
  const helperFile = { path, text: exporting(helper.source, definedNames(helper.source)) };
  const files = isNew ? [...solution.files, helperFile] : solution.files;
  let changed = isNew;
  const linked = files.map((file) => {
    const line = `import { ${name} } from "./${path}"; `;
    const needsIt =
      file.path !== path &&
      mentions(file.text, name) &&
      !definedNames(file.text).includes(name) &&
      !file.text.includes(line);
    changed ||= needsIt;
    return needsIt ? { path: file.path, text: line + file.text } : file;
  });
  return changed ? { ...solution, files: linked } : undefined;
}
