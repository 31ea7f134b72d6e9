/** Compiles cells: checks one against all that the cells before it declared, and makes of it what runs. */
import { assist, type Assistance, type Inspection } from "./assistance.js";
import { CellFiles, type CellFile } from "./cellFiles.js";
import { folderOf } from "./files.js";
import { helperModule, type HelperModule } from "./helperModule.js";
import { OtherFolders } from "./otherFolders.js";
import { bindNothing } from "./parsedFiles.js";
import { notModule, problemsOf, type Problem } from "./problems.js";
import { Service, type VirtualFile, type World } from "./service.js";
import { sharedScope, type Marks } from "./sharedScope.js";
import { cellPath, cellsFolder } from "./resolution.js";
import type { NameKind } from "./topLevel.js";

/** A cell that is ready to run. */
export interface CompiledCell {
  /** The body of an async function. */
  readonly code: string;
  readonly map: string;
  readonly marks: Marks;
  /** The shared names that it reads or writes. */
  readonly uses: readonly string[];
  /** The shared names that it declares. */
  readonly declares: readonly { readonly name: string; readonly kind: NameKind }[];
  /** The names that it imports and that are types alone. */
  readonly types: readonly string[];
}

/** What compiling gave: something that runs, or what is wrong. */
export type Compilation =
  | { readonly cell: CompiledCell; readonly file: CellFile }
  | { readonly problems: readonly Problem[] };

/** Where compiled cells are kept between one kernel and the next. */
export interface Store {
  find(identity: string): CompiledCell | undefined;
  /** Keeps a cell that was compiled from those files. */
  keep(identity: string, cell: CompiledCell, files: readonly string[]): Promise<void>;
}

/** Compiles the cells of one notebook. */
export class CellCompiler {
  readonly world: World;
  #hash: (text: string) => string;
  #store: Store | undefined;
  #virtual = new Map<string, VirtualFile>();
  readonly #cells: CellFiles;
  #service: Service;
  #others: OtherFolders;
  #isBusy = false;
  /** The program may lack what was kept since it was made. */
  #isBehind = false;
  /** Files of the user's, with their versions, that were found right together. */
  readonly #checked = new Set<string>();

  /**
   * @param world - what the compiler is given of the world around it
   * @param hash - a short text for a long one
   * @param store - where compiled cells are looked for
   */
  constructor(world: World, hash: (text: string) => string, store?: Store) {
    this.world = world;
    this.#hash = hash;
    this.#store = store;
    this.#cells = new CellFiles(world, this.#virtual, (text) => this.#hash(text));
    this.#service = new Service(world, world.optionsIn(world.places.folder), this.#virtual);
    this.#others = new OtherFolders(world);
  }

  /**
   * Begins another notebook, with what is known of packages.
   *
   * @param hash - a short text for a long one
   * @param store - where compiled cells are looked for
   */
  beginAnew(hash: (text: string) => string, store: Store | undefined): void {
    this.#hash = hash;
    this.#store = store;
    this.#cells.forget();
    this.#isBehind = false;
  }

  /** Whether the next question waits for what the last cell brought. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Does what the next question would wait for. */
  catchUp(): void {
    this.#use(() => {
      this.#show();
      this.#service.program.getTypeChecker();
      this.#isBehind = false;
    });
  }

  /**
   * Checks and compiles a cell.
   *
   * @param source - its text
   * @returns what runs, or what is wrong with it
   */
  compile(source: string): Compilation {
    const file = this.#cells.read(source);
    const kept = this.#store?.find(file.identity);
    if (kept !== undefined) {
      this.#isBehind = true;
      return { cell: kept, file };
    }
    return this.#use(() => {
      const compilation = this.#compile(file);
      if ("cell" in compilation)
        void this.#store?.keep(file.identity, compilation.cell, this.#files());
      return compilation;
    });
  }

  /** Goes the way that the first cell will have to find, with a cell that nobody wrote and nothing keeps. */
  practise(): void {
    this.#use(() => this.#compile(this.#cells.read("0")));
  }

  /**
   * What a cell declares is known from now on.
   *
   * @param file - the cell
   * @param hasName - whether it came to the declaration of a name
   */
  keep(file: CellFile, hasName: (name: string) => boolean): void {
    this.#cells.keep(file, hasName);
    this.#isBehind = true;
  }

  /**
   * Answers questions about a cell that is being written.
   *
   * @param source - its text
   * @returns completion, inspection
   */
  assist(source: string): Assistance {
    return this.#use(() => {
      const file = this.#cells.read(source, true);
      const start = this.#show(file);
      this.#isBehind = false;
      const { ts, files, places } = this.world;
      const names = new Set(file.earlier.keys());
      const { language } = this.#service;
      return assist({ ts, files, places, language, path: this.#cells.path, source, start, names });
    });
  }

  /**
   * Explains what stands in a cell: as a value, or as a type where no value has the name.
   *
   * @param source - the cell's text
   * @param cursor - the place in it
   * @returns undefined where there is nothing to explain
   */
  inspect(source: string, cursor: number): Inspection | undefined {
    const found = this.assist(source).inspect(cursor);
    if (found !== undefined) return found;
    const [before] = /[\p{ID_Continue}$]*$/u.exec(source.slice(0, cursor))!;
    const [after] = /^[\p{ID_Continue}$]*/u.exec(source.slice(cursor))!;
    const name = before + after;
    if (!this.#cells.names.has(name)) return undefined;
    const asType = `type in$ = ${name}`;
    return this.assist(asType).inspect(asType.length);
  }

  /**
   * Compiles a file of the user's.
   *
   * @param path - the file
   * @param text - its text
   * @returns what runs
   */
  helper(path: string, text: string): HelperModule {
    return helperModule(this.world.ts, this.world.optionsIn(folderOf(path)), path, text);
  }

  /**
   * The file that a module's name means, where it is one that the compiler makes run.
   *
   * @param name - the module's name
   * @param from - the file that imports it; undefined for a cell
   * @returns the file's path, or undefined for Node's modules and packages
   */
  resolve(name: string, from: string = cellPath("any")): string | undefined {
    const found = this.#service.modules.resolve(name, from).resolvedModule;
    if (found === undefined) return undefined;
    const { files, isFixed } = this.world;
    const path = found.resolvedFileName;
    if (isFixed(path)) return undefined;
    const declaration = /\.d(\.[^.]+)?\.([cm]?)ts$/.exec(path);
    if (declaration === null) return path;
    const stem = path.slice(0, declaration.index);
    const script = `${stem}${declaration[1] ?? `.${declaration[2]}js`}`;
    return /^[./]/.test(name) && files.fileExists(script) ? script : undefined;
  }

  /**
   * Makes a module of a cell's text: other cells import it by its name.
   *
   * @param name - the module's name
   * @param text - its text
   * @returns what is wrong with it
   */
  addModule(name: string, text: string): readonly Problem[] {
    const path = `${this.world.places.folder}/${name}.module.ts`;
    return this.#use(() => {
      this.#virtual.set(path, { text, version: this.#hash(text), hasJsx: false });
      this.#service.modules.own.set(name, path);
      this.#show(this.#cells.read(`import "./${name}";`));
      const problems = problemsOf(this.world, this.#service, path, text, 0, this.#cells);
      if (problems.length > 0) {
        this.#virtual.delete(path);
        this.#service.modules.own.delete(name);
      }
      return problems;
    });
  }

  /** The text of a module that a cell has made. */
  moduleText(path: string): string | undefined {
    return this.#virtual.get(path)?.text;
  }

  /**
   * Sees packages anew: some were installed over.
   *
   * @param stays - whether a file is seen as it was
   */
  forgetPackages(stays: (path: string) => boolean): void {
    this.#service.forgetPackages(stays);
  }

  #show(file?: CellFile): number {
    const { names, start } = this.#cells.show(file);
    this.#service.refresh(names);
    return start;
  }

  #compile(file: CellFile): Compilation {
    const start = this.#show(file);
    const service = this.#service;
    const own = service.ownFilesFrom(this.#cells.behind(file));
    const problems = [
      ...problemsOf(this.world, service, this.#cells.path, file.source, start, this.#cells),
    ];
    // What is imported must be right too, wherever it lies; a file without a change is not checked again.
    const { files, optionsIn } = this.world;
    const versions = JSON.stringify([
      own.map(({ fileName }) => [fileName, files.stamp(fileName)]),
      [...new Set(own.map(({ fileName }) => optionsIn(folderOf(fileName))))],
    ]);
    if (!this.#checked.has(versions)) {
      const checkerOf = this.#others.checkers(
        service,
        own.map(({ fileName }) => fileName),
      );
      const wrong = own.flatMap(({ fileName, text }) =>
        problemsOf(this.world, checkerOf(fileName), fileName, text, 0, this.#cells),
      );
      if (wrong.length === 0) this.#checked.add(versions);
      const unusable = wrong.filter(({ code }) => code === notModule);
      // Whatever else is said follows from it.
      if (unusable.length > 0) return { problems: unusable };
      problems.push(...wrong);
    }
    if (problems.length > 0) return { problems };
    return { cell: this.#emit(file, start), file };
  }

  /** What the cell that was compiled depends on. */
  #files(): string[] {
    return this.#service.program
      .getSourceFiles()
      .map(({ fileName }) => fileName)
      .filter((path) => !this.#virtual.has(path) && !path.startsWith(cellsFolder));
  }

  #emit(file: CellFile, start: number): CompiledCell {
    const { ts } = this.world;
    const { program } = this.#service;
    const marks = marksFor(file.source);
    const [used, types] = [new Set<string>(), new Set<string>()];
    const earlier = new Map<string, NameKind>();
    for (const [name, { kind }] of file.earlier)
      if (kind !== "type" && kind !== "ambient") earlier.set(name, kind);
    let code = "";
    let map = "";
    program.emit(
      program.getSourceFile(this.#cells.path),
      (path, text) => {
        if (path.endsWith(".map")) map = text;
        else code = text;
      },
      undefined,
      false,
      sharedScope(ts, program.getTypeChecker(), {
        marks,
        start,
        declared: file.declared,
        copied: file.copied,
        earlier,
        showsValue: file.showsValue,
        factories: file.factories,
        used,
        types,
      }),
    );
    return {
      code: code.replace(/\/\/# sourceMappingURL=\S*\s*$/, ""),
      map,
      marks,
      uses: [...used],
      declares: [...file.declared.values()].flatMap(({ name, kind }) =>
        kind === "type" || kind === "ambient" || types.has(name) ? [] : [{ name, kind }],
      ),
      types: [...types],
    };
  }

  /**
   * An exception, or an interrupt (which no `catch` sees), can leave the service half updated, and files bound by half,
   * which nothing on them tells for sure: then all is made anew. So it is when tsconfig.json says something else.
   */
  #use<T>(call: () => T): T {
    const { ts, parsed, optionsIn, places } = this.world;
    const options = optionsIn(places.folder);
    if (this.#isBusy) {
      bindNothing(ts);
      parsed.forget();
    }
    if (this.#isBusy || options !== this.#service.options) {
      const { own } = this.#service.modules;
      this.#service = new Service(this.world, options, this.#virtual);
      for (const [name, path] of own) this.#service.modules.own.set(name, path);
      this.#others = new OtherFolders(this.world);
    }
    this.#isBusy = true;
    const result = call();
    this.#isBusy = false;
    return result;
  }
}

/** Marks that do not occur in the cell. */
function marksFor(source: string): Marks {
  const free = (mark: string): string => (source.includes(mark) ? free(`${mark}$`) : mark);
  return { holder: free("in$"), init: free("init$"), kernel: free("kernel$"), copy: free("own$") };
}
