/** Which file an import means: as TypeScript sees it, from the notebook's folder, then from the pack's. */
import type TypeScript from "typescript";
import { folderOf, joined, type Files, type Ts } from "./files.js";
import type { NodeDeclarations } from "./nodeDeclarations.js";
import type { OptionsIn } from "./options.js";

/** The folder that cells lie in for the compiler; it is on no disk. */
export const cellsFolder = "/__cells__";

/** Cells import one another by such names. */
export const cellScheme = "cell:";

/**
 * The file that a cell is for the compiler.
 *
 * @param name - the cell's name
 * @returns its path
 */
export function cellPath(name: string): string {
  return `${cellsFolder}/${name}.ts`;
}

/**
 * Whether a file is a cell.
 *
 * @param path - its path
 * @returns whether it is one of {@link cellPath}'s
 */
export function isCell(path: string): boolean {
  return path.startsWith(`${cellsFolder}/`);
}

/** Where modules are looked for. */
export interface Places {
  /** The notebook's folder. */
  readonly folder: string;
  /** The folder whose packages a notebook has when it has none of its own. */
  readonly pack: string;
  /** Node's modules, which no file can stand for. */
  readonly isBuiltin: (name: string) => boolean;
  readonly node: NodeDeclarations;
}

type Resolution = TypeScript.ResolvedModuleWithFailedLookupLocations;

const nowhere: Resolution = { resolvedModule: undefined };

/** Finds modules, and remembers where packages were found. */
export class Modules {
  readonly #ts: Ts;
  readonly #files: Files;
  readonly #places: Places;
  readonly #optionsIn: OptionsIn;
  readonly #found = new Map<string, Resolution>();
  readonly #types = new Map<
    string,
    TypeScript.ResolvedTypeReferenceDirectiveWithFailedLookupLocations
  >();
  #cache: TypeScript.ModuleResolutionCache;
  /** For files that may come and go, by the options of their folder: these live as long as one cell is compiled. */
  readonly #fresh = new Map<TypeScript.CompilerOptions, TypeScript.ModuleResolutionCache>();
  /** Modules that a `/** @module name *\/` cell has made, by their name. */
  readonly own = new Map<string, string>();

  /**
   * @param ts - TypeScript
   * @param files - where modules are looked for
   * @param places - the folders that come into question
   * @param optionsIn - what a folder's tsconfig.json says of `paths`
   */
  constructor(ts: Ts, files: Files, places: Places, optionsIn: OptionsIn) {
    this.#ts = ts;
    this.#files = files;
    this.#places = places;
    this.#optionsIn = optionsIn;
    this.#cache = this.#newCache();
  }

  /** What TypeScript itself remembers of package.json files. */
  get cache(): TypeScript.ModuleResolutionCache {
    return this.#cache;
  }

  /** Looks anew for what was not there. */
  begin(): void {
    this.#fresh.clear();
  }

  /**
   * Forgets where packages were found: some have changed.
   *
   * @param stays - whether a file is still found where it was
   */
  forget(stays: (path: string) => boolean): void {
    for (const [key, { resolvedModule }] of this.#found)
      if (resolvedModule === undefined || !stays(resolvedModule.resolvedFileName))
        this.#found.delete(key);
    this.#types.clear();
    this.#cache = this.#newCache();
  }

  /**
   * The file that a module's name means.
   *
   * @param name - such as `mathjs`, `./helper.ts`, `#own`
   * @param from - the file that imports it
   * @returns TypeScript's answer
   */
  resolve(name: string, from: string): Resolution {
    if (this.#places.isBuiltin(name)) {
      const file = this.#places.node.fileOf(name, from);
      return file === undefined ? nowhere : resolvedTo(file);
    }
    if (name.startsWith(cellScheme)) return resolvedTo(cellPath(name.slice(cellScheme.length)));
    const folder = this.#realFolder(from);
    const own = this.own.get(name.replace(/^\.\//, ""));
    if (own !== undefined && folder === this.#places.folder) return resolvedTo(own);
    const key = `${name}\n${folder}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    let found = this.#look(name, folder);
    if (found.resolvedModule === undefined && !/^[./#]/.test(name))
      found = this.#look(name, this.#places.pack);
    // A file of the user's that is missing now can be there when the next cell runs; packages stay as they are.
    if (found.resolvedModule?.isExternalLibraryImport === true || folder.includes("/node_modules/"))
      this.#found.set(key, found);
    return found;
  }

  /**
   * The file that a `/// <reference types="name" />` means.
   *
   * @param name - the package
   * @param from - the file that it stands in
   * @returns TypeScript's answer
   */
  resolveTypes(
    name: string,
    from: string,
  ): TypeScript.ResolvedTypeReferenceDirectiveWithFailedLookupLocations {
    // A package says so when it uses Node's global names; the modules that it uses, it imports.
    const [globals] = this.#places.node.globals;
    if (name === "node" && globals !== undefined && folderOf(from).includes("/node_modules/"))
      return { resolvedTypeReferenceDirective: { primary: true, resolvedFileName: globals } };
    // Two declarations of Node would not agree: the one that comes with the kernel is that of the Node that runs.
    const folder = name === "node" ? this.#places.pack : this.#realFolder(from);
    const key = `${name}\n${folder}`;
    let found = this.#types.get(key);
    if (found === undefined) {
      const options = {
        ...this.#optionsFor(folder),
        typeRoots: [
          joined(folder, "node_modules/@types"),
          joined(this.#places.pack, "node_modules/@types"),
        ],
      };
      found = this.#ts.resolveTypeReferenceDirective(
        name,
        joined(folder, "cell.ts"),
        options,
        this.#host,
      );
      this.#types.set(key, found);
    }
    return found;
  }

  #realFolder(from: string): string {
    const folder = folderOf(from);
    return folder === cellsFolder ? this.#places.folder : folder;
  }

  /** Packages are read as the notebook says: what their own tsconfig.json says was for those who made them. */
  #optionsFor(folder: string): TypeScript.CompilerOptions {
    return this.#optionsIn(folder.includes("/node_modules/") ? this.#places.folder : folder);
  }

  #look(name: string, folder: string): Resolution {
    const options = this.#optionsFor(folder);
    const cache = folder.includes("/node_modules/") ? this.#cache : this.#freshCache(options);
    return this.#ts.resolveModuleName(name, joined(folder, "cell.ts"), options, this.#host, cache);
  }

  #freshCache(options: TypeScript.CompilerOptions): TypeScript.ModuleResolutionCache {
    const cache = this.#fresh.get(options) ?? this.#newCache(options);
    this.#fresh.set(options, cache);
    return cache;
  }

  get #host(): TypeScript.ModuleResolutionHost {
    const { readFile, fileExists, directoryExists, directories, realPath } = this.#files;
    return {
      readFile,
      fileExists,
      directoryExists,
      getDirectories: (path) => [...directories(path)],
      realpath: realPath,
      getCurrentDirectory: () => this.#places.folder,
      useCaseSensitiveFileNames: true,
    };
  }

  #newCache(
    options: TypeScript.CompilerOptions = this.#optionsFor(this.#places.folder),
  ): TypeScript.ModuleResolutionCache {
    return this.#ts.createModuleResolutionCache("/", (path) => path, options);
  }
}

/** The file of a name that needs no looking. */
function resolvedTo(path: string): Resolution {
  return {
    resolvedModule: {
      resolvedFileName: path,
      extension: path.endsWith(".d.ts") ? ".d.ts" : ".ts",
      isExternalLibraryImport: false,
    },
  };
}
