/**
 * The TypeScript that tslab compiles with, adjusted before tslab loads it.
 *
 * tslab takes its compiler options from nowhere but its own source, so the three functions of TypeScript
 * that it calls are wrapped: `createWatchCompilerHost` (strict, modern resolution, files above the notebook's
 * folder, source maps), the `emit` of the program it makes, and `transpileModule`, by which tslab turns what was
 * emitted into CommonJS: that would parse and check every cell a second time, so `emit` does it at once.
 */
import { createRequire, isBuiltin } from "node:module";
import { isAbsolute, join, posix } from "node:path";
import type TypeScript from "@tslab/typescript-for-tslab";
import type { Converter, ConverterOptions } from "tslab/dist/converter.js";
import { LightPrograms } from "./lightPrograms.js";
import { ParsedFiles } from "./parsedFiles.js";
import { comesWithPack, packFile, packFolder } from "./paths.js";

type Ts = typeof TypeScript;
type Resolution = TypeScript.ResolvedModuleWithFailedLookupLocations;
type Program = TypeScript.EmitAndSemanticDiagnosticsBuilderProgram;

/**
 * tslab's own TypeScript, in the newest release that there is of it. A stock TypeScript cannot take its place: tslab's
 * converter calls `getDefaultTypeRoots`, `getQuickInfoAtPosition`, `getPreEmitDiagnosticsOfFiles`,
 * `getNullTransformationContext` and `Completions.getCompletionsAtPositionForTslab`, none of which TypeScript 6.0
 * has, and TypeScript 7 has no interface for programs at all.
 */
const forkName = "@tslab/typescript-for-tslab";

/** Where emitted files of any folder go: tslab accepts only names below its `outDir`. */
const everywhere = "outDir/__everywhere__";

/** tslab's compiler and what it needs. */
export interface Fork {
  readonly ts: Ts;
  /** The source maps of what was emitted last, by the path of the TypeScript file without its ending. */
  readonly maps: Map<string, string>;
  /** The files that the last cell was compiled with: its own, those that it imports, and global declarations. */
  readonly files: () => readonly string[];
  /** Files of packages, parsed and bound: once for all converters. */
  readonly parsed: ParsedFiles;
  /** A converter for the cells of notebooks in `folder`; one folder at a time. */
  readonly createConverter: (folder: string) => Converter;
  /** The real path of a side module that tslab reports at `path`. */
  readonly realPath: (path: string) => string;
}

/**
 * Loads tslab's converter on the adjusted TypeScript.
 *
 * @returns the compiler
 */
export function loadFork(): Fork {
  const original = packRequire()(forkName) as Ts;
  const maps = new Map<string, string>();
  const parsed = new ParsedFiles(isPackages);
  let programs: LightPrograms;
  const ts = withReplacements(original, {
    createWatchCompilerHost: adjustedHost(original, maps, parsed, (folder) => {
      programs = new LightPrograms(original, posix.join(folder, "__tslab__.ts"));
      return programs;
    }),
    transpileModule: (commonJs: string) => ({ outputText: commonJs }),
  });
  giveToTslab(ts);
  const { createConverter } = tslabRequire()("./dist/converter.js") as {
    createConverter(options?: ConverterOptions): Converter;
  };
  let folder = "";
  // TypeScript's own answer is the folder in which it was first asked.
  original.sys.getCurrentDirectory = () => folder;
  // A file's version is compared with its last one: the text itself serves, and costs no hashing.
  original.sys.createHash = (text) => text;
  return {
    ts,
    maps,
    files: () => programs.files,
    parsed,
    createConverter(newFolder) {
      folder = slashes(newFolder);
      const converter = createConverter({ isJS: false, isBrowser: false });
      const { converting } = programs;
      return {
        ...converter,
        convert: (previous, source) => converting(() => converter.convert(previous, source)),
      };
    },
    realPath(side) {
      const prefix = posix.join(folder, "__everywhere__");
      return side.startsWith(prefix) ? side.slice(prefix.length) : side;
    },
  };
}

/** Where the start-up snapshot leaves its compiler. */
const inSnapshot = Symbol.for("unrolled.fork");

/**
 * The compiler out of the start-up snapshot, or, when the process started without one, newly loaded.
 *
 * @returns the compiler
 */
export function theFork(): Fork {
  const place = globalThis as unknown as Record<symbol, Fork | undefined>;
  const fork = place[inSnapshot];
  if (fork === undefined) return loadFork();
  Reflect.deleteProperty(place, inSnapshot);
  giveToTslab(fork.ts);
  return fork;
}

/** Lets tslab's modules find this TypeScript where they look for their own. */
function giveToTslab(ts: Ts): void {
  const fromTslab = tslabRequire();
  const path = fromTslab.resolve(forkName);
  fromTslab.cache[path] = {
    id: path,
    exports: ts,
    loaded: true,
    children: [],
  } as unknown as NodeJS.Module;
}

function packRequire(): NodeJS.Require {
  return createRequire(packFile);
}

function tslabRequire(): NodeJS.Require {
  return createRequire(packRequire().resolve("tslab/package.json"));
}

/** A copy of the namespace (its own properties cannot be written) with some functions replaced. */
function withReplacements(ts: Ts, replacements: Readonly<Record<string, unknown>>): Ts {
  const properties = Object.getOwnPropertyDescriptors(ts) as PropertyDescriptorMap;
  for (const [name, value] of Object.entries(replacements)) {
    properties[name] = { value, enumerable: true };
  }
  return Object.defineProperties({}, properties) as Ts;
}

function adjustedHost(
  ts: Ts,
  maps: Map<string, string>,
  parsed: ParsedFiles,
  programsFor: (folder: string) => LightPrograms,
): unknown {
  const resolved = new Map<string, Resolution>();
  return (...args: [string[], TypeScript.CompilerOptions, ...unknown[]]) => {
    const [rootNames, options, ...rest] = args;
    const adjusted: TypeScript.CompilerOptions = {
      ...options,
      strict: true,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      rootDir: "/",
      sourceMap: true,
      // Every visible @types package costs start-up time; a cell that imports a package gets its types anyway.
      types: ["node", "unrolled-kernel"],
      typeRoots: [
        ...(options.typeRoots ?? []),
        join(packFolder, "node_modules", "@types"),
        join(packFolder, "src", "kernel", "types"),
      ],
    };
    const create = ts.createWatchCompilerHost as unknown as (
      ...args: unknown[]
    ) => TypeScript.WatchCompilerHost<Program>;
    const host = create(rootNames, adjusted, ...rest);
    const folder = host.getCurrentDirectory();
    followOwnFilesOnly(host);
    const programs = programsFor(folder);
    host.createProgram = (...programArguments) => {
      parsed.serve(programArguments[2]);
      const program = programs.create(...programArguments);
      const emit = program.emit.bind(program) as typeof program.emit;
      program.emit = (file, write, token, declarationsOnly, transformers) =>
        emit(
          file,
          (name, text, ...others) => {
            if (name.endsWith(".js.map")) {
              maps.set(sourcePath(name, ".js.map"), text);
              return;
            }
            const code = text.replace(/\/\/# sourceMappingURL=\S*\s*$/, "");
            write?.(emittedName(name, folder), code, ...others);
          },
          token,
          declarationsOnly,
          {
            ...transformers,
            before: [...(transformers?.before ?? []), longhand(ts, program)],
            after: [...(transformers?.after ?? []), loadableSpecifiers(ts), commonJs(ts)],
          },
        );
      return program;
    };
    resolveFromPackToo(ts, host, adjusted, resolved);
    return host;
  };
}

/** `outDir/home/me/x.js` -> the name under which tslab accepts it. */
function emittedName(name: string, folder: string): string {
  const path = sourcePath(name, "");
  const own = posix.join(folder, "__tslab__");
  return path === `${own}.js` || path === `${own}.d.ts`
    ? `outDir/${posix.basename(path)}`
    : everywhere + path;
}

function sourcePath(emitted: string, ending: string): string {
  return emitted.slice("outDir".length, emitted.length - ending.length);
}

/** Watching the thousand files of the packages would cost time at the start and for as long as the kernel runs. */
function followOwnFilesOnly(host: TypeScript.WatchCompilerHost<Program>): void {
  const { watchFile } = host;
  const nothing = { close: (): void => undefined };
  host.watchFile = (path, ...rest) =>
    isPackages(path) || path.endsWith("package.json") ? nothing : watchFile(path, ...rest);
  host.watchDirectory = () => nothing;
  // Without this answer every import of every package is looked up again for each cell.
  host.hasInvalidatedResolutions = (path) => !isPackages(path);
}

/** Files that do not change while the kernel runs: those of packages, and the pack's own library. */
function isPackages(path: string): boolean {
  return path.includes("/node_modules/") || comesWithPack(path);
}

/** What the notebook's folder (and the folders above it) does not have is taken from the pack. */
function resolveFromPackToo(
  ts: Ts,
  host: TypeScript.WatchCompilerHost<Program>,
  options: TypeScript.CompilerOptions,
  resolved: Map<string, Resolution>,
): void {
  const packFile = slashes(join(packFolder, "cell.ts"));
  const cache = ts.createModuleResolutionCache(host.getCurrentDirectory(), (path) => path, options);
  const { createProgram } = host;
  host.createProgram = (...args) => {
    cache.clear();
    return createProgram(...args);
  };
  const resolve = (name: string, from: string): Resolution => {
    // A file of that name in some node_modules is not what Node loads.
    if (isBuiltin(name))
      return { resolvedModule: undefined, failedLookupLocations: [] } as Resolution;
    const key = `${name}\n${posix.dirname(from)}`;
    const known = resolved.get(key);
    if (known !== undefined) return known;
    const found = ts.resolveModuleName(name, from, options, host, cache) as Resolution;
    // A file of the user's that is missing now can be there when the next cell runs; packages stay as they are.
    if (found.resolvedModule?.isExternalLibraryImport === true || isPackages(from))
      resolved.set(key, found);
    return found;
  };
  host.resolveModuleNameLiterals = (literals, containingFile) =>
    literals.map(({ text }) => {
      const found = resolve(text, containingFile);
      if (found.resolvedModule !== undefined || text.startsWith(".") || isAbsolute(text))
        return found;
      const inPack = resolve(text, packFile);
      return inPack.resolvedModule === undefined ? found : inPack;
    });
}

/**
 * `./x.ts` -> `./x.js`: the side module's name when tslab loads it. A cell's `import(…)` becomes a call of the
 * loader that cellRequire.ts provides.
 */
function loadableSpecifiers(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const loadable = (specifier: TypeScript.Expression): TypeScript.Expression => {
      if (!ts.isStringLiteral(specifier) || !/^\.{1,2}\/.*\.tsx?$/.test(specifier.text))
        return specifier;
      return factory.createStringLiteral(specifier.text.replace(/\.tsx?$/, ".js"));
    };
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (ts.isImportDeclaration(node)) {
        return factory.updateImportDeclaration(
          node,
          node.modifiers,
          node.importClause,
          loadable(node.moduleSpecifier),
          node.assertClause,
        );
      }
      if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
        return factory.updateExportDeclaration(
          node,
          node.modifiers,
          node.isTypeOnly,
          node.exportClause,
          loadable(node.moduleSpecifier),
          node.assertClause,
        );
      }
      if (
        ts.isCallExpression(node) &&
        node.expression.kind === ts.SyntaxKind.ImportKeyword &&
        node.arguments[0] !== undefined
      ) {
        const specifier = loadable(ts.visitNode(node.arguments[0], visit) as TypeScript.Expression);
        if (!isCell(file))
          return factory.updateCallExpression(node, node.expression, undefined, [specifier]);
        const load = factory.createPropertyAccessExpression(
          factory.createIdentifier("__tslab__"),
          "load",
        );
        return factory.updateCallExpression(node, load, undefined, [specifier]);
      }
      return ts.visitEachChild(node, visit, context);
    };
    return ts.visitEachChild(file, visit, context);
  };
}

/**
 * `{ n_a }` -> `{ n_a: exports.n_a }` where an earlier cell declares n_a: tslab puts `exports.` before such
 * names everywhere else, but takes a shorthand's name for that of the property alone.
 */
function longhand(ts: Ts, program: Program): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    if (!isCell(file)) return file;
    const { factory } = context;
    const checker = program.getProgram().getTypeChecker();
    const isEarlier = (node: TypeScript.ShorthandPropertyAssignment): boolean =>
      checker
        .getShorthandAssignmentValueSymbol(node)
        ?.declarations?.some((declaration) => isEarlierCells(declaration.getSourceFile())) ?? false;
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (!ts.isShorthandPropertyAssignment(node) || !isEarlier(node)) {
        return ts.visitEachChild(node, visit, context);
      }
      const { text } = node.name;
      const value = factory.createPropertyAccessExpression(
        factory.createIdentifier("exports"),
        text,
      );
      const fallback = node.objectAssignmentInitializer; // ({ n_a = 8 } = sizes)
      return factory.createPropertyAssignment(
        text,
        fallback === undefined
          ? value
          : factory.createAssignment(value, ts.visitNode(fallback, visit) as TypeScript.Expression),
      );
    };
    return ts.visitEachChild(file, visit, context);
  };
}

/** TypeScript's own step from ES modules to CommonJS, after tslab's transformers, which look for ES exports. */
function commonJs(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const { transformModule } = ts as unknown as {
    transformModule: TypeScript.TransformerFactory<TypeScript.SourceFile>;
  };
  return (context) => {
    const options = { ...context.getCompilerOptions(), module: ts.ModuleKind.CommonJS };
    return transformModule(
      Object.create(context, {
        getCompilerOptions: { value: () => options },
      }) as TypeScript.TransformationContext,
    );
  };
}

function isCell(file: TypeScript.SourceFile): boolean {
  return posix.basename(file.fileName) === "__tslab__.ts";
}

/** The declarations of all cells before this one. */
function isEarlierCells(file: TypeScript.SourceFile): boolean {
  return posix.basename(file.fileName) === "__prev__.d.ts";
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
