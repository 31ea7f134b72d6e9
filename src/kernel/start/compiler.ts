/** The compiler on this machine: TypeScript, its declarations and those of Node, from the pack's packages. */
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { CellCompiler, type Store } from "../compile/cellCompiler.js";
import type { Ts } from "../compile/files.js";
import { optionsFor } from "../compile/options.js";
import { parsedFiles } from "../compile/parsedFiles.js";
import type { World } from "../compile/service.js";
import { nodeFiles } from "./nodeFiles.js";
import { notebookOf } from "./notebooks.js";
import { comesWithPack, packFile, packFolder } from "./paths.js";

/** What does not depend on the notebook's folder, and so can come out of the start-up snapshot. */
export interface LoadedTypeScript {
  readonly ts: Ts;
  readonly parsed: World["parsed"];
}

/** Where the start-up snapshot leaves it. */
const inSnapshot = Symbol.for("unrolled.typescript");

/**
 * TypeScript out of the start-up snapshot, or, when the process started without one, newly loaded.
 *
 * @returns TypeScript and the files that it has parsed
 */
export function theTypeScript(): LoadedTypeScript {
  const place = globalThis as unknown as Record<symbol, LoadedTypeScript | undefined>;
  const loaded = place[inSnapshot];
  if (loaded === undefined) return loadTypeScript();
  Reflect.deleteProperty(place, inSnapshot);
  return loaded;
}

/**
 * Loads TypeScript.
 *
 * @returns it, with no file parsed
 */
export function loadTypeScript(): LoadedTypeScript {
  const ts = createRequire(packFile)("typescript") as Ts;
  return { ts, parsed: parsedFiles(ts) };
}

/**
 * A compiler for the cells of notebooks in a folder.
 *
 * @param loaded - TypeScript
 * @param folder - the notebooks' folder
 * @param store - where compiled cells are kept
 * @param hash - a short text for a long one
 * @returns the compiler
 */
export function compilerFor(
  { ts, parsed }: LoadedTypeScript,
  folder: string,
  store?: Store,
  hash: (text: string) => string = sha256,
): CellCompiler {
  const pack = slashes(packFolder);
  const place = nodeFiles.realPath(slashes(folder));
  const libFolder = slashes(dirname(typescriptFile()));
  const world: World = {
    ts,
    parsed,
    files: nodeFiles,
    places: { folder: place, pack, isBuiltin },
    options: optionsFor(ts, nodeFiles, place, pack),
    libFolder,
    globals: [
      `${pack}/node_modules/@types/node/index.d.ts`,
      `${pack}/src/kernel/types/unrolled-kernel/index.d.ts`,
    ],
    isFixed: (path) =>
      path.includes("/node_modules/") || path.startsWith(libFolder) || comesWithPack(path),
    notebookOf: (source) => notebookOf(place, source),
  };
  return new CellCompiler(world, hash, store);
}

/** TypeScript's file: the package of that name is a door to another one. */
function typescriptFile(): string {
  const door = createRequire(createRequire(packFile).resolve("typescript/package.json"));
  return door.resolve("@typescript/old");
}

/** The start-up snapshot cannot hold Node's crypto module: it is taken when it is needed. */
function sha256(text: string): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex");
}

function slashes(path: string): string {
  return join(path).replaceAll("\\", "/");
}
