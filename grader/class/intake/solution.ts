/**
 * Finds each exercise's function in a hand-in, and lays out what the box gets to see of it.
 *
 * A `.ts` file goes into the box as it is, beside its neighbours, so that it can import them. Of a
 * notebook goes what the function needs of all cells, as one module (grader/source): a lesson's own
 * cells draw charts and train, and have no business in the box.
 */
import type { HandedFile, HandIn } from "./readHandIn.js";
import { nearest } from "#common/nearest";
import { type CodeCell, NotebookError, readNotebook } from "./notebook.js";
import { otherTextIn } from "./otherText.js";
import { type CodePart, codeParts } from "./codePart.js";
import { asTypeScript, kindOf } from "./place.js";
import { noteOn, problemWith, type Remark } from "./remark.js";
import { type CutCell, cutCell, sliceOf } from "../../source/slice.js";
import { withoutPackages } from "../../source/packages.js";
import { type Statement, statementsOf } from "../../source/statements.js";
import { isStarter, openBraces } from "./scan.js";
import { newerOf, type Versioned, versioned } from "./versions.js";

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
  /** For a notebook's: each line of its code, and where it stands. */
  readonly lines?: readonly NotebookLine[];
  /** The exercises whose functions it uses as `my_…`: the hand-in's own. */
  readonly uses: readonly string[];
  /** What a person reads of it. */
  readonly code: readonly CodePart[];
}

/** A line of a notebook's code. */
export interface NotebookLine {
  readonly text: string;
  /** "02-cell.ipynb, cell 7, line 3". */
  readonly where: string;
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
  const sources = withPlaces(
    handIn.files.filter((file) => kindOf(file.path) === "source" && isCode(file, remarks)),
    remarks,
  ).map((file) => ({ ...file, statements: statementsOf(file.text) }));
  const boxFiles = sources.map(({ path, text }) => ({
    path: inBox(path),
    text: withoutPackages(text),
  }));
  for (const { path, text } of sources) {
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
interface Source extends HandedFile {
  readonly statements: readonly Statement[];
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
  notebooks: readonly { readonly file: HandedFile; readonly codeCells: readonly Cell[] }[],
): readonly Remark[] {
  for (const { file, codeCells } of notebooks) {
    const marked = codeCells.filter((one) => one.exercise === exercise);
    const cell = marked.find(({ retypedAs }) => retypedAs === undefined) ?? marked[0];
    if (cell !== undefined) {
      const text = `cell ${cell.number} defines no function ${exercise}${insteadOf(exercise, cell.statements)}`;
      return [problemWith(file.path, text)];
    }
  }
  const named = sources.find(({ path }) => versionOf(path, exercises).exercise === exercise);
  if (named === undefined) return [];
  const instead = insteadOf(exercise, named.statements);
  return [
    problemWith(
      named.path,
      `there is no ${exercise} in it${instead === "" ? `; write: export function ${exercise}(…) { … }` : instead}`,
    ),
  ];
}

/** What is defined in the function's place, and the remedy. */
function insteadOf(exercise: string, statements: readonly Statement[]): string {
  const names = statements
    .filter(({ kind }) => kind !== "import" && kind !== "exports")
    .flatMap(({ declares }) => declares)
    .slice(0, 200);
  const plain = (name: string): string => name.replaceAll("_", "").toLowerCase();
  const meant =
    names.find((name) => plain(name) === plain(exercise)) ??
    nearest(exercise, names) ??
    (names.length === 1 ? names[0] : undefined);
  return meant === undefined
    ? ""
    : `, but ${meant.slice(0, 80)}: name it ${exercise} and hand it in again`;
}

/** A file's place in the box: an address ends at # and ?, so no name there has them. */
function inBox(path: string): string {
  return `files/${asTypeScript(path).replaceAll(/[#?]/g, "_")}`;
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
    .map((file) => {
      const version = versionOf(file.path, exercises, file.statements);
      return {
        file: file.path,
        place: file.path,
        isStarter: isStarter(file.text, exercise),
        isNamed: version.exercise === exercise,
        version,
        solve: () => solvedInSource(boxFiles, file, exercise),
      };
    });
}

function solvedInSource(files: readonly BoxFile[], own: Source, exercise: string): Solved {
  const cell = { number: 1, source: own.text, statements: own.statements };
  const { statements } = sliceOf(exercise, cell, [cell], []);
  return {
    remarks: isExported(own.statements, exercise)
      ? []
      : [noteOn(own.path, `${exercise} is not exported; it was graded all the same`)],
    solution: {
      exercise,
      place: own.path,
      file: inBox(own.path),
      files,
      uses: [],
      code: codeParts([cell], statements, () => own.path),
    },
  };
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
  const { text, taken, uses, statements } = sliceOf(exercise, own, cells, exercises);
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
      files: [...neighbours, { path, text: withoutPackages(text) }],
      lines: linesOf(file, codeCells),
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

/** The lines of a notebook's code: of the same notebook the same list. */
function linesOf(file: HandedFile, codeCells: readonly Cell[]): readonly NotebookLine[] {
  const known = lists.get(codeCells);
  if (known !== undefined) return known;
  const list = codeCells.flatMap(({ number, source }) =>
    source.split("\n").flatMap((line, n) => {
      if (line.trim() === "") return [];
      return [{ text: line, where: `${file.path}, cell ${number}, line ${n + 1}` }];
    }),
  );
  lists.set(codeCells, list);
  return list;
}

const lists = new WeakMap<readonly Cell[], readonly NotebookLine[]>();

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
