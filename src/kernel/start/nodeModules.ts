/** Modules as Node has them, for cells and for the user's files. */
import { createRequire } from "node:module";
import { posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runInThisContext, constants } from "node:vm";
import type { CellCompiler } from "../compile/cellCompiler.js";
import type { Files } from "../compile/files.js";
import type { ModuleSystem } from "../run/modules.js";
import { registerScript } from "../run/sourcePositions.js";
import { nodeFiles } from "./nodeFiles.js";
import { packFile, packFolder } from "./paths.js";

/**
 * The module system of cells in a folder.
 *
 * @param compiler - resolves and compiles the user's files
 * @param folder - the notebook's folder
 * @param onImport - is told what cells and files import: the name, and where it was found
 * @returns the module system
 */
export function nodeModules(
  compiler: CellCompiler,
  folder: string,
  onImport: (name: string, url: string) => void,
): ModuleSystem {
  const cell = posix.join(folder, "cell.ts");
  return {
    resolve: (name, from) => {
      if (name.startsWith("file:")) return undefined;
      return compiler.resolve(name, from);
    },
    read: (path) => compiler.moduleText(path) ?? steadyText(nodeFiles, path),
    stamp: (path) => compiler.moduleText(path) ?? nodeFiles.stamp(path),
    compile: (path, text) => compiler.helper(path, text),
    external: async (name, from) => {
      const url = urlOf(name, from ?? cell);
      onImport(name, url);
      if (name.startsWith(".") && nodeFiles.stamp(fileURLToPath(url)) === "")
        throw new Error(
          `import: there is no file ${fileURLToPath(url)}; write it, or mend the import`,
        );
      return importStatically(url);
    },
    requireFor: (path) => requireIn(compiler, path),
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
 * Node's `require`, which says of a file that Node cannot read how it is brought.
 *
 * @param compiler - knows the user's files
 * @param path - the file that requires
 * @returns the function
 * @throws the function throws what Node's throws, and an Error for a file of TypeScript
 */
export function requireIn(compiler: CellCompiler, path: string): NodeJS.Require {
  const own = createRequire(path);
  const require = (name: string): unknown => {
    const file = compiler.resolve(name, path);
    if (file !== undefined && /\.[cm]?tsx?$/.test(file))
      throw new Error(
        `require: ${name} is TypeScript, which require does not read; import it: import { … } from "${name}"`,
      );
    return own(name);
  };
  return Object.assign(require, own);
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

/**
 * Where `import` finds a module: as Node does from that file, then from the pack; and, where that is no file, as
 * `require` and TypeScript's types do: a folder with a package.json, a name without its ending.
 */
function urlOf(name: string, from: string): string {
  if (/^(node|data|file|https?):/.test(name)) return name;
  // Node gives this function a second parameter where it is started so, and its types do not tell.
  const resolve = import.meta.resolve as (name: string, parent: string) => string;
  let found: string | undefined;
  let problem: unknown;
  for (const place of [from, packFile]) {
    try {
      found = resolve(name, pathToFileURL(place).href);
      break;
    } catch (error) {
      problem ??= error;
    }
  }
  if (found !== undefined && isThere(found)) return found;
  try {
    return pathToFileURL(createRequire(from).resolve(name)).href;
  } catch {
    if (found !== undefined) return found;
    throw problem;
  }
}

function isThere(url: string): boolean {
  return !url.startsWith("file:") || nodeFiles.fileExists(fileURLToPath(url));
}

/**
 * The namespace of a module as an import statement gives it: `import(…)` calls what a module exports as `then`. A module of
 * one statement imports it; a new one each time, since Node keeps one that failed.
 */
async function importStatically(url: string): Promise<readonly [namespace: unknown]> {
  const hasNoThen = /^node:/.test(url) || url.startsWith(packUrl);
  // Of a package that threw once, Node would give to a second such module a namespace without values.
  if (hasNoThen || failed.has(url) || !isThere(url)) return [await import(url)];
  const text = `export * as namespace from ${JSON.stringify(url)}; // ${++statements}`;
  try {
    const { namespace } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
      readonly namespace: unknown;
    };
    return [namespace];
  } catch (error) {
    // What could not be found may be there later.
    if (!/^ERR_/.test(String((error as NodeJS.ErrnoException | null)?.code))) failed.add(url);
    if (typeof error === "object" && error !== null) {
      thrown.add(error);
      // Node tells of it in this turn.
      setImmediate(() => thrown.delete(error));
    }
    throw error;
  }
}

/** Modules that threw while they were loaded. */
const failed = new Set<string>();

/** What they threw in this turn. */
const thrown = new WeakSet<object>();

/**
 * Whether a rejection that nobody awaits is the second one that Node makes where a module in CommonJS throws while it is loaded:
 * whoever imported it gets the first.
 *
 * @param reason - what was thrown
 * @returns true once for each
 */
export function isRepeated(reason: unknown): boolean {
  return typeof reason === "object" && reason !== null && thrown.delete(reason);
}

/** The pack's own modules. */
const packUrl = pathToFileURL(posix.join(packFolder, "dist/")).href;

let statements = 0;

/** How often a file is read that changes meanwhile. */
const readings = 5;

/**
 * The text of a file, none of it older than the rest.
 *
 * @param files - where it lies
 * @param path - the file
 * @returns its text
 * @throws Error when it cannot be read, or changes at every reading
 */
export function steadyText(files: Pick<Files, "readFile" | "stamp">, path: string): string {
  for (let reading = 0; reading < readings; reading++) {
    const before = files.stamp(path);
    const text = files.readFile(path);
    if (text === undefined)
      throw new Error(`import: ${path} cannot be read; write the file, or mend the import`);
    if (files.stamp(path) === before) return text;
  }
  throw new Error(
    `import: ${path} changes while it is read; wait until it is written, then run the cell again`,
  );
}
