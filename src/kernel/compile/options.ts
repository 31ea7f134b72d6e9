/** How cells are compiled: strictly, for the JavaScript that runs them, as the folder's tsconfig.json says. */
import type TypeScript from "typescript";
import { folderOf, foldersAbove, joined, type Files, type Ts } from "./files.js";

/** Parts of the language's library beyond ES2023, and how to find out whether this JavaScript has them. */
const laterParts: Readonly<Record<string, () => boolean>> = {
  "es2024.arraybuffer": () => "transfer" in ArrayBuffer.prototype,
  "es2024.collection": () => "groupBy" in Map,
  "es2024.object": () => "groupBy" in Object,
  "es2024.promise": () => "withResolvers" in Promise,
  "es2024.regexp": () => "unicodeSets" in RegExp.prototype,
  "es2024.sharedmemory": () => has("Atomics", "waitAsync"),
  "es2024.string": () => "isWellFormed" in String.prototype,
  "es2025.collection": () => "union" in Set.prototype,
  "es2025.float16": () => "f16round" in Math,
  "es2025.intl": () => has("Intl", "DurationFormat"),
  "es2025.iterator": () => "Iterator" in globalThis,
  "es2025.promise": () => "try" in Promise,
  "es2025.regexp": () => "escape" in RegExp,
  "esnext.array": () => "fromAsync" in Array,
  "esnext.collection": () => "getOrInsert" in Map.prototype,
  "esnext.error": () => "isError" in Error,
  "esnext.sharedmemory": () => has("Atomics", "pause"),
  "esnext.typedarrays": () => "fromBase64" in Uint8Array,
  "esnext.temporal": () => "Temporal" in globalThis,
  "esnext.date": () => "toTemporalInstant" in Date.prototype,
  // Where it is missing, TypeScript brings what `using` needs, and Node's declarations say what may be used.
  "esnext.disposable": () => "DisposableStack" in globalThis,
  // TypeScript brings what these need where it is missing.
  "esnext.decorators": () => true,
};

/** While a start-up snapshot is made, some of the global objects are missing. */
function has(object: string, member: string): boolean {
  const found = (globalThis as Readonly<Record<string, unknown>>)[object];
  return typeof found === "object" && found !== null && member in found;
}

/** What a tsconfig.json says and cells do otherwise: they are compiled to be run here, at once. */
const notForCells: ReadonlySet<string> = new Set([
  ...["target", "module", "moduleResolution", "moduleDetection", "lib", "noLib", "types"],
  ...["typeRoots", "rootDir", "rootDirs", "outDir", "outFile", "declarationDir", "declaration"],
  ...["declarationMap", "emitDeclarationOnly", "isolatedDeclarations", "composite", "incremental"],
  ...["tsBuildInfoFile", "noEmit", "noEmitOnError", "sourceMap", "inlineSourceMap", "mapRoot"],
  ...["sourceRoot", "inlineSources", "removeComments", "importHelpers", "noEmitHelpers", "checkJs"],
  ...["verbatimModuleSyntax", "isolatedModules", "erasableSyntaxOnly", "preserveConstEnums"],
  ...["noUnusedLocals", "noUnusedParameters", "noImplicitReturns"],
  ...["allowJs", "maxNodeModuleJsDepth", "resolveJsonModule", "skipLibCheck", "stripInternal"],
  ...["allowImportingTsExtensions", "esModuleInterop", "allowSyntheticDefaultImports", "plugins"],
  ...["rewriteRelativeImportExtensions", "preserveSymlinks", "allowUnreachableCode"],
]);

/**
 * The parts of the language's library beyond ES2023 that this JavaScript has.
 *
 * @returns their names
 */
export function partsHere(): readonly string[] {
  return Object.entries(laterParts).flatMap(([part, isHere]) => (isHere() ? [part] : []));
}

/** What gives the compiler's options for the files of a folder: the same object as long as they are the same. */
export type OptionsIn = (folder: string) => TypeScript.CompilerOptions;

/** The options that a tsconfig.json gives, and the versions of the files that it was made of. */
interface Given {
  readonly options: TypeScript.CompilerOptions;
  readonly read: ReadonlyMap<string, string>;
}

/**
 * The compiler's options by folder, as the nearest tsconfig.json says now.
 *
 * @param ts - TypeScript
 * @param files - where a folder's tsconfig.json is looked for
 * @param top - the folder whose tsconfig.json counts for nobody
 * @param parts - the parts of the language's library that this JavaScript has beyond ES2023
 * @returns what gives the options
 */
export function optionsByFolder(
  ts: Ts,
  files: Files,
  top: string,
  parts: readonly string[] = partsHere(),
): OptionsIn {
  const withoutOwn = optionsWith(ts, {}, parts);
  const given = new Map<string, Given>();
  return (folder) => {
    const path = foldersAbove(folder)
      .filter((above) => above !== top)
      .map((above) => joined(above, "tsconfig.json"))
      .find(files.fileExists);
    if (path === undefined) return withoutOwn;
    const known = given.get(path);
    if (
      known !== undefined &&
      Array.from(known.read).every(([one, was]) => files.stamp(one) === was)
    )
      return known.options;
    const read = new Map<string, string>();
    const readFile = (one: string): string | undefined => {
      read.set(one, files.stamp(one));
      return files.readFile(one);
    };
    const options = optionsWith(ts, ownOptions(ts, { ...files, readFile }, path), parts);
    given.set(path, { options, read });
    return options;
  };
}

function optionsWith(
  ts: Ts,
  own: TypeScript.CompilerOptions,
  parts: readonly string[],
): TypeScript.CompilerOptions {
  return {
    strict: true,
    noUncheckedIndexedAccess: true,
    jsx: ts.JsxEmit.ReactJSX,
    ...own,
    // What every JavaScript since then reads; what is newer (`using`, decorators) is made of it.
    target: ts.ScriptTarget.ES2024,
    lib: ["es2023", ...parts].map((part) => `lib.${part}.d.ts`),
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Legacy,
    allowImportingTsExtensions: true,
    customConditions: ["node"],
    resolveJsonModule: true,
    allowJs: true,
    skipLibCheck: true,
    preserveConstEnums: true,
    allowUnreachableCode: true,
    types: [],
    rootDir: "/",
    outDir: "/out",
    sourceMap: true,
  };
}

/** Whether JSX is to stay as it is for another program: here there is none, and JavaScript cannot read it. */
function isLeftToOthers({ JsxEmit }: Ts, jsx: unknown): boolean {
  return jsx === JsxEmit.Preserve || jsx === JsxEmit.ReactNative;
}

/** What a tsconfig.json says, and those that it extends. */
function ownOptions(ts: Ts, files: Files, path: string): TypeScript.CompilerOptions {
  const { config } = ts.readConfigFile(path, files.readFile) as { readonly config?: unknown };
  const { options } = ts.parseJsonConfigFileContent(
    { ...(config ?? {}), files: [], include: [] },
    {
      useCaseSensitiveFileNames: true,
      readDirectory: () => [],
      fileExists: files.fileExists,
      readFile: files.readFile,
    },
    folderOf(path),
    undefined,
    path,
  );
  const own = Object.entries(options).filter(
    ([name, value]) => !notForCells.has(name) && !(name === "jsx" && isLeftToOthers(ts, value)),
  );
  return { ...Object.fromEntries(own), configFilePath: path };
}
