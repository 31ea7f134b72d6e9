/** What TypeScript finds wrong, in the words of who writes cells. */
import type TypeScript from "typescript";
import type { CellFiles } from "./cellFiles.js";
import { hintFor } from "./hints.js";
import type { Service, World } from "./service.js";

/** One thing that is wrong. */
export interface Problem {
  readonly code: number;
  readonly message: string;
  /** The file; undefined for the cell. */
  readonly file: string | undefined;
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
  const syntactic = program.getSyntacticDiagnostics(file);
  const found = [
    ...syntactic,
    ...(syntactic.length > 0 ? [] : program.getSemanticDiagnostics(file)),
  ];
  const isCell = path === cells.path;
  return found
    .filter(({ category }) => category === world.ts.DiagnosticCategory.Error)
    .filter((diagnostic) => !isCell || isOfCell(diagnostic, file, start, cells))
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

/** Bringing a type that was imported as a type. */
const typeOnly = 1380;

/** A variable whose declaration (`const losses = []`) says nothing of its type: in later cells it is any. */
const implicitlyAny: ReadonlySet<number> = new Set([7005, 7034]);

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
  { ts }: World,
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
  if (!isCell) return text;
  const { start = 0, length = 0, code } = diagnostic;
  const name = file.text.slice(start, start + length);
  if (code === notAssignable) {
    const kind = cells.names.get(name)?.kind;
    if (kind === "constant") return `Cannot assign to '${name}' because it is a constant.`;
    if (kind !== undefined && kind !== "import")
      return `Cannot assign to '${name}' because it is a ${kind}.`;
  }
  const hint = hintFor(code, text, file.text, start);
  return hint === undefined ? text : `${text}\n${hint}`;
}
