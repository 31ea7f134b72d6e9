import type { CellCompiler, CompiledCell } from "../compile/cellCompiler.js";
import type {
  Bundle,
  CellOutcome,
  ExecuteArgument,
  ShownError,
  StopReason,
} from "../protocol/threadMessages.js";
import { compileError } from "./compileError.js";
import { constant } from "./constant.js";
import type { ModuleLoader } from "./modules.js";
import type { Scope } from "./scope.js";
import { registerScript } from "./sourcePositions.js";
import { shownError } from "./traceback.js";

/** How a cell ended: with a value, or with something thrown. */
type Ending = { readonly value?: unknown } | { readonly error: ShownError };

/** What the surroundings do for cells. */
export interface CellSystem {
  /** What a cell finds around it by name, such as `require`. */
  readonly environment: Readonly<Record<string, unknown>>;
  readonly meta: object;
  /** Runs a program under a name. */
  readonly evaluate: (code: string, name: string) => unknown;
  readonly bundleOf: (value: unknown) => Promise<Bundle>;
  readonly textOf: (value: unknown) => string;
  /** Resolves in a turn of its own, with nothing on the stack. */
  readonly turn: () => Promise<void>;
  readonly collectGarbage: () => void;
  /** Comes before each cell: packages may have been installed over. */
  readonly notice: (source: string) => void;
}

function stoppedError(reason: StopReason): ShownError {
  const [ename, evalue] =
    reason === "asked"
      ? ["Interrupted", "the cell was stopped; what was made until then is kept"]
      : [
          "OutOfMemory",
          "the cell was stopped because the memory is nearly full; what it made itself is dropped, " +
            "what earlier cells made is kept; use smaller arrays or dispose of tensors",
        ];
  return { ename, evalue, traceback: [`\u001b[31m${ename}\u001b[39m: ${evalue}`] };
}

const moduleCell = /^\s*\/\*\*\s*@module\s+([\w/-]+)\s*\*\//;

/** Compiles cells, runs them on the scope that they share, and tells how they ended. */
export class CellRunner {
  readonly #compiler: CellCompiler;
  readonly #scope: Scope;
  readonly #modules: ModuleLoader;
  readonly #system: CellSystem;
  #stop: ((reason: StopReason) => void) | undefined;
  /** How many cells were stopped. */
  #stopped = 0;
  /** The names that the cell declares and that had no value before it. */
  #fresh: readonly string[] = [];
  /** Ends a cell whose code was terminated: what it declared stays known. */
  #leave: (() => void) | undefined;

  constructor(compiler: CellCompiler, scope: Scope, modules: ModuleLoader, system: CellSystem) {
    this.#compiler = compiler;
    this.#scope = scope;
    this.#modules = modules;
    this.#system = system;
  }

  /**
   * Runs a cell and the expressions that the front end asked for.
   *
   * @param argument - the code and its number
   * @returns the outcome; rejects where the kernel itself, or its compiler, has failed
   */
  async execute(argument: ExecuteArgument): Promise<CellOutcome> {
    const ending = await this.#run(argument.code, `In [${argument.count}]`);
    if ("error" in ending) return { status: "error", ...ending.error };
    const shown = await this.#show(ending.value);
    if ("error" in shown) return { status: "error", ...shown.error };
    const expressions: Record<string, unknown> = {};
    for (const [name, code] of Object.entries(argument.expressions)) {
      expressions[name] = await this.#expression(code, argument.count);
    }
    return { status: "ok", ...(shown.bundle && { result: shown.bundle }), expressions };
  }

  /** Stops waiting for the cell that runs. Code that occupies the thread is stopped from the other thread. */
  interrupt(reason: StopReason = "asked"): void {
    if (this.#stop === undefined) return;
    this.#stopped++;
    this.#leave?.();
    if (reason === "memory") this.#forget();
    this.#stop(reason);
  }

  /** Lets go of what the stopped cell made: it is what fills the memory. */
  #forget(): void {
    for (const name of this.#fresh) this.#scope.delete(name);
    // Otherwise the next cell would find the memory still full.
    this.#system.collectGarbage();
  }

  async #expression(code: string, count: number): Promise<Bundle> {
    const ending = await this.#run(code, `In [${count}] expression`);
    if ("error" in ending) return { status: "error", ...ending.error };
    const { bundleOf, textOf } = this.#system;
    return {
      status: "ok",
      data: await bundleOf(ending.value).catch(() => ({ "text/plain": textOf(ending.value) })),
      metadata: {},
    };
  }

  async #show(
    value: unknown,
  ): Promise<{ readonly bundle?: Bundle } | { readonly error: ShownError }> {
    if (value === undefined || value === null) return {};
    return this.#untilStopped(
      this.#system.bundleOf(value).then(
        (bundle) => ({ bundle }),
        (error: unknown) => ({ error: shownError(error) }),
      ),
    );
  }

  async #run(code: string, title: string): Promise<Ending> {
    this.#fresh = [];
    return this.#untilStopped(this.#finish(code, title));
  }

  async #finish(code: string, title: string): Promise<Ending> {
    // Free the stack first: code that is terminated takes this function's callers with it.
    const stopped = this.#stopped;
    await this.#system.turn();
    // In the meantime it was stopped: it must not begin.
    if (this.#stopped !== stopped) return {};
    this.#system.notice(code);
    const module = moduleCell.exec(code);
    if (module !== null) {
      const problems = this.#compiler.addModule(module[1]!, code);
      return problems.length > 0 ? { error: compileError(problems, title) } : {};
    }
    const compilation = this.#compiler.compile(code);
    if ("problems" in compilation) return { error: compileError(compilation.problems, title) };
    const { cell, file } = compilation;
    this.#fresh = cell.declares.map(({ name }) => name).filter((name) => !this.#scope.has(name));
    this.#fresh = cell.declares.map(({ name }) => name).filter((name) => !this.#scope.has(name));
    const { init, reached } = this.#scope.begin(cell.declares);
    const leave = (): void => {
      if (this.#leave !== leave) return;
      this.#leave = undefined;
      this.#compiler.keep(file, (name) => reached.has(name) || cell.types.includes(name));
    };
    this.#leave = leave;
    try {
      const [value] = ((await this.#start(cell, code, title, init)) ?? []) as readonly unknown[];
      return { value };
    } catch (error) {
      return { error: shownError(error) };
    } finally {
      leave();
    }
  }

  #start(cell: CompiledCell, source: string, title: string, init: object): Promise<unknown> {
    const { marks, uses, code, map } = cell;
    const { environment, meta, evaluate } = this.#system;
    const kernel = {
      meta,
      constant,
      import: (name: string, names: readonly string[]) =>
        this.#modules.import(name, undefined, names),
      dynamic: (name: unknown) => this.#modules.dynamic(name),
    };
    const given = Object.entries(environment);
    const parameters = [
      ...given.map(([name]) => name),
      marks.init,
      marks.kernel,
      ...uses.map((name) => marks.holder + name),
    ];
    // An inner function, so that a cell can declare a name of its own for what is given to the outer one.
    const prefix = `(function (${parameters.join(", ")}) { return async function () { "use strict"; `;
    const script = `cell:${title.replaceAll(" ", "")}`;
    registerScript(script, { title, source, map, prefixLength: prefix.length, addedLines: 1 });
    const make = evaluate(`${prefix}${code}\n}; })`, script) as (
      ...values: unknown[]
    ) => () => Promise<unknown>;
    const run = make(
      ...given.map(([, value]) => value),
      init,
      kernel,
      ...uses.map((name) => this.#scope.holder(name)),
    );
    return run();
  }

  /** Terminated code never settles its promise: an interrupt settles it here. */
  async #untilStopped<T>(work: Promise<T>): Promise<T | { readonly error: ShownError }> {
    const stopped = new Promise<{ readonly error: ShownError }>((resolve) => {
      this.#stop = (reason) => resolve({ error: stoppedError(reason) });
    });
    try {
      return await Promise.race([work, stopped]);
    } finally {
      this.#stop = undefined;
    }
  }
}
