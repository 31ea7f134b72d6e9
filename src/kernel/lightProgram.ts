/**
 * The program that tslab asks for, without the bookkeeping of TypeScript's own "builder": that notes for every
 * file which files it refers to, anew for each cell, which costs more than checking the cell. tslab needs of it
 * only the dependencies of a cell that have to be emitted.
 */
import type TypeScript from "@tslab/typescript-for-tslab";

type Ts = typeof TypeScript;
type Builder = TypeScript.EmitAndSemanticDiagnosticsBuilderProgram;
type CreateBuilder = TypeScript.CreateProgram<Builder>;

/** What TypeScript keeps on a file and does not declare. */
interface BoundFile extends TypeScript.SourceFile {
  readonly imports?: readonly TypeScript.StringLiteralLike[];
  readonly resolvedModules?: {
    get(
      name: string,
      mode: undefined,
    ): { readonly resolvedModule?: { readonly resolvedFileName: string } } | undefined;
  };
}

interface Binder {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
}

/**
 * Makes programs in the place of TypeScript's `createEmitAndSemanticDiagnosticsBuilderProgram`.
 *
 * @param ts - TypeScript
 * @returns the function that a watch host calls
 */
export function lightProgram(ts: Ts): CreateBuilder {
  const create = ts.createAbstractBuilder as unknown as CreateBuilder;
  return (...args) => {
    const builder = create(...args);
    const program = builder.getProgram();
    builder.getSourceFile = (name) => {
      const file = program.getSourceFile(name);
      // tslab reads the names that a cell declares before it asks for its types.
      if (file !== undefined) {
        (ts as unknown as Binder).bindSourceFile(file, program.getCompilerOptions());
      }
      return file;
    };
    builder.getAllDependencies = (file) => [...emittedWith(program, file)];
    return builder;
  };
}

/** The file and all that it imports, directly or not, as far as it must be emitted: no declarations. */
function emittedWith(program: TypeScript.Program, start: TypeScript.SourceFile): Set<string> {
  const found = new Set<string>();
  const visit = (file: BoundFile): void => {
    if (file.isDeclarationFile || found.has(file.fileName)) return;
    found.add(file.fileName);
    for (const { text } of file.imports ?? []) {
      const name = file.resolvedModules?.get(text, undefined)?.resolvedModule?.resolvedFileName;
      const imported = name === undefined ? undefined : program.getSourceFile(name);
      if (imported !== undefined) visit(imported);
    }
  };
  visit(start);
  return found;
}
