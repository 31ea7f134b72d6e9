/** TypeScript's language service over the cells, the user's files and the packages. */
import type TypeScript from "typescript";
import type { Files, Ts } from "./files.js";
import { importedBy, isSelfContained, loneFile, remove } from "./graft.js";
import type { OptionsIn } from "./options.js";
import type { ParsedFiles } from "./parsedFiles.js";
import { cellPath, cellScheme, isCell, Modules, type Places } from "./resolution.js";

/** A file that is on no disk. */
export interface VirtualFile {
  readonly text: string;
  readonly version: string;
  /** Whether its text is read as TypeScript with JSX. */
  readonly hasJsx: boolean;
}

/** What the compiler is given of the world around it. */
export interface World {
  readonly ts: Ts;
  readonly files: Files;
  readonly places: Places;
  readonly optionsIn: OptionsIn;
  /** The folder of TypeScript's own declarations. */
  readonly libFolder: string;
  /** Declarations that every cell sees, by their paths. */
  readonly globals: readonly string[];
  /** Whether a file changes with an installation or a build alone. */
  readonly isFixed: (path: string) => boolean;
  readonly parsed: ParsedFiles;
  /** The code cells of the notebook that a cell stands in, where that can be known. */
  readonly notebookOf?: (source: string) => readonly string[];
}

/** TypeScript's language service gives a file the version under which it was read. */
interface VersionedFile {
  readonly fileName: string;
  readonly version?: string;
}

/** TypeScript gives each file this import, whether it has JSX or not. */
const addedForJsx = /\/jsx(-dev)?-runtime$/;

/** The file that imports all cells: from it everything is reached. */
const root = cellPath("all");

/**
 * A language service whose answers follow the files as they are now.
 *
 * A new cell joins the program that is there (graft.ts). There is a new program when something else has changed: a
 * file of the user's, what a cell says about global names, or when a cell imports what nothing has imported before.
 */
export class Service {
  readonly #world: World;
  /** How all of its files are checked. */
  readonly options: TypeScript.CompilerOptions;
  readonly modules: Modules;
  readonly virtual: Map<string, VirtualFile>;
  readonly #versions = new Map<string, string>();
  readonly #service: TypeScript.LanguageService;
  readonly #roots: readonly string[];
  readonly #host: TypeScript.LanguageServiceHost;
  /** Files whose imports were not all found: they are looked for again. */
  readonly #lacking = new Set<string>();
  /** The cells' files that have been parsed, and whether they joined the program after it was made. */
  readonly #cells = new Map<string, { readonly hasJoined: boolean }>();
  /** Cells of the program that say something about other files. */
  #telling: readonly string[] = [];
  /** The files that were looked for when the program was made, be they in it or not. */
  readonly #sought = new Set<string>();
  /** The files that the user can change while the kernel runs, and that the program read. */
  ownFiles: readonly TypeScript.SourceFile[] = [];
  #isStale = true;
  /** Whether all imports are to be looked for again. */
  #looksAnew = false;
  #round = 0;

  /**
   * @param world - what the compiler is given
   * @param options - how files are checked
   * @param virtual - files that are on no disk, by their paths; changed by the caller
   */
  constructor(
    world: World,
    options: TypeScript.CompilerOptions,
    virtual: Map<string, VirtualFile>,
  ) {
    this.#world = world;
    this.options = options;
    this.virtual = virtual;
    this.#roots = [root, ...world.globals];
    this.modules = new Modules(world.ts, world.files, world.places, world.optionsIn);
    this.#host = this.#newHost();
    this.#service = world.ts.createLanguageService(this.#host, world.parsed);
  }

  /**
   * Sees from now on what has changed since the last call.
   *
   * @param cells - the names of the cells that count
   */
  refresh(cells: readonly string[]): void {
    this.modules.begin();
    for (const path of this.#versions.keys())
      if (!this.#world.isFixed(path)) this.#versions.delete(path);
    const paths = cells.map(cellPath);
    this.#release(new Set(paths));
    if (this.#isBehind() || !paths.every((path) => this.#join(path))) this.#renew(cells);
  }

  /**
   * Sees packages anew: some were installed over.
   *
   * @param stays - whether a file is seen as it was
   */
  forgetPackages(stays: (path: string) => boolean): void {
    this.modules.forget(stays);
    for (const path of this.#versions.keys()) if (!stays(path)) this.#versions.delete(path);
    this.#isStale = true;
    this.#looksAnew = true;
  }

  /** Lets go of the cells that count no longer. */
  #release(counting: ReadonlySet<string>): void {
    for (const [path, { hasJoined }] of this.#cells) {
      if (counting.has(path)) continue;
      if (hasJoined) remove(this.program, path);
      if (this.#telling.includes(path)) this.#isStale = true;
      this.#cells.delete(path);
      const { parsed, ts } = this.#world;
      parsed.releaseDocument(path, this.options, ts.ScriptKind.TS);
    }
  }

  /** Whether the program is not what it would be, were it made now, but for cells that it lacks. */
  #isBehind(): boolean {
    if (this.#isStale) return true;
    const { program } = this;
    const isOld = ({ fileName, version }: VersionedFile): boolean =>
      version !== this.#version(fileName);
    return (
      [...this.#lacking].some((path) => program.getSourceFile(path) !== undefined) ||
      (this.ownFiles as readonly VersionedFile[]).some(isOld) ||
      [...this.virtual.keys()].some((path) => {
        const file = program.getSourceFile(path) as VersionedFile | undefined;
        return file !== undefined && isOld(file);
      })
    );
  }

  /** Makes a cell part of the program that is there, if it can be. */
  #join(path: string): boolean {
    const { program } = this;
    if (this.#cells.has(path)) return true;
    const { options } = this;
    const { ts, parsed } = this.#world;
    const { getScriptSnapshot, getScriptKind, resolveModuleNameLiterals } = this.#host;
    const file = parsed.acquireDocument(
      path,
      options,
      getScriptSnapshot(path)!,
      this.#version(path),
      getScriptKind!(path),
    );
    const alone = loneFile(ts, file, options, resolveModuleNameLiterals!);
    const isThere = (imported: string): boolean =>
      this.#sought.has(imported) || program.getSourceFile(imported) !== undefined;
    if (!isSelfContained(ts, file) || !alone.imported.every(isThere)) return false;
    alone.join(program);
    this.#cells.set(path, { hasJoined: true });
    return true;
  }

  /** Makes a new program. */
  #renew(cells: readonly string[]): void {
    for (const [path, { hasJoined }] of this.#cells) if (hasJoined) remove(this.program, path);
    const text = ["export {};", ...cells.map((name) => `import "${cellScheme}${name}";`)].join(
      "\n",
    );
    this.virtual.set(root, { text, version: text, hasJsx: false });
    this.#isStale = true;
    this.#round++;
    const { program } = this;
    const { ts, isFixed } = this.#world;
    const paths = cells.map(cellPath);
    this.#sought.clear();
    for (const path of paths) {
      this.#cells.set(path, { hasJoined: false });
      for (const imported of importedBy(program, path)) this.#sought.add(imported);
    }
    this.#telling = paths.filter((path) => !isSelfContained(ts, program.getSourceFile(path)!));
    this.ownFiles = program
      .getSourceFiles()
      .filter(({ fileName }) => !this.virtual.has(fileName) && !isFixed(fileName));
    this.#isStale = false;
    this.#looksAnew = false;
  }

  /** Answers questions about a file. */
  get language(): TypeScript.LanguageService {
    return this.#service;
  }

  /** The program as it is now. */
  get program(): TypeScript.Program {
    return this.#service.getProgram()!;
  }

  /**
   * The files that the user can change while the kernel runs, as far as others import them.
   *
   * @param roots - the paths of the others: files of cells
   * @returns the files, once each
   */
  ownFilesFrom(roots: readonly string[]): readonly TypeScript.SourceFile[] {
    const { program } = this;
    const found = new Map<string, TypeScript.SourceFile>();
    const visit = (path: string): void => {
      const file = program.getSourceFile(path);
      if (file === undefined || found.has(path)) return;
      if (!this.virtual.has(path)) found.set(path, file);
      for (const next of importedBy(program, path))
        if (!isCell(next) && !this.#world.isFixed(next)) visit(next);
    };
    for (const root of roots) visit(root);
    return [...found.values()];
  }

  #newHost(): TypeScript.LanguageServiceHost {
    const { options } = this;
    const { ts, files, places, libFolder } = this.#world;
    const exists = (path: string): boolean => this.virtual.has(path) || files.fileExists(path);
    return {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...this.#roots],
      getProjectVersion: () => `${this.#round}`,
      getScriptVersion: (path) => this.#version(path),
      getScriptKind: (path) => {
        const virtual = this.virtual.get(path);
        if (virtual === undefined) return kindOf(ts, path);
        return virtual.hasJsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
      },
      getScriptSnapshot: (path) => {
        const virtual = this.virtual.get(path);
        if (virtual !== undefined) return ts.ScriptSnapshot.fromString(virtual.text);
        return this.#version(path) === "" ? undefined : new LazySnapshot(files, path);
      },
      getCurrentDirectory: () => places.folder,
      getDefaultLibFileName: () => `${libFolder}/lib.d.ts`,
      useCaseSensitiveFileNames: () => true,
      fileExists: exists,
      readFile: (path) => this.virtual.get(path)?.text ?? files.readFile(path),
      directoryExists: files.directoryExists,
      getDirectories: (path) => [...files.directories(path)],
      realpath: files.realPath,
      resolveModuleNameLiterals: (literals, from) => {
        // What TypeScript adds stands nowhere in the text.
        const isNeedless = ({ pos }: TypeScript.Node): boolean =>
          pos < 0 && this.virtual.get(from)?.hasJsx === false;
        const found = literals.map((literal) =>
          isNeedless(literal)
            ? { resolvedModule: undefined }
            : this.modules.resolve(literal.text, from),
        );
        const isLacking = literals.some(
          ({ text }, i) =>
            found[i]!.resolvedModule === undefined &&
            !places.isBuiltin(text) &&
            !addedForJsx.test(text),
        );
        if (isLacking && !this.#world.isFixed(from)) this.#lacking.add(from);
        else this.#lacking.delete(from);
        return found;
      },
      resolveTypeReferenceDirectiveReferences: (references, from) =>
        references.map((reference) =>
          this.modules.resolveTypes(
            typeof reference === "string" ? reference : reference.fileName,
            from,
          ),
        ),
      ...({
        // TypeScript finds here, in place of the disk, what kind of package a file belongs to.
        getModuleResolutionCache: () => this.modules.cache,
        hasInvalidatedResolutions: (path: string) => this.#looksAnew || this.#lacking.has(path),
      } as object),
    };
  }

  #version(path: string): string {
    const virtual = this.virtual.get(path);
    if (virtual !== undefined) return virtual.version;
    let version = this.#versions.get(path);
    if (version === undefined) {
      version = this.#world.files.stamp(path);
      this.#versions.set(path, version);
    }
    return version;
  }
}

/** A text that is read once it is needed. */
class LazySnapshot implements TypeScript.IScriptSnapshot {
  readonly #files: Files;
  readonly #path: string;
  #text: string | undefined;

  constructor(files: Files, path: string) {
    this.#files = files;
    this.#path = path;
  }

  get #read(): string {
    return (this.#text ??= this.#files.readFile(this.#path) ?? "");
  }

  getText(start: number, end: number): string {
    return this.#read.slice(start, end);
  }

  getLength(): number {
    return this.#read.length;
  }

  getChangeRange(): undefined {
    return undefined;
  }
}

function kindOf(ts: Ts, path: string): TypeScript.ScriptKind {
  if (/\.tsx$/.test(path)) return ts.ScriptKind.TSX;
  if (/\.jsx$/.test(path)) return ts.ScriptKind.JSX;
  if (/\.[cm]?js$/.test(path)) return ts.ScriptKind.JS;
  return path.endsWith(".json") ? ts.ScriptKind.JSON : ts.ScriptKind.TS;
}
