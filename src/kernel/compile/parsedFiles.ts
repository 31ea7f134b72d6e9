import type TypeScript from "typescript";
import { withoutComments } from "./comments.js";
import type { Ts } from "./files.js";

interface Kept {
  readonly file: TypeScript.SourceFile;
  readonly version: string;
}

/** What TypeScript writes on a file while it binds its names: `locals` at the beginning, `symbolCount` at the end. */
interface Bound {
  readonly locals?: unknown;
  readonly symbolCount?: number;
}

/**
 * The parsed and bound files, which are the most of what a compiler does before its first cell: a new one takes them
 * over from the last one, or from the start-up snapshot. A file whose version has changed is parsed again, and so is
 * one whose names an interrupt left bound by half: TypeScript would never bind the rest.
 *
 * @param ts - TypeScript
 * @returns the registry that TypeScript's language services share
 */
export function parsedFiles(ts: Ts): TypeScript.DocumentRegistry {
  const kept = new Map<string, Kept>();
  const parse = (
    name: string,
    snapshot: TypeScript.IScriptSnapshot,
    version: string,
    kind: TypeScript.ScriptKind | undefined,
    options: TypeScript.CreateSourceFileOptions | TypeScript.ScriptTarget,
  ): TypeScript.SourceFile => {
    const known = kept.get(name);
    if (known?.version === version && !isHalfBound(known.file)) return known.file;
    const how = withoutComments(ts, name, options);
    const file = ts.createLanguageServiceSourceFile(name, snapshot, how, version, false, kind);
    kept.set(name, { file, version });
    return file;
  };
  const find: TypeScript.DocumentRegistry["acquireDocument"] = (
    ...[name, settings, snapshot, version, kind, options]
  ) =>
    parse(
      name,
      snapshot,
      version,
      kind,
      options ?? (settings as TypeScript.CompilerOptions).target ?? 99,
    );
  const findByKey: TypeScript.DocumentRegistry["acquireDocumentWithKey"] = (
    ...[name, , , , snapshot, version, kind, options]
  ) => parse(name, snapshot, version, kind, options ?? ts.ScriptTarget.Latest);
  return {
    acquireDocument: find,
    updateDocument: find,
    acquireDocumentWithKey: findByKey,
    updateDocumentWithKey: findByKey,
    getKeyForCompilationSettings: () => "cells" as TypeScript.DocumentRegistryBucketKey,
    releaseDocument: (name: string) => kept.delete(name),
    releaseDocumentWithKey: () => undefined,
    reportStats: () => "",
  };
}

function isHalfBound(file: TypeScript.SourceFile): boolean {
  const { locals, symbolCount } = file as TypeScript.SourceFile & Bound;
  return locals !== undefined && symbolCount === undefined;
}

/**
 * Lets TypeScript finish with a file that says nothing: what it binds next would otherwise hang on what an interrupt left
 * in its hands.
 *
 * @param ts - TypeScript
 */
export function bindNothing(ts: Ts): void {
  const empty = ts.createSourceFile("nothing.ts", "", ts.ScriptTarget.Latest);
  const program = ts.createProgram(
    ["nothing.ts"],
    { noLib: true, noResolve: true, types: [] },
    {
      ...{ getSourceFile: () => empty, writeFile: () => undefined, fileExists: () => false },
      ...{
        readFile: () => undefined,
        getDefaultLibFileName: () => "",
        getCurrentDirectory: () => "",
      },
      ...{ getCanonicalFileName: (name) => name, useCaseSensitiveFileNames: () => true },
      getNewLine: () => "\n",
    },
  );
  program.getTypeChecker();
}
