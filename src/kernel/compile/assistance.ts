/** Completion and inspection: what TypeScript's language service says of a cell that is being written. */
import type TypeScript from "typescript";
import { addComments } from "./comments.js";
import type { Files, Ts } from "./files.js";
import { importPaths } from "./importPaths.js";
import type { Places } from "./resolution.js";

/** What could stand at the cursor; `start` and `end` count UTF-16 units. */
export interface Completion {
  readonly matches: readonly string[];
  readonly kinds: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** What is known of the name at the cursor. */
export interface Inspection {
  readonly signature: string;
  readonly documentation: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

/** Answers about one cell. */
export interface Assistance {
  complete(cursor: number): Completion;
  inspect(cursor: number): Inspection | undefined;
}

interface Question {
  readonly ts: Ts;
  readonly files: Files;
  readonly places: Places;
  readonly language: TypeScript.LanguageService;
  readonly path: string;
  readonly source: string;
  /** Where the source begins in the file. */
  readonly start: number;
  /** The names of earlier cells. */
  readonly names: ReadonlySet<string>;
}

/** A longer list helps nobody, and costs time on its way. */
const matchLimit = 500;

/**
 * The answers about a cell.
 *
 * @param question - the cell as the compiler sees it
 * @returns what can be asked
 */
export function assist(question: Question): Assistance {
  return {
    complete: (cursor) => complete(question, cursor),
    inspect: (cursor) => inspect(question, cursor),
  };
}

function complete(question: Question, cursor: number): Completion {
  const { language, path, source, start } = question;
  const line = source.slice(0, cursor);
  const specifier = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["']([^"'\n]*)$/.exec(line);
  if (specifier !== null) return completePath(question, specifier[1]!, cursor);
  const typed = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(line)![0];
  const before = { start: cursor - typed.length, end: cursor };
  const found = language.getCompletionsAtPosition(path, start + cursor, {
    includeCompletionsWithInsertText: false,
  });
  const entries = (found?.entries ?? []).filter(({ name }) => !/^cell\d+\$$/.test(name));
  const exact = entries.filter(({ name }) => name.startsWith(typed));
  const shown = (exact.length > 0 ? exact : entries.filter(near(typed))).slice(0, matchLimit);
  return {
    matches: shown.map(({ name }) => name),
    kinds: shown.map(({ kind }) => kind),
    ...before,
  };
}

function near(typed: string): (entry: TypeScript.CompletionEntry) => boolean {
  const lower = typed.toLowerCase();
  return ({ name }) => name.toLowerCase().includes(lower);
}

function completePath(question: Question, typed: string, cursor: number): Completion {
  const { files, places, language } = question;
  const program = language.getProgram()!;
  const ambient = program
    .getTypeChecker()
    .getAmbientModules()
    .map(({ name }) => name.slice(1, -1));
  const sources = { files, places, ambient, options: program.getCompilerOptions() };
  const from = typed.lastIndexOf("/") + 1;
  const matches = importPaths(sources, typed)
    .slice(0, matchLimit)
    .map((name) => name.slice(from));
  return {
    matches,
    kinds: matches.map(() => "module"),
    start: cursor - (typed.length - from),
    end: cursor,
  };
}

function inspect(question: Question, cursor: number): Inspection | undefined {
  const { ts, language, path, source, start } = question;
  // With the cursor behind a name or its opening bracket, the name before it is meant; behind a comma it is the call.
  for (const place of [cursor, cursor - 1, cursor - 2]) {
    if (place < 0 || place > source.length) continue;
    if (!/^[\s\p{ID_Continue}$.?!([{<]*$/u.test(source.slice(place, cursor))) continue;
    addCommentsAt(question, start + place);
    const info = language.getQuickInfoAtPosition(path, start + place);
    if (info === undefined) continue;
    const signature = cleaned(ts.displayPartsToString(info.displayParts));
    // A name that nothing declares.
    if (signature === "any" && info.kind === ts.ScriptElementKind.unknown) continue;
    return describe(ts, signature, info.documentation, info.tags);
  }
  const written = source.slice(0, cursor).trimEnd().length;
  for (const called of calledAround(question, start + written)) addCommentsAt(question, called);
  const help = language.getSignatureHelpItems(path, start + cursor, undefined);
  const item = help?.items[help.selectedItemIndex];
  if (item === undefined) return undefined;
  const text = (parts: readonly TypeScript.SymbolDisplayPart[]): string =>
    ts.displayPartsToString([...parts]);
  const parameters = item.parameters.map(({ displayParts }) => text(displayParts));
  const signature =
    text(item.prefixDisplayParts) +
    parameters.join(text(item.separatorDisplayParts)) +
    text(item.suffixDisplayParts);
  return describe(ts, cleaned(signature), item.documentation, item.tags);
}

/** What stands at a place is declared in files that may lack their comments. */
function addCommentsAt({ ts, language, path }: Question, at: number): void {
  const program = language.getProgram();
  for (const { fileName } of language.getDefinitionAtPosition(path, at) ?? []) {
    const file = program?.getSourceFile(fileName);
    if (file !== undefined) addComments(ts, file);
  }
}

/** The ends of the names that are called around a place. */
function calledAround({ ts, language, path }: Question, at: number): number[] {
  const ends: number[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (at < node.pos || at > node.end) return;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) ends.push(node.expression.end - 1);
    ts.forEachChild(node, visit);
  };
  const file = language.getProgram()?.getSourceFile(path);
  if (file !== undefined) visit(file);
  return ends;
}

function describe(
  ts: Ts,
  signature: string,
  documentation: TypeScript.SymbolDisplayPart[] | undefined,
  tags: readonly TypeScript.JSDocTagInfo[] | undefined,
): Inspection {
  return {
    signature,
    documentation: ts.displayPartsToString(documentation),
    tags: (tags ?? []).map(({ name, text }) => ({ name, text: ts.displayPartsToString(text) })),
  };
}

/** Without the way in which one cell brings the names of another. */
function cleaned(signature: string): string {
  return signature
    .replace(/\bcell\d+\$\./g, "")
    .replace(/\nimport (\S+) = \1$/, "")
    .replace(/^\(alias\) /, "")
    .replace(/import\("[^"]*"\)\./g, "");
}
