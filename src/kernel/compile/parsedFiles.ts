import type TypeScript from "typescript";
import { withoutComments } from "./comments.js";
import type { Ts } from "./files.js";

interface Kept {
  readonly file: TypeScript.SourceFile;
  readonly version: string;
}

/** The registry that TypeScript's language services share. */
export interface ParsedFiles extends TypeScript.DocumentRegistry {
  /** Parses every file anew from now on. */
  readonly forget: () => void;
}

/**
 * The parsed and bound files, which are the most of what a compiler does before its first cell: a new one takes them
 * over from the last one, or from the start-up snapshot. A file whose version has changed is parsed again.
 *
 * @param ts - TypeScript
 * @returns the registry
 */
export function parsedFiles(ts: Ts): ParsedFiles {
  const kept = new Map<string, Kept>();
  const parse = (
    name: string,
    snapshot: TypeScript.IScriptSnapshot,
    version: string,
    kind: TypeScript.ScriptKind | undefined,
    options: TypeScript.CreateSourceFileOptions | TypeScript.ScriptTarget,
  ): TypeScript.SourceFile => {
    const known = kept.get(name);
    if (known?.version === version) return known.file;
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
    forget: () => kept.clear(),
  };
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
