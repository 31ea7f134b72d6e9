/** The compiler on this machine: TypeScript, its declarations and those of Node, from the pack's packages. */
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { CellCompiler, type Store } from "../compile/cellCompiler.js";
import type { Ts } from "../compile/files.js";
import { nodeDeclarations, type NodeDeclarations } from "../compile/nodeDeclarations.js";
import { optionsByFolder } from "../compile/options.js";
import { parsedFiles } from "../compile/parsedFiles.js";
import type { Places } from "../compile/resolution.js";
import type { World } from "../compile/service.js";
import { nodeFiles } from "./nodeFiles.js";
import { notebookOf } from "./notebooks.js";
import { comesWithPack, packFile, packFolder } from "./paths.js";

/** TypeScript and the files that it has parsed: compilers share them. */
export interface LoadedTypeScript {
  readonly ts: Ts;
  readonly parsed: World["parsed"];
  readonly node: NodeDeclarations;
}

/** What makes a compiler for a folder, with a place for compiled cells and what makes a short text of a long one. */
export type Making = (
  folder: string,
  store: Store | undefined,
  hash: (text: string) => string,
) => CellCompiler;

/**
 * Loads TypeScript.
 *
 * @returns it, with no file parsed
 */
export function loadTypeScript(): LoadedTypeScript {
  const ts = createRequire(packFile)("typescript") as Ts;
  const types = slashes(createRequire(packFile).resolve("@types/node/index.d.ts"));
  return { ts, parsed: parsedFiles(ts), node: nodeDeclarations(nodeFiles, types) };
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
  loaded: LoadedTypeScript,
  folder: string,
  store?: Store,
  hash: (text: string) => string = sha256,
): CellCompiler {
  return new CellCompiler(worldOf(loaded, placesIn(loaded, folder)), hash, store);
}

/**
 * A compiler that has compiled already, for the first notebook of a process that starts from the start-up snapshot: where
 * that lies is not known yet.
 *
 * @param loaded - TypeScript
 * @param cells - what it compiles
 * @param parts - what that process has of the language's library: while a snapshot is made, some of it is missing
 * @param between - is done after each
 * @returns what gives the compiler to a notebook
 * @throws Error when it refuses one of the cells
 */
export function practisedCompiler(
  loaded: LoadedTypeScript,
  cells: readonly string[],
  parts: readonly string[],
  between: (compiler: CellCompiler) => void,
): Making {
  const places = placesIn(loaded, packFolder);
  const world = worldOf(loaded, places, parts);
  const compiler = new CellCompiler(world, (text) => text);
  for (const cell of cells) {
    const compilation = compiler.compile(cell);
    if (!("file" in compilation))
      throw new Error(
        `practisedCompiler: the compiler refuses ${cell}: expected a cell that it compiles`,
      );
    compiler.keep(compilation.file, () => true);
    between(compiler);
  }
  return (folder, store, hash) => {
    const own = worldOf(loaded, placesIn(loaded, folder));
    // A tsconfig.json of the notebook's says how cells are checked.
    if (optionsText(own) !== optionsText(world)) return new CellCompiler(own, hash, store);
    places.folder = own.places.folder;
    compiler.beginAnew(hash, store);
    return compiler;
  };
}

function optionsText({ optionsIn, places }: World): string {
  return JSON.stringify(optionsIn(places.folder));
}

function placesIn({ node }: LoadedTypeScript, folder: string): Places & { folder: string } {
  return {
    folder: nodeFiles.realPath(slashes(folder)),
    pack: slashes(packFolder),
    isBuiltin,
    node,
  };
}

function worldOf(
  { ts, parsed, node }: LoadedTypeScript,
  places: Places,
  parts?: readonly string[],
): World {
  const { pack } = places;
  const libFolder = slashes(dirname(typescriptFile()));
  return {
    ts,
    parsed,
    files: nodeFiles,
    places,
    optionsIn: optionsByFolder(ts, nodeFiles, pack, parts),
    libFolder,
    globals: [...node.globals, `${pack}/src/kernel/types/unrolled-kernel/index.d.ts`],
    isFixed: (path) =>
      path.includes("/node_modules/") || path.startsWith(libFolder) || comesWithPack(path),
    notebookOf: (source) => notebookOf(places.folder, source),
  };
}

/** TypeScript's file: the package of that name is a door to another one. */
function typescriptFile(): string {
  const door = createRequire(createRequire(packFile).resolve("typescript/package.json"));
  return door.resolve("@typescript/old");
}

function sha256(text: string): string {
  // The start-up snapshot cannot hold this module: it is taken when it is needed.
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex");
}

function slashes(path: string): string {
  return join(path).replaceAll("\\", "/");
}
