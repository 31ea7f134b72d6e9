/** What TypeScript finds wrong, in the words of who writes cells. */
import type TypeScript from "typescript";
import type { CellFiles } from "./cellFiles.js";
import { folderOf, joined } from "./files.js";
import { hintFor, pythonIn } from "./hints.js";
import type { Service, World } from "./service.js";
import { topLevelNames } from "./topLevel.js";

/** One thing that is wrong. */
export interface Problem {
  readonly code: number;
  readonly message: string;
  /** The file; undefined for the cell. */
  readonly file: string | undefined;
  /** The text; empty when no place in it can be named. */
  readonly source: string;
  /** From 1, as `column`. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** Assignments to what earlier cells declared, which TypeScript sees as imports. */
const notAssignable = 2632;

/**
 * What is wrong with a file.
 *
 * @param world - what the compiler is given
 * @param service - knows the file
 * @param path - the file
 * @param source - the text that the user wrote
 * @param start - where that text begins in the file
 * @param cells - what cells have declared
 * @returns the problems, in the order of the text
 */
export function problemsOf(
  world: World,
  service: Service,
  path: string,
  source: string,
  start: number,
  cells: CellFiles,
): readonly Problem[] {
  const { program } = service;
  const file = program.getSourceFile(path);
  if (file === undefined) return [];
  const isCell = path === cells.path;
  const unusable = isCell ? undefined : unusableFile(world, path, source);
  if (unusable !== undefined)
    return [{ ...{ code: notModule, message: unusable, file: path }, ...nowhere }];
  const syntactic = program.getSyntacticDiagnostics(file);
  const found = [
    ...syntactic,
    ...(syntactic.length > 0 || (isCell && isUnchecked(world, source))
      ? []
      : program.getSemanticDiagnostics(file)),
  ];
  const python = isCell ? pythonIn(source) : undefined;
  if (python !== undefined && syntactic.length > 0)
    return [{ code: syntactic[0]!.code, file: undefined, source, ...python }];
  if (isCell) {
    const unrun = notRunYet(world, found, file, source);
    if (unrun !== undefined) {
      const at = Math.max(unrun.at - start, 0);
      const before = source.slice(0, at).split("\n");
      const [line, column] = [before.length, before.at(-1)!.length + 1];
      return [{ ...unrun, file: undefined, source, line, column }];
    }
  }
  const told = new Set<string>();
  return found
    .filter(({ category }) => category === world.ts.DiagnosticCategory.Error)
    .filter((diagnostic) => !isCell || isOfCell(diagnostic, file, start, cells))
    .filter((diagnostic) => !follows(world, diagnostic, found, file))
    .filter(({ code, start: at = 0, length = 0 }) => {
      // A name that is missing is one cause, however often it is used.
      if (!missingName.has(code)) return true;
      const name = file.text.slice(at, at + length);
      return !told.has(name) && told.add(name).size > 0;
    })
    .map((diagnostic) => {
      const at = Math.min(Math.max((diagnostic.start ?? 0) - start, 0), source.length);
      const before = source.slice(0, at).split("\n");
      return {
        code: diagnostic.code,
        message: messageOf(world, diagnostic, file, cells, isCell),
        file: isCell ? undefined : path,
        source,
        line: before.length,
        column: before.at(-1)!.length + 1,
        length: Math.min(diagnostic.length ?? 1, source.length - at),
      };
    });
}

/** TypeScript's number for its own question: did you forget to use `await`? */
const forgottenAwait = 2773;

/** TypeScript's numbers for a module that is nowhere: one whose names are imported, and one that is only run. */
const notFound: ReadonlySet<number> = new Set([2307, 2882]);

/** TypeScript's number for a file that exports nothing. */
export const notModule = 2306;

/** There is no line to show. */
const nowhere = { source: "", line: 1, column: 1, length: 0 };

/** Why a file can't be imported at all, whatever stands in it. */
function unusableFile({ files }: World, path: string, text: string): string | undefined {
  if (text.includes("\0"))
    return "this is no text: it has bytes of zeros; import a file of TypeScript, JavaScript or JSON";
  if (text === "" && files.readFile(path) === undefined)
    return `this file cannot be read; give yourself the right to: chmod u+r ${path}`;
  return undefined;
}

/** Whether a cell begins with the comment by which a file asks TypeScript to check nothing in it. */
function isUnchecked({ ts }: World, source: string): boolean {
  return (ts.getLeadingCommentRanges(source, 0) ?? []).some(({ pos, end }) =>
    /^\/\/\/?\s*@ts-nocheck\b/.test(source.slice(pos, end)),
  );
}

const missingName: ReadonlySet<number> = new Set([2304, 2552, 2503]);

/** Bringing a type that was imported as a type. */
const typeOnly = 1380;

/** A variable whose declaration (`const losses = []`) says nothing of its type: in later cells it is any. */
const implicitlyAny: ReadonlySet<number> = new Set([7005, 7034]);

/** Names that other cells of the notebook declare: one word about all of them, and none about what follows from it. */
function notRunYet(
  { ts, notebookOf }: World,
  found: readonly TypeScript.Diagnostic[],
  file: TypeScript.SourceFile,
  source: string,
):
  | {
      readonly code: number;
      readonly message: string;
      readonly at: number;
      readonly length: number;
    }
  | undefined {
  const missing = found.filter(({ code }) => missingName.has(code));
  const [first] = missing;
  const cells = first === undefined ? [] : (notebookOf?.(source) ?? []);
  if (first === undefined || cells.length === 0) return undefined;
  const names = new Set(
    missing.map(({ start = 0, length = 0 }) => file.text.slice(start, start + length)),
  );
  for (const cell of cells) {
    if (cell === source) continue;
    const parsed = ts.createSourceFile("cell.tsx", cell, ts.ScriptTarget.Latest, true);
    const declared = [...topLevelNames(ts, parsed).keys()].filter((name) => names.has(name));
    if (declared.length === 0) continue;
    const [line = ""] = cell.trimStart().split("\n");
    const several = declared.length > 1;
    return {
      code: first.code,
      message:
        `${declared.join(", ")} ${several ? "are" : "is"} declared by a cell of this notebook that has not run, ` +
        `or could not: run it first. It begins with: ${line.slice(0, 80)}`,
      at: first.start ?? 0,
      length: first.length ?? 1,
    };
  }
  return undefined;
}

/** TypeScript's numbers for a parameter whose type nothing says. */
const untypedParameter: ReadonlySet<number> = new Set([7006, 7019, 7031]);

/** Whether a function lacks the types of its parameters since what it is given to is wrong itself: `xs.mpa((x) => x)`. */
function follows(
  { ts }: World,
  { code, start: at = 0 }: TypeScript.Diagnostic,
  found: readonly TypeScript.Diagnostic[],
  file: TypeScript.SourceFile,
): boolean {
  if (!untypedParameter.has(code)) return false;
  const isIn = (place: number, { pos, end }: TypeScript.Node): boolean =>
    pos <= place && place < end;
  const isCause = (node: TypeScript.Node): boolean =>
    ts.isCallExpression(node) &&
    !isIn(at, node.expression) &&
    found.some(
      (other) => !untypedParameter.has(other.code) && isIn(other.start ?? 0, node.expression),
    );
  const visit = (node: TypeScript.Node): boolean =>
    isIn(at, node) && (isCause(node) || ts.forEachChild(node, visit) === true);
  return visit(file);
}

/** Whether the cell is to blame, and not the line that brings it the names of earlier cells. */
function isOfCell(
  { code, start: at = 0, length = 0 }: TypeScript.Diagnostic,
  { text }: TypeScript.SourceFile,
  start: number,
  cells: CellFiles,
): boolean {
  if (at < start) return code !== typeOnly && !implicitlyAny.has(code);
  return !(implicitlyAny.has(code) && cells.names.has(text.slice(at, at + length)));
}

function messageOf(
  { ts, files, places }: World,
  diagnostic: TypeScript.Diagnostic,
  file: TypeScript.SourceFile,
  cells: CellFiles,
  isCell: boolean,
): string {
  const text = ts
    .flattenDiagnosticMessageText(diagnostic.messageText, "\n")
    .replace(/import\("[^"]*"\)\./g, "")
    .replace(
      / Do you need to change your target library\? .*/,
      " It is newer than the JavaScript that runs here.",
    );
  const { start = 0, length = 0, code } = diagnostic;
  const name = file.text.slice(start, start + length);
  if (notFound.has(code) && /^["']\./.test(name)) {
    const folder = isCell ? places.folder : folderOf(file.fileName);
    const path = joined(folder, name.slice(1, -1));
    if (files.directoryExists(path)) return `${name} is a folder; import a file that lies in it.`;
  }
  if (!isCell) return text;
  if (code === notAssignable) {
    const kind = cells.names.get(name)?.kind;
    if (kind === "constant") return `Cannot assign to '${name}' because it is a constant.`;
    if (kind !== undefined && kind !== "import")
      return `Cannot assign to '${name}' because it is a ${kind}.`;
  }
  const forgetsAwait = diagnostic.relatedInformation?.some((one) => one.code === forgottenAwait);
  const hint = hintFor(code, text, file.text, start, forgetsAwait === true);
  return hint === undefined ? text : `${text}\n${hint}`;
}
