/**
 * Makes a file part of a program that stands. TypeScript makes a new program for whatever is new, and its checker begins
 * with nothing: it merges thousands of global names, and finds anew what packages export. A cell changes none of that. It
 * is a module that no file there imports, and once the files that it imports are there, it is as if it had been there
 * from the start: the checker goes on with all that it knows. A cell that says something about other files (`declare
 * global`, `/// <reference …>`) can't be had so.
 *
 * TypeScript keeps a program's parts where others can reach them, and does not say so in its types; its version is
 * fixed by the lock file.
 */
import type TypeScript from "typescript";
import type { Ts } from "./files.js";

type Resolutions = ReadonlyMap<string, unknown> & {
  forEach(call: (resolution: TypeScript.ResolvedModuleWithFailedLookupLocations) => void): void;
};

interface OpenProgram extends TypeScript.Program {
  readonly resolvedModules: Map<string, Resolutions> | undefined;
  getFilesByNameMap(): Map<string, TypeScript.SourceFile | false | undefined>;
}

interface OpenFile extends TypeScript.SourceFile {
  readonly moduleAugmentations: readonly unknown[];
}

type OpenTs = Ts & {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
};

/** A file with what it imports, found out by itself. */
export interface LoneFile {
  /** The files that its imports mean. */
  readonly imported: readonly string[];
  /** Puts it into a program that has the files that it imports. */
  join(program: TypeScript.Program): void;
}

/**
 * Looks at a file by itself.
 *
 * @param ts - TypeScript
 * @param file - the parsed file
 * @param options - the compiler's options
 * @param resolve - finds modules, as for the program that the file is to join
 * @returns the file, ready to join a program
 */
export function loneFile(
  ts: Ts,
  file: TypeScript.SourceFile,
  options: TypeScript.CompilerOptions,
  resolve: NonNullable<TypeScript.CompilerHost["resolveModuleNameLiterals"]>,
): LoneFile {
  const path = file.fileName;
  const alone = ts.createProgram({
    rootNames: [path],
    options: { ...options, noLib: true, noResolve: true },
    host: {
      getSourceFile: (name) => (name === path ? file : undefined),
      resolveModuleNameLiterals: resolve,
      getDefaultLibFileName: () => "",
      getCurrentDirectory: () => "/",
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      fileExists: () => false,
      readFile: () => undefined,
      writeFile: () => undefined,
    },
  }) as OpenProgram;
  return {
    imported: importedBy(alone, path),
    join(program) {
      const open = program as OpenProgram;
      (ts as OpenTs).bindSourceFile(file, options);
      const resolutions = alone.resolvedModules?.get(path);
      if (resolutions !== undefined) open.resolvedModules?.set(path, resolutions);
      open.getFilesByNameMap().set(path, file);
      (open.getSourceFiles() as TypeScript.SourceFile[]).push(file);
    },
  };
}

/**
 * The files that the imports of a file mean.
 *
 * @param program - has the file
 * @param path - the file
 * @returns their paths
 */
export function importedBy(program: TypeScript.Program, path: string): readonly string[] {
  const paths: string[] = [];
  (program as OpenProgram).resolvedModules?.get(path)?.forEach(({ resolvedModule }) => {
    if (resolvedModule !== undefined) paths.push(resolvedModule.resolvedFileName);
  });
  return paths;
}

/**
 * Whether a file says nothing about other files.
 *
 * @param ts - TypeScript
 * @param file - a file that a program has had
 * @returns whether it is a module without augmentations and references
 */
export function isSelfContained(ts: Ts, file: TypeScript.SourceFile): boolean {
  return (
    ts.isExternalModule(file) &&
    (file as OpenFile).moduleAugmentations.length === 0 &&
    file.referencedFiles.length === 0 &&
    file.typeReferenceDirectives.length === 0 &&
    file.libReferenceDirectives.length === 0
  );
}

/**
 * Takes a file that has joined a program out of it again.
 *
 * @param program - the program
 * @param path - the file
 */
export function remove(program: TypeScript.Program, path: string): void {
  const open = program as OpenProgram;
  const files = open.getSourceFiles() as TypeScript.SourceFile[];
  const at = files.findLastIndex(({ fileName }) => fileName === path);
  if (at < 0) return;
  files.splice(at, 1);
  open.getFilesByNameMap().delete(path);
  open.resolvedModules?.delete(path);
}
