/**
 * The cells as the module files that TypeScript sees. A cell's file begins with one line that brings the names of
 * earlier cells from their files: `import * as cell3$ from "cell:3"; import f = cell3$.f; declare let x: typeof cell3$.x;`
 * (what can be assigned is declared as a variable: an import cannot be assigned to). Then comes its own text, then
 * its exports. Each file has a name of its own, that of a cell that runs again too: what is once known of a file stays true.
 */
import type TypeScript from "typescript";
import type { Ts } from "./files.js";
import { assignmentsOf } from "./ownCopies.js";
import { cellPath, cellScheme } from "./resolution.js";
import type { VirtualFile, World } from "./service.js";
import {
  topLevelNames,
  withoutExports,
  withValues,
  wordsIn,
  type TopLevelName,
  type TypeParameters,
} from "./topLevel.js";

/** A cell, ready to be checked. */
export interface CellFile {
  /** The name of its file, a number. */
  readonly name: string;
  readonly source: string;
  readonly declared: ReadonlyMap<string, TopLevelName>;
  /** The names of earlier cells that it may use. */
  readonly earlier: ReadonlyMap<string, KnownName>;
  /** What it says about names that no cell owns. */
  readonly augments: ReadonlySet<string>;
  readonly hasJsx: boolean;
  /** What its file begins with: how JSX is meant. */
  readonly pragma: string;
  /** The names that JSX becomes calls of. */
  readonly factories: readonly string[];
  /** The text between the first line and the exports. */
  readonly body: string;
  readonly showsValue: boolean;
  /** The names that its top-level code may keep copies of. */
  readonly copied: ReadonlySet<string>;
  /** The names that it can assign after its top-level code has gone on. */
  readonly later: ReadonlySet<string>;
  /** Stands for the cell's text and for all that its names meant. */
  readonly identity: string;
}

/** A name and the cell that declared it last. */
export interface KnownName extends TopLevelName {
  readonly owner: KeptCell;
  /** The type of that name where another cell declared it: `type Box<T> = …` beside `const Box = …`. */
  readonly type?: { readonly owner: KeptCell; readonly parameters: TypeParameters | undefined };
}

/** A cell that has run. */
interface KeptCell {
  file: CellFile;
  readonly owns: Set<string>;
}

/** Keeps the cells' files in step with what has run. */
export class CellFiles {
  readonly #ts: Ts;
  /** The options that cells have now. */
  readonly #options: () => TypeScript.CompilerOptions;
  readonly #hash: (text: string) => string;
  readonly #files: Map<string, VirtualFile>;
  readonly #names = new Map<string, KnownName>();
  readonly #kept = new Set<KeptCell>();
  /** The names that cells which have run can still assign. */
  readonly #assignable = new Set<string>();
  /** Cells whose files lack what the cell that is looked at says anew. */
  readonly #silenced = new Set<KeptCell>();
  #shown: CellFile | undefined;
  #count = 0;

  /**
   * @param world - TypeScript, and the options that say how JSX is meant
   * @param files - where the files are put
   * @param hash - a short text for a long one
   */
  constructor(
    { ts, optionsIn, places }: Pick<World, "ts" | "optionsIn" | "places">,
    files: Map<string, VirtualFile>,
    hash: (text: string) => string,
  ) {
    this.#ts = ts;
    this.#options = () => optionsIn(places.folder);
    this.#files = files;
    this.#hash = hash;
  }

  /** The path of the cell that is looked at. */
  get path(): string {
    return cellPath(this.#shown?.name ?? "");
  }

  /** The names that cells have declared. */
  get names(): ReadonlyMap<string, KnownName> {
    return this.#names;
  }

  /**
   * Reads a cell.
   *
   * @param source - its text
   * @param withAll - whether all names of earlier cells are brought, not just those that it uses
   * @returns the cell
   */
  read(source: string, withAll: boolean = false): CellFile {
    const ts = this.#ts;
    source = source.replace(/^#!/, "//"); // it stands on the first line for who wrote it
    const written = this.#parse(source);
    const text = withValues(ts, written.file, (name, module) => {
      const known = this.#names.get(name);
      return known?.kind === "import" && known.module === module;
    });
    const { file, hasJsx } = text === source ? written : this.#parse(text);
    const declared = topLevelNames(ts, file);
    const body = withoutExports(ts, file);
    const jsx = this.#jsx(file, declared);
    const words = wordsIn(`${source} ${jsx.factories.join(" ")}`);
    const earlier = new Map<string, KnownName>();
    for (const [name, known] of this.#names) {
      const own = declared.get(name);
      const staying = own === undefined ? known : otherHalf(known, own);
      if (staying !== undefined && (withAll || words.has(name))) earlier.set(name, staying);
    }
    const last = file.statements.at(-1);
    const { later, copied } = assignmentsOf(ts, file);
    const assignable = [...declared.keys()].filter((name) => this.#assignable.has(name));
    return {
      name: String(++this.#count),
      ...{ source, declared, earlier, hasJsx, body },
      ...jsx,
      copied: new Set([...copied].filter((name) => !this.#assignable.has(name))),
      later,
      augments: augmentedNames(ts, file),
      showsValue:
        last !== undefined &&
        ts.isExpressionStatement(last) &&
        !file.text.slice(last.expression.end, last.end).includes(";"),
      identity: this.#hash(
        JSON.stringify([
          source,
          assignable,
          this.#options(),
          [...earlier].map(([name, known]) => [
            ...[name, known.kind],
            ...ownersOf(known).map(({ file }) => file.identity),
          ]),
        ]),
      ),
    };
  }

  /**
   * Makes a cell the one that is looked at.
   *
   * @param cell - the cell; undefined for none
   * @returns the names of all cells that count, and how many characters stand before the cell's own text
   */
  show(cell?: CellFile): { readonly names: readonly string[]; readonly start: number } {
    this.#hide();
    this.#shown = cell;
    for (const kept of this.#silenced) if (this.#kept.has(kept)) this.#put(kept.file);
    this.#silenced.clear();
    const names = [...this.#kept].map(({ file }) => file.name);
    if (cell === undefined) return { names, start: 0 };
    // What it says anew about a name that no cell owns is not held against what an earlier cell said.
    if (cell.augments.size > 0)
      for (const kept of this.#kept)
        if (isWithin(kept.file.augments, cell.augments)) this.#silence(kept);
    this.#put(cell);
    return { names: [...names, cell.name], start: firstLine(cell).length };
  }

  /** Lets go of all cells. */
  forget(): void {
    this.#shown = undefined;
    this.#names.clear();
    this.#kept.clear();
    this.#assignable.clear();
    this.#silenced.clear();
    this.#files.clear();
  }

  /** Lets go of the cell that was looked at and did not run. */
  #hide(): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    if (![...this.#kept].some(({ file }) => file.name === shown.name))
      this.#files.delete(cellPath(shown.name));
  }

  /**
   * Keeps a cell that has run, to its end or not.
   *
   * @param cell - the cell
   * @param hasName - whether it came to the declaration of a name
   */
  keep(cell: CellFile, hasName: (name: string) => boolean): void {
    for (const name of cell.later) this.#assignable.add(name);
    const owns = new Set<string>();
    const kept: KeptCell = { file: cell, owns };
    for (const name of cell.declared.values()) {
      if (name.kind !== "type" && name.kind !== "ambient" && !hasName(name.name)) continue;
      const known = this.#names.get(name.name);
      const now = withOtherHalf({ ...name, owner: kept }, known && otherHalf(known, name));
      if (known !== undefined) for (const owner of ownersOf(known)) owner.owns.delete(name.name);
      for (const owner of ownersOf(now)) owner.owns.add(name.name);
      this.#names.set(name.name, now);
    }
    if (owns.size === 0 && cell.augments.size === 0) return;
    for (const other of this.#kept)
      if (isWithin(other.file.augments, cell.augments)) this.#drop(other);
    this.#kept.add(kept);
    this.#put(cell);
    this.#release();
  }

  #silence(kept: KeptCell): void {
    this.#silenced.add(kept);
    this.#put({ ...kept.file, body: withoutAugmentations(this.#ts, kept.file) });
  }

  /** What it says about names that no cell owns is said anew. */
  #drop(kept: KeptCell): void {
    const { file } = kept;
    kept.file = { ...file, body: withoutAugmentations(this.#ts, file), augments: new Set() };
    this.#put(kept.file);
  }

  /**
   * The files of the cells that a cell's names come from, and of those that their names come from.
   *
   * @param cell - the cell that is looked at
   * @returns their paths, its own first
   */
  behind(cell: CellFile): string[] {
    const files = new Set([cell]);
    // A set goes on with what is added on the way.
    for (const { earlier } of files)
      for (const known of earlier.values())
        for (const owner of ownersOf(known)) files.add(owner.file);
    return [...files].map(({ name }) => cellPath(name));
  }

  /** Lets go of cells whose names all belong to later ones, unless one that stays speaks of them. */
  #release(): void {
    const needed = new Set<KeptCell>();
    const need = (cell: KeptCell): void => {
      if (needed.has(cell)) return;
      needed.add(cell);
      for (const known of cell.file.earlier.values()) ownersOf(known).forEach(need);
    };
    for (const cell of this.#kept)
      if (cell.owns.size > 0 || cell.file.augments.size > 0) need(cell);
    for (const cell of this.#kept) {
      if (needed.has(cell)) continue;
      this.#kept.delete(cell);
      this.#files.delete(cellPath(cell.file.name));
    }
  }

  #put(cell: CellFile): void {
    const names = [...cell.declared.keys()].join(", ");
    const text = `${firstLine(cell)}${cell.body}\nexport { ${names} };`;
    const path = cellPath(cell.name);
    if (this.#files.get(path)?.text === text) return;
    // The text serves as its own version: another notebook's cells may have been parsed under this path.
    this.#files.set(path, { text, version: `${cell.hasJsx} ${text}`, hasJsx: cell.hasJsx });
  }

  /** As TypeScript, or, where that cannot be read, as TypeScript with JSX, in which `<T>x` is no cast. */
  #parse(source: string): { readonly file: TypeScript.SourceFile; readonly hasJsx: boolean } {
    const ts = this.#ts;
    const parse = (kind: TypeScript.ScriptKind): TypeScript.SourceFile =>
      ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true, kind);
    const plain = parse(ts.ScriptKind.TS);
    const problems = syntaxErrors(plain);
    if (problems === 0 || !/<[\w>]/.test(source)) return { file: plain, hasJsx: false };
    const withJsx = parse(ts.ScriptKind.TSX);
    return syntaxErrors(withJsx) < problems
      ? { file: withJsx, hasJsx: true }
      : { file: plain, hasJsx: false };
  }

  /**
   * How JSX is meant, for the head of the file: as the cell's own comment says, or tsconfig.json, or by calls of `React`,
   * or of preact's `h`, where cells have them.
   */
  #jsx(
    file: TypeScript.SourceFile,
    declared: ReadonlyMap<string, TopLevelName>,
  ): Pick<CellFile, "pragma" | "factories"> {
    if (file.languageVariant !== this.#ts.LanguageVariant.JSX) return { pragma: "", factories: [] };
    const own = file.text.match(/\/\*\*[^]*?\*\//g)?.filter((text) => /@jsx/.test(text)) ?? [];
    const of = (mark: string): string | undefined =>
      new RegExp(`@${mark}\\s+([\\w$.]+)`).exec(own.join(" "))?.[1];
    const has = (name: string): boolean => {
      const known = declared.get(name) ?? this.#names.get(name);
      return known !== undefined && known.kind !== "type";
    };
    const { jsxFactory, jsxFragmentFactory = "" } = this.#options();
    if (own.length === 0 && jsxFactory !== undefined)
      return { pragma: "", factories: [jsxFactory, jsxFragmentFactory].map(rootOf).filter(has) };
    const isOther = of("jsxImportSource") !== undefined || of("jsxRuntime") === "automatic";
    const factory = isOther ? undefined : (of("jsx") ?? ["React", "h"].find(has));
    if (factory === undefined) return { pragma: own.join(" "), factories: [] };
    const fragment = of("jsxFrag") ?? (factory === "React" ? "React.Fragment" : "Fragment");
    const element = factory === "React" ? "React.createElement" : factory;
    return {
      pragma: `/** @jsxRuntime classic */ /** @jsx ${element} */ /** @jsxFrag ${fragment} */ `,
      factories: [...new Set([element, fragment].map(rootOf))].filter(has),
    };
  }
}

/** The name that such as "React.createElement" begins with. */
function rootOf(name: string): string {
  return name.split(".")[0]!;
}

/** What brings the names of earlier cells; a module in any case, even when the cell ends within a comment. */
function firstLine({ earlier, declared, pragma, body }: CellFile): string {
  const names = [...earlier].map(([name, { kind, isType, owner, type, parameters }]) => {
    const there = `cell${owner.file.name}$.${name}`;
    const value = `declare const ${name}: typeof ${there};`;
    if (type !== undefined) return `${typeLine(name, type)} ${value}`;
    if (declared.has(name)) return kind === "type" ? typeLine(name, { owner, parameters }) : value;
    if (!isType && (kind === "variable" || kind === "var"))
      return `declare let ${name}: typeof ${there};`;
    // As an import it would be asked for the type that `const xs = []` never got.
    if (!isType && kind === "constant") return value;
    return `import ${name} = ${there};`;
  });
  const owners = new Set([...earlier.values()].flatMap(ownersOf).map(({ file }) => file.name));
  const imports = [...owners].map((n) => `import * as cell${n}$ from "${cellScheme}${n}";`);
  // It gives all of Node's modules, whose declarations are else read one by one.
  const types = body.includes("getBuiltinModule") ? '/// <reference types="node" />' : "";
  return `${types}${pragma}${["export {};", ...imports, ...names].join(" ")}\n`;
}

/** Brings a type without the value that may be exported beside it. */
function typeLine(name: string, { owner, parameters }: NonNullable<KnownName["type"]>): string {
  const there = `cell${owner.file.name}$.${name}`;
  return parameters === undefined
    ? `import ${name} = ${there};`
    : `type ${name}${parameters.declared} = ${there}${parameters.used};`;
}

function syntaxErrors(file: TypeScript.SourceFile): number {
  return (file as unknown as { readonly parseDiagnostics: readonly unknown[] }).parseDiagnostics
    .length;
}

/** The names in `declare global { … }` and `declare module "…" { … }`, each with where it is declared. */
function augmentedNames(ts: Ts, file: TypeScript.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of file.statements.filter((one) => isAugmentation(ts, one))) {
    const { name, body } = statement as TypeScript.ModuleDeclaration;
    if (body === undefined || !ts.isModuleBlock(body)) continue;
    for (const inner of body.statements) {
      const declared = ts.isVariableStatement(inner)
        ? inner.declarationList.declarations.map((one) => one.name.getText(file))
        : [(inner as { readonly name?: TypeScript.Node }).name?.getText(file) ?? ""];
      for (const one of declared) names.add(`${name.text} ${one}`);
    }
  }
  return names;
}

function isAugmentation(ts: Ts, statement: TypeScript.Statement): boolean {
  return (
    ts.isModuleDeclaration(statement) &&
    (ts.isStringLiteral(statement.name) || statement.name.text === "global")
  );
}

function withoutAugmentations(ts: Ts, { body, hasJsx }: CellFile): string {
  const kind = hasJsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile("cell.ts", body, ts.ScriptTarget.Latest, true, kind);
  let text = body;
  for (const statement of file.statements.filter((one) => isAugmentation(ts, one)))
    text =
      text.slice(0, statement.pos) +
      text.slice(statement.pos, statement.end).replace(/[^\n]/g, " ") +
      text.slice(statement.end);
  return text;
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return part.size > 0 && [...part].every((name) => whole.has(name));
}

/** The cells that declared what a name means. */
function ownersOf({ owner, type }: KnownName): readonly KeptCell[] {
  return type === undefined ? [owner] : [owner, type.owner];
}

/**
 * What stays of a name beside its new declaration: `const User = …` in one cell and `type User = …` in another are one name
 * with two meanings, as they are in one module.
 */
function otherHalf(known: KnownName, next: TopLevelName): KnownName | undefined {
  const isValue = ({ kind }: TopLevelName): boolean => kind === "constant" || kind === "function";
  const { type, ...rest } = known;
  if (next.kind === "type") return isValue(known) ? rest : undefined;
  if (!isValue(next)) return undefined;
  if (known.kind === "type") return known;
  return type && { name: known.name, kind: "type", isType: true, ...type };
}

function withOtherHalf(next: KnownName, half: KnownName | undefined): KnownName {
  if (half === undefined) return next;
  const [value, { owner, parameters }] = next.kind === "type" ? [half, next] : [next, half];
  return { ...value, isType: true, type: { owner, parameters } };
}
