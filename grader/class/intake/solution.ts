/**
 * Finds each exercise's function in a hand-in, and lays out what the box gets to see of it.
 *
 * A `.ts` file goes into the box as it is, beside its neighbours, so that it can import them. Of a
 * notebook goes what the function needs of all cells, as one module (grader/source): a lesson's own
 * cells draw charts and train, and have no business in the box.
 */
import type { HandedFile, HandIn } from "./readHandIn.js";
import { type CodeCell, NotebookError, readNotebook } from "./notebook.js";
import { otherTextIn } from "./otherText.js";
import { type CodePart, codeParts } from "./codePart.js";
import { asTypeScript, kindOf } from "./place.js";
import { noteOn, problemWith, type Remark } from "./remark.js";
import { type CutCell, cutCell, type SliceOrigin, sliceOf } from "../../source/slice.js";
import { isStarter } from "../../source/asLoaded.js";
import { withoutPackages } from "../../source/packages.js";
import { hasNamelessDefault, plainModule, withoutShellLine } from "../../source/plainModule.js";
import { cellsOfRepeats, declarationIn, keptOfRepeats } from "../../source/repeats.js";
import { type Statement, statementsOf } from "../../source/statements.js";
import { type TopLevel, topLevelOf } from "../../source/topLevel.js";
import { insteadOf } from "./insteadOf.js";
import { openBraces } from "./scan.js";
import { newerOf, type Versioned, versioned } from "./versions.js";

/** A file in the box, relative to the submission's folder. */
export interface BoxFile {
  readonly path: string;
  readonly text: string;
  /** The same lines as the student wrote them, where some were changed. */
  readonly own?: string;
}

/** An exercise's function, found. */
export interface Solution {
  readonly exercise: string;
  /** Where it was found, for people: "02-cell.ipynb, cell 7". */
  readonly place: string;
  /** The file that exports it, among `files`. */
  readonly file: string;
  readonly files: readonly BoxFile[];
  /** For a file's: what runs when it is loaded. */
  readonly topLevel?: TopLevel;
  /** For a notebook's: where the lines of `file` stand in it. */
  readonly origins?: readonly Origin[];
  /** The exercises whose functions it uses as `my_…`: the hand-in's own. */
  readonly uses: readonly string[];
  /** What a person reads of it. */
  readonly code: readonly CodePart[];
}

/** Lines of a file in the box that stand in one cell, one below the other. */
export interface Origin {
  /** The first one in the file, from 1. */
  readonly from: number;
  readonly count: number;
  /** "02-cell.ipynb, cell 7". */
  readonly place: string;
  /** The first one in the cell, from 1. */
  readonly line: number;
  /** How many characters stand before it there, on its line. */
  readonly before: number;
}

/** What was found in a hand-in. */
export interface Found {
  readonly solutions: ReadonlyMap<string, Solution>;
  readonly remarks: readonly Remark[];
}

/** One place where a function may be. */
interface Candidate {
  readonly file: string;
  /** Where it is, for people. */
  readonly place: string;
  readonly isStarter: boolean;
  /** Named as the exercise's: by metadata, by its first line or by the file's name. */
  readonly isNamed: boolean;
  /** What the file's path says of versions. */
  readonly version: Versioned;
  /** Lays it out: of many candidates one alone is. */
  solve(): Solved;
}

/** A solution, and what was strange about it. */
interface Solved {
  readonly solution: Solution;
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
  const written = withPlaces(
    handIn.files.filter((file) => kindOf(file.path) === "source" && isCode(file, remarks)),
    remarks,
  ).map((file) => ({ ...file, statements: statementsOf(withoutShellLine(file.text)) }));
  for (const { path, text } of written) {
    const conflict = conflictIn(text);
    if (conflict !== undefined) remarks.push(problemWith(path, conflict));
  }
  const notebooks = handIn.files
    .filter(({ path }) => kindOf(path) === "notebook")
    .flatMap((file) => {
      try {
        const { cells, notes } = readNotebook(file.text);
        remarks.push(...notes.map((note) => noteOn(file.path, note)));
        return [{ file, codeCells: cutCells(cells) }];
      } catch (error) {
        if (!(error instanceof NotebookError)) throw error;
        remarks.push(problemWith(file.path, error.message));
        return [];
      }
    });
  const sources = withDefaultNames(written, notebooks, exercises);
  const boxFiles = sources.map(({ path, text, own }) => boxFile(inBox(path), text, own));
  const solutions = new Map<string, Solution>();
  for (const exercise of exercises) {
    const candidates = [
      ...candidatesInSources(sources, boxFiles, exercise, exercises),
      ...notebooks.flatMap(({ file, codeCells }) =>
        candidatesInNotebook({ file, codeCells, beside: boxFiles }, exercise, exercises),
      ),
    ];
    const { chosen, older, isUnsure } = best(candidates);
    if (chosen === undefined) {
      remarks.push(...missing({ exercise, exercises }, sources, notebooks));
      continue;
    }
    const solved = chosen.solve();
    solutions.set(exercise, solved.solution);
    remarks.push(...solved.remarks);
    const rivals = candidates.filter((one) => one !== chosen && !one.isStarter);
    if (rivals.length > 0 && !chosen.isStarter) {
      const more = rivals.length - NAMED_RIVALS;
      const places = rivals.slice(0, NAMED_RIVALS).map(({ place }) => place);
      if (more > 0) places.push(`${more} more places`);
      const text = `${exercise} is in ${places.join(" and ")} too; ${chosen.place} was graded`;
      if (isUnsure)
        remarks.push(
          problemWith(
            chosen.file,
            `${text}, but the names do not say which is the newest: hand in one of them alone`,
          ),
        );
      else remarks.push(noteOn(chosen.file, older ? `${text}, by its name the newer one` : text));
    }
  }
  return { solutions, remarks };
}

/** So many other places of an exercise are named. */
const NAMED_RIVALS = 5;

/** A line where a merge was left undone. */
function conflictIn(text: string): string | undefined {
  const at = text.startsWith("<<<<<<< ") ? 0 : text.indexOf("\n<<<<<<< ") + 1;
  if (at === 0 && !text.startsWith("<<<<<<< ")) return undefined;
  const line = text.slice(0, at).split("\n").length;
  return `line ${line} begins a merge conflict (<<<<<<<): keep one of the two versions, delete the lines with <<<<<<<, ======= and >>>>>>>, and hand it in again`;
}

/** Which of the candidates is graded. */
interface Best {
  readonly chosen: Candidate | undefined;
  /** Another one is older, as its path says. */
  readonly older: boolean;
  /** Another one in another file may be as new. */
  readonly isUnsure: boolean;
}

/**
 * Written ones before starters, named ones before found ones, of those the newest as far as their paths say it, and of
 * one file the last.
 */
function best(candidates: readonly Candidate[]): Best {
  const rank = ({ isStarter: empty, isNamed }: Candidate): number =>
    (empty ? 0 : 2) + (isNamed ? 1 : 0);
  const most = Math.max(...candidates.map(rank));
  const lastOfFiles = new Map<string, Candidate>();
  for (const one of candidates) if (rank(one) === most) lastOfFiles.set(one.file, one);
  const all = Array.from(lastOfFiles.values());
  const newest = all.filter((one) =>
    all.every((other) => newerOf(other.version, one.version) <= 0),
  );
  // Names may go round in a circle.
  const left = newest.length === 0 ? all : newest;
  return { chosen: left.at(-1), older: left.length < all.length, isUnsure: left.length > 1 };
}

/** A file of TypeScript, cut. */
interface Written extends HandedFile {
  readonly statements: readonly Statement[];
}

/** The same as a module that can be loaded. */
interface Source extends Written {
  /** As it was handed in. */
  readonly own: string;
  /** Where names are declared twice in it: its parts, each of which declares them once. */
  readonly cells: readonly CutCell[] | undefined;
  /** What its default export is called here, which has no name there. */
  readonly defaultName: string | undefined;
  readonly topLevel: TopLevel;
}

function named(file: Written, defaultName: string | undefined): Source {
  const text = plainModule(file.text, defaultName);
  const statements = text === file.text ? file.statements : statementsOf(text);
  const cells = cellsOfRepeats(text, statements);
  const topLevel = topLevelOf(file.text, file.statements);
  return { path: file.path, text, own: file.text, statements, cells, defaultName, topLevel };
}

/** A notebook, cut. */
interface CutNotebook {
  readonly file: HandedFile;
  readonly codeCells: readonly Cell[];
}

/**
 * The files with a name for each default export that has none: it is the exercise that the file is named for, or the only
 * one that the hand-in lacks, if there is no other such file.
 */
function withDefaultNames(
  files: readonly Written[],
  notebooks: readonly CutNotebook[],
  exercises: readonly string[],
): readonly Source[] {
  const nameless = new Set(files.filter(({ statements }) => hasNamelessDefault(statements)));
  const all = [...files, ...notebooks.flatMap(({ codeCells }) => codeCells)];
  const lacking =
    nameless.size === 1
      ? exercises.filter((one) => !all.some(({ statements }) => gives(statements, one)))
      : [];
  return files.map((file) => {
    if (!nameless.has(file)) return named(file, undefined);
    const own = versionOf(file.path, exercises).exercise;
    if (own !== undefined) return named(file, gives(file.statements, own) ? undefined : own);
    return named(file, lacking.length === 1 ? lacking[0] : undefined);
  });
}

/** A notebook's cell, cut. */
type Cell = CodeCell & CutCell;

/** More code than this in one notebook is not looked at. */
const MAX_CODE = 2 ** 20;

function cutCells(codeCells: readonly CodeCell[]): readonly Cell[] {
  const length = codeCells.reduce((sum, { source }) => sum + source.length, 0);
  if (length > MAX_CODE) {
    throw new NotebookError(`${length} characters of code; the limit is ${MAX_CODE}: hand in less`);
  }
  return codeCells.map((cell) => ({ ...cell, ...cutCell(cell) }));
}

function missing(
  { exercise, exercises }: { readonly exercise: string; readonly exercises: readonly string[] },
  sources: readonly Source[],
  notebooks: readonly CutNotebook[],
): readonly Remark[] {
  const write = `write: export function ${exercise}(…) { … }`;
  for (const { file, codeCells } of notebooks) {
    const marked = codeCells.filter((one) => one.exercise === exercise);
    const own = marked.filter((one) => !isCheck(one, exercise));
    const check = marked.find((one) => isCheck(one, exercise));
    const written = own.find(({ retypedAs }) => retypedAs === undefined);
    const cell = written ?? (check === undefined ? own[0] : undefined); // else text about it alone is left
    if (cell !== undefined) {
      const instead = insteadOf(exercise, cell.source, cell.statements);
      return [
        problemWith(file.path, `cell ${cell.number} defines no function ${exercise}${instead}`),
      ];
    }
    if (check !== undefined) {
      const words = `the cell of ${exercise} is missing: expected it before cell ${check.number}, which only checks it; ${write} in a cell there`;
      return [problemWith(file.path, words)];
    }
  }
  const named = sources.find(({ path }) => versionOf(path, exercises).exercise === exercise);
  if (named === undefined) return [];
  const instead = insteadOf(exercise, named.own, named.statements);
  const words = `there is no ${exercise} in it${instead === "" ? `; ${write}` : instead}`;
  return [problemWith(named.path, words)];
}

/** Whether a cell only checks an exercise: `const my_oneHot = await check("oneHot", oneHot);`. */
function isCheck({ source }: CodeCell, exercise: string): boolean {
  return [`check("${exercise}"`, `check('${exercise}'`].some((call) => source.includes(call));
}

/** A text as it is in the box. */
function boxFile(path: string, module: string, own: string = module): BoxFile {
  const text = withoutPackages(module);
  return text === own ? { path, text } : { path, text, own };
}

/** A file's place in the box: an address ends at # and ?, so no name there has them. */
function inBox(path: string): string {
  return `files/${asTypeScript(path)
    .replaceAll(/[#?]/g, "_")
    .replace(/\.cts$/, ".ts")}`;
}

/** Whether a file may hold code; what else it is is told. */
function isCode({ path, text }: HandedFile, remarks: Remark[]): boolean {
  const other = otherTextIn(text, "code");
  if (other !== undefined) remarks.push(problemWith(path, other));
  return other === undefined;
}

/** The files that have a place of their own in the box: none is where another one is, or another one's folder. */
function withPlaces(files: readonly HandedFile[], remarks: Remark[]): readonly HandedFile[] {
  const taken = new Set<string>();
  const folders = new Set<string>();
  return files.filter(({ path }) => {
    const place = inBox(path);
    const above = foldersOf(place);
    if (taken.has(place) || folders.has(place) || above.some((folder) => taken.has(folder))) {
      remarks.push(problemWith(path, "a file or folder beside it has its name: rename one"));
      return false;
    }
    taken.add(place);
    for (const folder of above) folders.add(folder);
    return true;
  });
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, n) => parts.slice(0, n + 1).join("/"));
}

/** What a path says of versions, where its file defines these names. */
function versionOf(
  path: string,
  exercises: readonly string[],
  statements: readonly Statement[] = [],
): Versioned {
  const stem = path.slice(path.lastIndexOf("/") + 1).replace(/(\.[a-z]{2,5}){1,2}$/i, "");
  // "conv2.ts" is no second "conv.ts" where it defines conv2.
  const own = statements
    .filter(({ kind }) => kind !== "import")
    .flatMap(({ declares }) => declares.filter((name) => stem.endsWith(name)));
  return versioned(path, [...exercises, ...own]);
}

/** Whether one of the statements declares or exports this name. */
function gives(statements: readonly Statement[], name: string): boolean {
  return statements.some(({ kind, declares }) => kind !== "import" && declares.includes(name));
}

/** Whether it can be imported by this name. */
function isExported(statements: readonly Statement[], name: string): boolean {
  return statements.some((one) => one.isExported && gives([one], name));
}

function candidatesInSources(
  sources: readonly Source[],
  boxFiles: readonly BoxFile[],
  exercise: string,
  exercises: readonly string[],
): Candidate[] {
  return sources
    .filter(({ statements }) => gives(statements, exercise))
    .flatMap((file) => {
      const version = versionOf(file.path, exercises, file.statements);
      const found = { file: file.path, isNamed: version.exercise === exercise, version };
      const parts = file.cells?.filter((cell) => declarationIn(cell, exercise) !== "") ?? [];
      const lines = linesOf(parts, exercise);
      const parted = parts.map((cell, n) => ({
        ...found,
        place: parts.length === 1 ? file.path : `${file.path}, line ${lines[n]!}`,
        isStarter: isStarter(declarationIn(cell, exercise), exercise),
        solve: () => solvedInPart(boxFiles, file, cell, exercise, exercises),
      }));
      if (parted.length > 0) return parted;
      return {
        ...found,
        place: file.path,
        isStarter: isStarter(file.text, exercise),
        solve: () => solvedInSource(boxFiles, file, exercise),
      };
    });
}

/** The lines on which a name's declarations begin, found in one pass over the file. */
function linesOf(parts: readonly CutCell[], name: string): readonly number[] {
  let [at, line] = [0, 1];
  return parts.map(({ source, statements }) => {
    const { end, text } = statements.find(({ declares }) => declares.includes(name))!;
    for (; at < end - text.length; at++) if (source[at] === "\n") line++;
    return line;
  });
}

function solvedInSource(files: readonly BoxFile[], own: Source, exercise: string): Solved {
  const cell = { number: 1, source: own.text, statements: own.statements };
  const { statements } = sliceOf(exercise, cell, [cell], []);
  return {
    remarks: notesOn(own, exercise),
    solution: {
      exercise,
      place: own.path,
      file: inBox(own.path),
      files,
      topLevel: own.topLevel,
      uses: [],
      code: codeOf(own, statements),
    },
  };
}

/** Of a file in which names are declared twice: what the function needs, in a module of its own. */
function solvedInPart(
  files: readonly BoxFile[],
  own: Source,
  cell: CutCell,
  exercise: string,
  exercises: readonly string[],
): Solved {
  const { text, slice } = keptOfRepeats(exercise, cell, own.cells!, exercises);
  const path = placeBeside({ path: own.path, text: "" }, exercise, files);
  const words = `names are declared more than once in it, as in a notebook's cells; of ${exercise} the one that runs last was graded, with what it needs: hand in the notebook, or a file for each function`;
  return {
    remarks: [noteOn(own.path, words), ...notesOn(own, exercise)],
    solution: {
      exercise,
      place: own.path,
      file: path,
      files: [...files, boxFile(path, text, own.own)],
      uses: slice.uses,
      code: codeOf(own, slice.statements),
    },
  };
}

/** What was strange about how a file gives a function. */
function notesOn({ path, statements, defaultName }: Source, exercise: string): readonly Remark[] {
  if (defaultName === exercise) {
    const words = `its default export has no name; it was graded as ${exercise}: write export function ${exercise}(…) { … }`;
    return [noteOn(path, words)];
  }
  return isExported(statements, exercise)
    ? []
    : [noteOn(path, `${exercise} is not exported; it was graded all the same`)];
}

/** The lines of some statements as they were handed in. */
function codeOf(own: Source, chosen: ReadonlySet<Statement>): readonly CodePart[] {
  const cell = { number: 1, source: own.text, statements: own.statements };
  const parts = codeParts([cell], chosen, () => own.path);
  if (own.text === own.own) return parts;
  const lines = own.own.split("\n");
  return parts.flatMap((part) => {
    const from = part.from - 1;
    const text = lines.slice(from, from + part.text.split("\n").length).join("\n");
    return text === "" ? [] : [{ ...part, text }];
  });
}

function candidatesInNotebook(
  notebook: Pick<Spot, "file" | "codeCells" | "beside">,
  exercise: string,
  exercises: readonly string[],
): Candidate[] {
  const { file, codeCells } = notebook;
  const version = versionOf(file.path, exercises);
  return Array.from(codeCells.entries())
    .filter(([, { statements, retypedAs, exercise: named }]) => {
      const isIt = gives(statements, exercise);
      return isIt && (retypedAs === undefined || named === exercise);
    })
    .map(([at, cell]) => {
      const parts = joined(codeCells, at);
      const place = `${file.path}, cell ${parts.map(({ number }) => number).join(" + ")}`;
      return {
        file: file.path,
        place,
        isStarter: isStarter(cell.source, exercise),
        isNamed: cell.exercise === exercise,
        version,
        solve: () => solvedInNotebook({ ...notebook, parts, place }, exercise, exercises),
      };
    });
}

/** The cells that hold a function. */
interface Spot {
  readonly file: HandedFile;
  readonly codeCells: readonly Cell[];
  /** The files of code that were handed in with it. */
  readonly beside: readonly BoxFile[];
  /** The function's cell, and those behind it that belong to it. */
  readonly parts: readonly Cell[];
  readonly place: string;
}

function solvedInNotebook(
  { file, codeCells, beside, parts, place }: Spot,
  exercise: string,
  exercises: readonly string[],
): Solved {
  const cell = parts[0]!;
  const remarks: Remark[] = [];
  if (parts.length > 1) {
    remarks.push(noteOn(file.path, `${exercise} is split over ${place}; they were joined`));
  }
  if (cell.retypedAs !== undefined) {
    remarks.push(noteOn(place, `the cell is of type ${cell.retypedAs}; it was read as code`));
  }
  if (cell.exercise !== exercise) {
    remarks.push(noteOn(place, `${exercise} was found by its name: the cell has lost its mark`));
  }
  const source = parts.map((part) => part.source).join("\n");
  const own = parts.length === 1 ? cell : cutCell({ number: cell.number, source });
  const others = codeCells.filter((one) => one.retypedAs === undefined && !parts.includes(one));
  const cells = [...others, own].sort((one, other) => one.number - other.number);
  const { text, taken, uses, statements, origins } = sliceOf(exercise, own, cells, exercises);
  for (const name of taken) {
    remarks.push(noteOn(place, `${exercise} uses ${name} of another cell; it was added`));
  }
  const importsFiles = statementsOf(text).some(({ imported }) => imported?.startsWith("."));
  const neighbours = importsFiles ? beside : [];
  const path = importsFiles ? placeBeside(file, exercise, beside) : `${exercise}.ts`;
  return {
    remarks,
    solution: {
      exercise,
      place,
      file: path,
      files: [...neighbours, boxFile(path, plainModule(text), text)],
      origins: origins.flatMap((one) =>
        one.cell === own ? inParts(file, one, parts) : [inCell(file, one, one.cell.number)],
      ),
      uses,
      code: codeParts(cells, statements, (one) =>
        one === own ? place : `${file.path}, cell ${one.number}`,
      ),
    },
  };
}

/** A place in the notebook's folder that none of its neighbours has. */
function placeBeside({ path }: HandedFile, name: string, beside: readonly BoxFile[]): string {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const place = inBox(`${folder}${name}.ts`);
  if (folder !== "" && beside.some((one) => place.startsWith(`${one.path}/`)))
    return placeBeside({ path: name, text: "" }, name, beside); // its folder is a file there
  const isTaken = beside.some((one) => one.path === place || one.path.startsWith(`${place}/`));
  return isTaken ? placeBeside({ path, text: "" }, `${name}_`, beside) : place;
}

function inCell({ path }: HandedFile, origin: SliceOrigin, cell: number): Origin {
  const { from, count, line, before } = origin;
  return { from, count, place: `${path}, cell ${cell}`, line, before };
}

/** The same of a cell that was joined of several: by the cells in which its lines stand. */
function inParts(file: HandedFile, origin: SliceOrigin, parts: readonly Cell[]): readonly Origin[] {
  const origins: Origin[] = [];
  let above = 0; // lines of the parts before
  for (const { number, source } of parts) {
    const lines = source.split("\n").length;
    const first = Math.max(origin.line, above + 1);
    const count = Math.min(origin.line + origin.count, above + lines + 1) - first;
    if (count > 0) {
      const before = first === origin.line ? origin.before : 0;
      const part = { ...origin, from: origin.from + first - origin.line, count, before };
      origins.push(inCell(file, { ...part, line: first - above }, number));
    }
    above += lines;
  }
  return origins;
}

/** The cell, and the cells after it that it takes to close its braces (a cell that was split). */
function joined(codeCells: readonly Cell[], at: number): readonly Cell[] {
  const cell = codeCells[at]!;
  let open = openBraces(cell.source);
  if (open <= 0) return [cell];
  const parts = [cell];
  for (const next of codeCells.slice(at + 1, at + 4)) {
    if (next.exercise !== undefined && next.exercise !== cell.exercise) break;
    parts.push(next);
    open += openBraces(next.source);
    if (open === 0) return parts;
  }
  return [cell];
}
