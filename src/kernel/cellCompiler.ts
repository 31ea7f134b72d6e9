/**
 * tslab's converter, one cell at a time, with what its executor does not keep: the diagnostics as data, and
 * the way back from the text that runs to the text that was written.
 */
import { readFileSync } from "node:fs";
import type TypeScript from "@tslab/typescript-for-tslab";
import type { Converter, Diagnostic } from "tslab/dist/converter.js";
import type { ConverterSet } from "tslab/dist/executor.js";
import type { CompiledCells } from "./compiledCells.js";
import { registerScript } from "./sourcePositions.js";
import { codeFrame } from "./traceback.js";
import type { ShownError } from "./threadMessages.js";
import type { Fork } from "./typescriptFork.js";

/** What tslab's executor puts before a cell's text. */
const wrapper = "(function(exports, require) { ";
const asyncWrapper = "(async function(exports, require) { ";

type Conversion = ReturnType<Converter["convert"]>;

/** Compiles cells for tslab's executor. */
export class CellCompiler {
  readonly fork: Fork;
  readonly #folder: string;
  readonly #compiled: CompiledCells | undefined;
  #converter: Converter | undefined;
  #busy = false;
  #title = "In [0]";
  /** What the cells declare, when the compiler has not seen it. */
  #unseen: string | undefined;
  #problems: { readonly diagnostics: readonly Diagnostic[]; readonly source: string } | undefined;

  /**
   * @param fork - tslab's compiler
   * @param folder - the notebook's folder
   * @param compiled - where cells are looked for before they are compiled
   */
  constructor(fork: Fork, folder: string, compiled?: CompiledCells) {
    this.fork = fork;
    this.#compiled = compiled;
    this.#folder = folder.replaceAll("\\", "/");
  }

  /** The compiler as tslab's executor takes it. */
  get converters(): ConverterSet {
    const converter: Converter = {
      convert: (previous, source) => this.#convert(previous, source),
      inspect: (...args) => this.#ask((inner) => inner.inspect(...args)),
      complete: (...args) => this.#ask((inner) => inner.complete(...args)),
      addModule: (name, content, meta) => {
        const diagnostics = this.#use((inner) => inner.addModule(name, content, meta));
        this.#problems = { diagnostics, source: content };
        return diagnostics;
      },
      close: () => this.#converter?.close(),
    };
    return { node: converter, browser: converter, close: () => converter.close() };
  }

  /**
   * Starts a cell.
   *
   * @param title - the name that tracebacks show
   */
  begin(title: string): void {
    this.#title = title;
    this.#problems = undefined;
  }

  /** Does the slow part of the first cell before there is one. */
  warm(): void {
    this.#use(() => undefined);
  }

  /**
   * Whether the compiler has not seen what the last cell declares, as it had been compiled before: the first completion
   * would wait until all that it imports is read.
   */
  get isBehind(): boolean {
    return this.#unseen !== undefined;
  }

  /** Lets the compiler read what the cells declare. */
  catchUp(): void {
    const declared = this.#unseen;
    if (declared !== undefined) this.#ask((inner) => inner.inspect(declared, "", 0));
  }

  /** A question about the cells, for which the compiler reads all that they declare. */
  #ask<T>(question: (converter: Converter) => T): T {
    this.#unseen = undefined;
    return this.#use(question);
  }

  /** What the compiler found in the cell, as an error; undefined when it found nothing. */
  get problems(): ShownError | undefined {
    if (this.#problems === undefined || this.#problems.diagnostics.length === 0) return undefined;
    const { diagnostics, source } = this.#problems;
    const shown = diagnostics.slice(0, 10).map((diagnostic) => this.#show(diagnostic, source));
    if (diagnostics.length > 10) shown.push(`… and ${diagnostics.length - 10} more`);
    const first = diagnostics[0]!;
    return {
      ename: "CompileError",
      evalue: `${this.#where(first)}: ${first.messageText}`,
      traceback: shown,
    };
  }

  #show(diagnostic: Diagnostic, cell: string): string {
    const source = diagnostic.fileName === undefined ? cell : readIfThere(diagnostic.fileName);
    const position = { line: diagnostic.start.line + 1, column: diagnostic.start.character + 1 };
    const headline =
      `\u001b[31mTS${diagnostic.code}\u001b[39m ${this.#where(diagnostic)}: ` +
      diagnostic.messageText;
    const length = diagnostic.end.offset - diagnostic.start.offset;
    return source === undefined ? headline : `${headline}\n${codeFrame(source, position, length)}`;
  }

  #where(diagnostic: Diagnostic): string {
    const title = diagnostic.fileName ?? this.#title;
    return `${title}, line ${diagnostic.start.line + 1}, column ${diagnostic.start.character + 1}`;
  }

  #convert(previous: string, source: string): Conversion {
    const known = this.#compiled?.find(previous, source);
    if (known !== undefined) {
      this.#unseen = known.declOutput;
      return this.#runnable({ ...known, diagnostics: [] }, source, known.map);
    }
    this.#unseen = undefined;
    const { maps, ts, realPath } = this.fork;
    maps.clear();
    const cell = withValues(ts, previous, withoutExports(ts, source));
    const result = this.#use((inner) => inner.convert(previous, cell));
    this.#problems = { diagnostics: result.diagnostics, source };
    for (const side of result.sideOutputs ?? []) {
      side.path = realPath(side.path);
      this.#registerSideModule(side.path);
    }
    if (result.output === undefined) return result;
    // tslab looks for `await` expressions alone.
    result.hasToplevelAwait ||= this.#awaitsInLoop(source);
    const map = maps.get(this.#cellPath);
    this.#keep(previous, source, result, map);
    return this.#runnable(result, source, map);
  }

  /** The conversion with a text to run whose tracebacks lead back to the source. */
  #runnable(conversion: Conversion, source: string, map: string | undefined): Conversion {
    const name = `cell:${this.#title.replaceAll(" ", "")}`;
    registerScript(name, {
      title: this.#title,
      source,
      map,
      prefixLength: (conversion.hasToplevelAwait === true ? asyncWrapper : wrapper).length,
      addedLines: 1,
    });
    return { ...conversion, output: `${conversion.output}\n//# sourceURL=${name}` };
  }

  #keep(previous: string, source: string, result: Conversion, map: string | undefined): void {
    const { output, declOutput, hasToplevelAwait = false, lastExpressionVar = "" } = result;
    if (output === undefined || declOutput === undefined || map === undefined) return;
    const cells = [`${this.#folder}/__prev__.d.ts`, `${this.#cellPath}.ts`];
    const imported = this.fork.files().filter((file) => !cells.includes(file));
    const cell = { output, declOutput, hasToplevelAwait, lastExpressionVar, map };
    void this.#compiled?.keep(previous, source, cell, imported);
  }

  /** The path of a cell to the compiler, without its ending. */
  get #cellPath(): string {
    return `${this.#folder}/__tslab__`;
  }

  #awaitsInLoop(source: string): boolean {
    if (!source.includes("await")) return false;
    const { ts } = this.fork;
    const awaits = (node: TypeScript.Node): boolean =>
      (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
      (!ts.isFunctionLike(node) && !ts.isClassLike(node) && ts.forEachChild(node, awaits) === true);
    return awaits(ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest));
  }

  #registerSideModule(path: string): void {
    const stem = path.replace(/\.jsx?$/, "");
    const written = [`${stem}.ts`, `${stem}.tsx`, path].find(
      (name) => readIfThere(name) !== undefined,
    );
    registerScript(path, {
      title: written ?? path,
      source: (written === undefined ? undefined : readIfThere(written)) ?? "",
      map: this.fork.maps.get(stem),
      prefixLength: 0,
      addedLines: written === undefined ? 1 : 0,
    });
  }

  /**
   * Calls tslab's converter. An exception, or an interrupt (which no `catch` sees), can leave it half
   * updated: the next call then makes a new one.
   */
  #use<T>(call: (converter: Converter) => T): T {
    if (this.#busy) {
      this.#converter = undefined;
      this.#busy = false;
    }
    this.#converter ??= this.fork.createConverter(this.#folder);
    this.#busy = true;
    const result = call(this.#converter);
    this.#busy = false;
    return result;
  }
}

/**
 * Whether nothing but imports stands before the import of a module: then the cell has done nothing yet when
 * that import fails.
 *
 * @param ts - TypeScript
 * @param source - the cell
 * @param specifier - the module's name in the import
 * @returns whether the cell can run again from its start
 */
export function importsOnlyBefore(
  ts: typeof TypeScript,
  source: string,
  specifier: string,
): boolean {
  for (const statement of ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest)
    .statements) {
    if (!ts.isImportDeclaration(statement)) return false;
    const name = statement.moduleSpecifier;
    if (ts.isStringLiteral(name) && name.text === specifier) return true;
  }
  return false;
}

/**
 * The cell without the `export` before its declarations: tslab exports every name itself, and a second
 * export of a name is an error. Spaces stand in, so that positions stay.
 */
function withoutExports(ts: typeof TypeScript, source: string): string {
  if (!source.includes("export")) return source;
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest);
  let text = source;
  const blank = (start: number, end: number): void => {
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end);
  };
  for (const statement of file.statements) {
    const isLocalList =
      ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined;
    if (isLocalList) blank(statement.getStart(file), statement.end);
    if (!ts.canHaveModifiers(statement)) continue;
    const modifiers = ts.getModifiers(statement) ?? [];
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) continue;
    for (const modifier of modifiers) {
      if (modifier.kind === ts.SyntaxKind.ExportKeyword)
        blank(modifier.getStart(file), modifier.end);
    }
  }
  return text;
}

/**
 * The cell without the `type` of imports whose names earlier cells have imported as values: tslab takes the new
 * import in place of the old one, and later cells would find the type alone. Spaces stand in here too.
 */
function withValues(ts: typeof TypeScript, previous: string, source: string): string {
  if (!/\bimport\b[^;'"]*\btype\b/.test(source)) return source;
  const parse = (text: string): TypeScript.ImportDeclaration[] =>
    ts
      .createSourceFile("cell.ts", text, ts.ScriptTarget.Latest)
      .statements.filter(ts.isImportDeclaration);
  const names = ({
    importClause,
    moduleSpecifier,
  }: TypeScript.ImportDeclaration): ImportedName[] => {
    if (importClause === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    const { name, namedBindings, isTypeOnly } = importClause;
    const bindings: readonly (TypeScript.ImportSpecifier | TypeScript.NamespaceImport)[] =
      namedBindings === undefined
        ? []
        : ts.isNamedImports(namedBindings)
          ? namedBindings.elements
          : [namedBindings];
    const own = bindings.map((node) => ({
      key: `${node.name.text} ${moduleSpecifier.text}`,
      isType: isTypeOnly || (ts.isImportSpecifier(node) && node.isTypeOnly),
      start: isTypeOnly ? importClause.pos : node.pos,
    }));
    const key = `${name?.text} ${moduleSpecifier.text}`;
    return name === undefined
      ? own
      : [...own, { key, isType: isTypeOnly, start: importClause.pos }];
  };
  const values = new Set(
    parse(previous)
      .flatMap(names)
      .flatMap(({ key, isType }) => (isType ? [] : [key])),
  );
  let text = source;
  for (const { key, isType, start } of parse(source).flatMap(names)) {
    if (!isType || !values.has(key)) continue;
    text = text.slice(0, start) + text.slice(start).replace(/^(\s*)type\b/, "$1    ");
  }
  return text;
}

/** A name that an import declares. */
interface ImportedName {
  /** The name and its module. */
  readonly key: string;
  readonly isType: boolean;
  /** Where the `type` before it stands, if any, behind white space. */
  readonly start: number;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
