/** TypeScript's language service over the cells, the user's files and the packages. */
import type TypeScript from "typescript";
import type { Files, Ts } from "./files.js";
import { Modules, type Places } from "./resolution.js";

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
  readonly options: TypeScript.CompilerOptions;
  /** The folder of TypeScript's own declarations. */
  readonly libFolder: string;
  /** Declarations that every cell sees, by their paths. */
  readonly globals: readonly string[];
  /** Whether a file changes with an installation or a build alone. */
  readonly isFixed: (path: string) => boolean;
  readonly parsed: TypeScript.DocumentRegistry;
  /** The code cells of the notebook that a cell stands in, where that can be known. */
  readonly notebookOf?: (source: string) => readonly string[];
}

/** TypeScript gives each file this import, whether it has JSX or not. */
const addedForJsx = /\/jsx(-dev)?-runtime$/;

/** A language service whose answers follow the files as they are now. */
export class Service {
  readonly #world: World;
  readonly modules: Modules;
  readonly virtual: Map<string, VirtualFile>;
  readonly #versions = new Map<string, string>();
  readonly #service: TypeScript.LanguageService;
  readonly #roots: readonly string[];
  /** Files whose imports were not all found: they are looked for again. */
  readonly #lacking = new Set<string>();
  #round = 0;

  /**
   * @param world - what the compiler is given
   * @param virtual - files that are on no disk, by their paths; changed by the caller
   * @param root - the file from which everything is reached
   */
  constructor(world: World, virtual: Map<string, VirtualFile>, root: string) {
    this.#world = world;
    this.virtual = virtual;
    this.#roots = [root, ...world.globals];
    this.modules = new Modules(world.ts, world.files, world.places, world.options);
    this.#service = world.ts.createLanguageService(this.#host(), world.parsed);
  }

  /** Sees from now on what has changed since the last call. */
  refresh(): void {
    this.#round++;
    this.modules.begin();
    for (const path of this.#versions.keys())
      if (!this.#world.isFixed(path)) this.#versions.delete(path);
  }

  /** Sees packages anew: one of them was installed over. */
  forgetPackages(): void {
    this.modules.forget();
    this.#versions.clear();
  }

  /** Answers questions about a file. */
  get language(): TypeScript.LanguageService {
    return this.#service;
  }

  /** The program as it is now. */
  get program(): TypeScript.Program {
    return this.#service.getProgram()!;
  }

  /** The files that the user can change while the kernel runs, and that the program read. */
  get ownFiles(): readonly TypeScript.SourceFile[] {
    return this.program
      .getSourceFiles()
      .filter(({ fileName }) => !this.virtual.has(fileName) && !this.#world.isFixed(fileName));
  }

  #host(): TypeScript.LanguageServiceHost {
    const { ts, files, places, options, libFolder } = this.#world;
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
        const found = literals.map(({ text }) => this.modules.resolve(text, from));
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
        hasInvalidatedResolutions: (path: string) => this.#lacking.has(path),
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
