/** Modules as Node has them, for cells and for the user's files. */
import { createRequire } from "node:module";
import { posix } from "node:path";
import { pathToFileURL } from "node:url";
import { runInThisContext, constants } from "node:vm";
import type { CellCompiler } from "../compile/cellCompiler.js";
import type { ModuleSystem } from "../run/modules.js";
import { registerScript } from "../run/sourcePositions.js";
import { nodeFiles } from "./nodeFiles.js";
import { packFile } from "./paths.js";

/**
 * The module system of cells in a folder.
 *
 * @param compiler - resolves and compiles the user's files
 * @param folder - the notebook's folder
 * @param onImport - is told what cells and files import
 * @returns the module system
 */
export function nodeModules(
  compiler: CellCompiler,
  folder: string,
  onImport: (name: string) => void,
): ModuleSystem {
  const cell = posix.join(folder, "cell.ts");
  return {
    resolve: (name, from) => {
      if (name.startsWith("file:")) return undefined;
      return compiler.resolve(name, from);
    },
    read: (path) => compiler.moduleText(path) ?? nodeFiles.readFile(path) ?? missing(path),
    stamp: (path) => compiler.moduleText(path) ?? nodeFiles.stamp(path),
    compile: (path, text) => compiler.helper(path, text),
    external: async (name, from) => {
      onImport(name);
      return import(urlOf(name, from ?? cell)) as Promise<unknown>;
    },
    requireFor: (path) => createRequire(path),
    meta: metaOf,
    evaluate(parameters, helper, path, text) {
      const prefix = `(${helper.isAsync ? "async " : ""}function (${parameters.join(", ")}) { `;
      const { code, map } = helper;
      registerScript(path, {
        title: path,
        source: text,
        map,
        prefixLength: prefix.length,
        addedLines: 0,
      });
      return evaluate(`${prefix}${code}\n})`, path) as ReturnType<ModuleSystem["evaluate"]>;
    },
  };
}

/**
 * Runs a program in this realm.
 *
 * @param code - the program
 * @param name - what tracebacks call it
 * @returns the value of its last expression
 */
export function evaluate(code: string, name: string): unknown {
  return runInThisContext(code, {
    filename: name,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

/**
 * `import.meta` of a file.
 *
 * @param path - the file
 * @returns the object
 */
export function metaOf(path: string): object {
  const { href: url } = pathToFileURL(path);
  return {
    ...{ url, filename: path, dirname: posix.dirname(path) },
    resolve: (name: string) => urlOf(name, path),
  };
}

/** Where `import` finds a module: as Node does from that file, then from the pack. */
function urlOf(name: string, from: string): string {
  if (/^(node|data|file|https?):/.test(name)) return name;
  // Node gives this function a second parameter where it is started so, and its types do not tell.
  const resolve = import.meta.resolve as (name: string, parent: string) => string;
  let problem: unknown;
  for (const place of [from, packFile]) {
    try {
      return resolve(name, pathToFileURL(place).href);
    } catch (error) {
      problem ??= error;
    }
  }
  try {
    return pathToFileURL(createRequire(from).resolve(name)).href;
  } catch {
    throw problem;
  }
}

function missing(path: string): never {
  throw new Error(`import: ${path} cannot be read; write the file, or mend the import`);
}
