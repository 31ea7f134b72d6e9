/**
 * The programs that tslab asks for, without what makes them dear.
 *
 * TypeScript's own "builder" notes for every file which files it refers to, anew for each cell, which costs more than
 * checking the cell. tslab needs of it only the dependencies of a cell that have to be emitted.
 *
 * tslab compiles each cell twice: the first program tells it the names that the cell declares, the second has them
 * exported. The names stand in the cell alone, so that no program is made for them.
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

/** Makes programs in the place of TypeScript's `createEmitAndSemanticDiagnosticsBuilderProgram`. */
export class LightPrograms {
  readonly #ts: Ts;
  readonly #cell: string;
  #last: Builder | undefined;
  #namesComeFirst = false;

  /**
   * @param ts - TypeScript
   * @param cell - the path of the cell
   */
  constructor(ts: Ts, cell: string) {
    this.#ts = ts;
    this.#cell = cell;
  }

  /** The files of the last program. */
  get files(): readonly string[] {
    return this.#last?.getSourceFiles().map(({ fileName }) => fileName) ?? [];
  }

  /** The function that a watch host calls. */
  readonly create: CreateBuilder = (roots, options, host, _, ...rest) => {
    if (this.#namesComeFirst) {
      this.#namesComeFirst = false;
      const names = this.#names(options!, host!);
      if (names !== undefined) return names;
    }
    const create = this.#ts.createAbstractBuilder as unknown as CreateBuilder;
    const builder = create(roots, options, host, this.#last, ...rest);
    this.#last = builder;
    const program = builder.getProgram();
    builder.getSourceFile = (name) => {
      const file = program.getSourceFile(name);
      // tslab reads the names that a cell declares before it asks for its types.
      if (file !== undefined) this.#bind(file, program.getCompilerOptions());
      return file;
    };
    builder.getAllDependencies = (file) => [...emittedWith(program, file)];
    return builder;
  };

  /**
   * Calls tslab's `convert`, which asks for the names of a cell before it has them exported.
   *
   * @param convert - the call
   * @returns what it gives
   */
  readonly converting = <T>(convert: () => T): T => {
    this.#namesComeFirst = true;
    try {
      return convert();
    } finally {
      this.#namesComeFirst = false;
    }
  };

  /**
   * What tslab reads first, or undefined when the cell declares no name: then tslab goes on with this same program.
   */
  #names(options: TypeScript.CompilerOptions, host: TypeScript.CompilerHost): Builder | undefined {
    const last = this.#last;
    const text = host.readFile(this.#cell);
    if (last === undefined || text === undefined) return undefined;
    const file = this.#ts.createSourceFile(this.#cell, text, this.#ts.ScriptTarget.Latest);
    this.#bind(file, options);
    if (file.locals?.size === 0) return undefined;
    return {
      ...last,
      getSourceFile: (name) => (name === this.#cell ? file : last.getSourceFile(name)),
    };
  }

  #bind(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void {
    (this.#ts as unknown as Binder).bindSourceFile(file, options);
  }
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
