/**
 * Node's declarations, module by module. Its whole is three quarters of all that the compiler would keep in memory for a
 * cell without imports, and much of it is for modules that a notebook seldom imports (http2, inspector, test): their
 * files are read once something imports them. Files that declare global names are always there.
 */
import { folderOf, joined, type Files } from "./files.js";

/** Which files declare what. */
export interface NodeDeclarations {
  /** The files that declare global names. */
  readonly globals: readonly string[];
  /** The file that declares a module of Node's; undefined where it is there anyway, or there is none. */
  readonly fileOf: (module: string, from: string) => string | undefined;
}

/**
 * Looks through Node's declarations.
 *
 * @param files - where they are read
 * @param index - the file that names all of theirs
 * @returns which files declare what
 */
export function nodeDeclarations(files: Files, index: string): NodeDeclarations {
  const globals: string[] = [];
  const declaring = new Map<string, string>();
  const folder = folderOf(index);
  const read = (path: string): string => files.readFile(path) ?? "";
  for (const [, name] of read(index).matchAll(/^\/\/\/ <reference path="([^"]+)"/gm)) {
    const path = joined(folder, name!);
    const text = read(path);
    const modules = [...text.matchAll(/^declare module ["']([^"']+)/gm)].map(
      ([, module]) => module!,
    );
    if (modules.length === 0 || /^\s*(declare )?global \{/m.test(text)) globals.push(path);
    else for (const module of modules) declaring.set(module, path);
  }
  // What `process.getBuiltinModule` can give is a list of all modules: there only what the file
  // imports is read, for `process.stdin` is made of it.
  const list = joined(folder, "process.d.ts");
  const imported = new Set(
    Array.from(read(list).matchAll(/^\s+import .* from ["']([^"']+)/gm), ([, module]) => module!),
  );
  return {
    globals,
    fileOf: (module, from) =>
      from === list && !imported.has(module) ? undefined : declaring.get(module),
  };
}
