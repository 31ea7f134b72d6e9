/**
 * Types and JavaScript of the learner's exercise files, by one language service that stays warm:
 * the first check takes a second, later ones a few milliseconds.
 *
 * A learner's file may lie anywhere; what it imports by name is found from the pack: "unrolled" is
 * what a submission has when it is graded (src/student.ts), so that nothing works here that fails
 * there. The emitted JavaScript names these modules by their addresses, so it too can be run from
 * anywhere.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { inPack, packRoot } from "#common/pack-root";
import ts from "typescript";
import { asLoaded } from "../../source/asLoaded.js";
import { tellingLine } from "../../source/loading.js";
import { CLOSED_MODULES, closedModule, OPEN_MODULES } from "../../source/nodeModules.js";
import { withoutPackages } from "../../source/packages.js";
import { plainModule } from "../../source/plainModule.js";
import {
  OUTSIDE,
  OWN_PACKAGES,
  type Parts,
  SHOWING,
  surroundings,
} from "../../source/surroundings.js";

/** What came of compiling one exercise file. */
export type Compiled =
  | {
      readonly kind: "compiled";
      readonly module: URL;
      /** Where the types don't fit: a remark, for the function runs all the same. */
      readonly types?: string;
    }
  | { readonly kind: "syntax-errors"; readonly text: string };

/** A warm compiler of exercise files. */
export interface Compiler {
  /**
   * Checks the file as it is now, and whether its function `id` has the type that the exercise asks
   * for; writes its JavaScript, whatever its types are.
   */
  compile(file: string, id: string): Compiled;
}

/** What "unrolled" is to an exercise, without its ending. */
const STUDENT = join(packRoot, "dist", "src", "student");

/** What the modules that stand for packages are made of. */
const PARTS: Parts = {
  student: pathToFileURL(`${STUDENT}.js`).href,
  absent: pathToFileURL(inPack("dist", "grader", "source", "absent.js")).href,
};

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  strict: true,
  noImplicitAny: false, // a helper function of three letters needs no types
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  noEmitOnError: false,
  inlineSourceMap: true,
  inlineSources: true, // an error's line is told with its text
};

/** The one thing of the surroundings that exercises use and ES2023 does not name. */
const CONSOLE = `declare const console:
  Record<"log" | "info" | "warn" | "error" | "table", (...data: unknown[]) => void>;`;

/** Asks whether a learner's function has its exercise's type, as `check` does in a notebook. */
function fittingText(file: string, id: string): string {
  return `import { ${id} } from ${JSON.stringify(file)};
import type { ExerciseFunctions } from "unrolled/check";
export const fits: ExerciseFunctions["${id}"] = ${id};`;
}

/** A compiler that writes JavaScript into `outFolder`. */
export function createCompiler(outFolder: string, colors: boolean): Compiler {
  const files = new Files();
  files.write(join(packRoot, "learner-console.d.ts"), CONSOLE);
  const service = ts.createLanguageService(hostFor(files), ts.createDocumentRegistry());

  function compile(file: string, id: string): Compiled {
    const fitting = join(packRoot, `learner-fits-${id}.ts`);
    files.roots.add(file);
    files.write(fitting, fittingText(file, id));
    const program = service.getProgram();
    const sources = ownSources(program, file);
    const syntactic = sources.flatMap((source) => service.getSyntacticDiagnostics(source));
    if (syntactic.length > 0) {
      return { kind: "syntax-errors", text: diagnosticsText(syntactic, dirname(file), colors) };
    }
    const types = typesText(sources, fitting);
    for (const source of sources) {
      const text = readFileSync(source, "utf8").replace(/^\uFEFF/, "");
      const whole =
        source === file ? tellingLine(id) + asLoaded(text, id) : withoutPackages(plainModule(text));
      writeFileSync(builtFile(outFolder, source), javaScript(whole, source));
    }
    const module = pathToFileURL(builtFile(outFolder, file));
    const compiled = { kind: "compiled", module } as const;
    return types === undefined ? compiled : { ...compiled, types };
  }

  /** Where the types of these files, or of the exercise's function, don't fit. */
  function typesText(sources: readonly string[], fitting: string): string | undefined {
    const diagnostics = sources
      .flatMap((source) => service.getSemanticDiagnostics(source))
      .filter((diagnostic) => !isOfShowing(diagnostic));
    const [first] = sources;
    if (diagnostics.length > 0) return diagnosticsText(diagnostics, dirname(first!), colors);
    const [misfit] = service.getSemanticDiagnostics(fitting);
    return misfit?.code === NOT_ASSIGNABLE
      ? ts.flattenDiagnosticMessageText(misfit.messageText, "\n")
      : undefined;
  }

  /** A source's JavaScript, whose imports are addresses. */
  function javaScript(text: string, fileName: string): string {
    const transformers = { after: [withAddresses(outFolder)] };
    return ts.transpileModule(text, { fileName, compilerOptions: OPTIONS, transformers })
      .outputText;
  }

  mkdirSync(outFolder, { recursive: true });
  for (const [name, text] of Object.entries(surroundings(PARTS)))
    writeFileSync(packageFile(outFolder, name), text);
  return { compile };
}

/** Where the module that stands for a package is written. */
function packageFile(outFolder: string, name: string): string {
  return join(outFolder, `package-${name.replace("/", "-")}.mjs`);
}

/** A complaint about what only shows something: it is there, and does nothing. */
function isOfShowing({ code, messageText }: ts.Diagnostic): boolean {
  if (code !== NO_SUCH_EXPORT || typeof messageText !== "string") return false;
  return SHOWING.some((name) => messageText.endsWith(`'${name}'.`));
}

/** TypeScript's number for "Module … has no exported member …". */
const NO_SUCH_EXPORT = 2305;

const GRADED_NAMES =
  'Here "unrolled" holds what it holds when an exercise is graded: Mat, Sequence, tanh and their like, and none of the functions that are exercises.';

/** TypeScript's number for "Type … is not assignable to type …". */
const NOT_ASSIGNABLE = 2322;

/** The exercise file and those of its neighbours that it imports. */
function ownSources(program: ts.Program | undefined, file: string): readonly string[] {
  const folder = dirname(file);
  const found = new Set([file]);
  for (const source of found) {
    const imports = program?.getSourceFile(source);
    if (imports === undefined) continue;
    for (const { fileName } of ts.preProcessFile(imports.text).importedFiles) {
      if (!fileName.startsWith(".")) continue;
      const neighbour = join(dirname(source), fileName.replace(/(\.[jt]s)?$/, ".ts"));
      if (dirname(neighbour) === folder && ts.sys.fileExists(neighbour)) found.add(neighbour);
    }
  }
  return [...found];
}

function builtFile(outFolder: string, source: string): string {
  return join(outFolder, basename(source).replace(/\.ts$/, ".mjs"));
}

/** The files that the service sees: those on the disk, and a few that are only here. */
class Files {
  readonly roots = new Set<string>();
  private readonly written = new Map<string, string>();

  write(file: string, text: string): void {
    this.roots.add(file);
    this.written.set(file, text);
  }

  exists(file: string): boolean {
    return this.written.has(file) || ts.sys.fileExists(file);
  }

  read(file: string): string | undefined {
    return this.written.get(file) ?? ts.sys.readFile(file);
  }

  /** A file that is saved again has another version. */
  version(file: string): string {
    const text = this.written.get(file);
    if (text !== undefined) return text;
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats === undefined ? "missing" : `${stats.mtimeMs}/${stats.size}`;
  }
}

function hostFor(files: Files): ts.LanguageServiceHost {
  const fromPack = join(packRoot, "learner.ts");
  return {
    getCompilationSettings: () => OPTIONS,
    getScriptFileNames: () => [...files.roots].filter((file) => files.exists(file)),
    getScriptVersion: (file) => files.version(file),
    getScriptSnapshot(file) {
      const text = files.read(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => packRoot,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (file) => files.exists(file),
    readFile: (file) => files.read(file),
    directoryExists: (folder) => ts.sys.directoryExists(folder),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
    resolveModuleNameLiterals: (literals, containing, _redirected, options) =>
      literals.map(({ text }) => {
        if (text === "unrolled") {
          return {
            resolvedModule: {
              resolvedFileName: `${STUDENT}.d.ts`,
              extension: ts.Extension.Dts,
              isExternalLibraryImport: true,
            },
          };
        }
        const start = /^[./]/.test(text) ? containing : fromPack;
        return ts.resolveModuleName(text, start, options, ts.sys);
      }),
  };
}

/** Turns the names of imported modules into addresses. */
function withAddresses(outFolder: string): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const { factory } = context;
    const address = (literal: ts.StringLiteral): ts.StringLiteral =>
      factory.createStringLiteral(addressOf(literal.text, outFolder));
    const visit = (node: ts.Node): ts.Node => {
      if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
        const { modifiers, importClause, moduleSpecifier, attributes } = node;
        const name = address(moduleSpecifier);
        return factory.updateImportDeclaration(node, modifiers, importClause, name, attributes);
      }
      const from = ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
      if (ts.isExportDeclaration(node) && from !== undefined && ts.isStringLiteral(from)) {
        const { modifiers, isTypeOnly, exportClause, attributes } = node;
        return factory.updateExportDeclaration(
          node,
          modifiers,
          isTypeOnly,
          exportClause,
          address(from),
          attributes,
        );
      }
      return node;
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}

/** Where a module lies: an own file, one of Node's or what stands for it, what stands for the pack, mathjs; others are not to be had. */
function addressOf(name: string, outFolder: string): string {
  const node = name.replace(/^node:/, "");
  if (CLOSED_MODULES.includes(node)) {
    const file = packageFile(outFolder, `node-${node}`);
    writeFileSync(file, closedModule(node, PARTS));
    return pathToFileURL(file).href;
  }
  if (name.startsWith("node:") || OPEN_MODULES.includes(name)) return `node:${node}`;
  if (name.startsWith(".")) return name.replace(/(\.[jt]s)?$/, ".mjs");
  if (OWN_PACKAGES.includes(name)) return pathToFileURL(packageFile(outFolder, name)).href;
  return name === "mathjs" ? import.meta.resolve(name) : `${OUTSIDE}${name}`;
}

function diagnosticsText(
  diagnostics: readonly ts.Diagnostic[],
  folder: string,
  colors: boolean,
): string {
  const shown = diagnostics.slice(0, 5);
  const text = ts
    .formatDiagnosticsWithColorAndContext(shown, {
      getCurrentDirectory: () => folder,
      getCanonicalFileName: (name) => name,
      getNewLine: () => "\n",
    })
    .trimEnd();
  const more = diagnostics.length - shown.length;
  const isMissingName = diagnostics.some(({ code }) => code === NO_SUCH_EXPORT);
  const whole = [text, more > 0 ? `… and ${more} more` : "", isMissingName ? GRADED_NAMES : ""]
    .filter((part) => part !== "")
    .join("\n\n");
  // eslint-disable-next-line no-control-regex -- TypeScript colours always; this takes it off again
  return colors ? whole : whole.replaceAll(/\u001b\[\d+m/g, "");
}
