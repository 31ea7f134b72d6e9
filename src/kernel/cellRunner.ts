import type { Executor } from "tslab/dist/executor.js";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import vm from "node:vm";
import { importsOnlyBefore, type CellCompiler } from "./cellCompiler.js";
import { CellRequire, ModuleAwaits } from "./cellRequire.js";
import { bundleOf, textOf } from "./display.js";
import type { KernelGlobal } from "./kernelGlobal.js";
import { packFile } from "./paths.js";
import { shownError } from "./traceback.js";
import type {
  Bundle,
  CellOutcome,
  ExecuteArgument,
  ShownError,
  StopReason,
} from "./threadMessages.js";

/** How one call of tslab's executor ended: with a value, or with something thrown. */
type Ending = { readonly value?: unknown } | { readonly error: ShownError };

function stoppedError(reason: StopReason): ShownError {
  const [ename, evalue] =
    reason === "asked"
      ? ["Interrupted", "the cell was stopped; what earlier cells made is kept"]
      : [
          "OutOfMemory",
          "the cell was stopped because the memory is nearly full; what it made itself is dropped, " +
            "what earlier cells made is kept; use smaller arrays or dispose of tensors",
        ];
  return { ename, evalue, traceback: [`\u001b[31m${ename}\u001b[39m: ${evalue}`] };
}

/**
 * tslab runs each cell with `breakOnSigint`, for which Node starts and ends a thread, some milliseconds a cell. Cells
 * are interrupted through the inspector here.
 */
function withoutSigintThread(): void {
  const { runInThisContext } = vm;
  vm.runInThisContext = (code, options) =>
    runInThisContext(
      code,
      typeof options === "object" ? { ...options, breakOnSigint: false } : options,
    ) as unknown;
}

/** Runs cells with tslab's executor and tells how they ended. */
export class CellRunner {
  readonly compiler: CellCompiler;
  readonly executor: Executor;
  readonly #modules: CellRequire;
  #value: unknown;
  #thrown: { readonly error: unknown } | undefined;
  #stop: ((reason: StopReason) => void) | undefined;
  /** The names that were there before the cell. */
  #before: ReadonlySet<string> = new Set();

  constructor(compiler: CellCompiler, folder: string, kernel: KernelGlobal) {
    this.compiler = compiler;
    withoutSigintThread();
    const { createExecutor } = createRequire(packFile)(
      "tslab/dist/executor.js",
    ) as typeof import("tslab/dist/executor.js");
    // tslab's executor hands the last value to `log` and what was thrown to `error`; type errors come to
    // `error` too, as a format and its arguments, and are taken from the compiler instead.
    this.executor = createExecutor(folder, compiler.converters, {
      log: (value: unknown) => {
        this.#value = value;
      },
      error: (error: unknown, ...formatArguments: unknown[]) => {
        if (formatArguments.length === 0) this.#thrown = { error };
      },
    });
    this.#modules = new CellRequire((bundle, options) => kernel.display(bundle, options));
  }

  /**
   * Runs a cell and the expressions that the front end asked for.
   *
   * @param argument - the code and its number
   * @returns the outcome; never rejects
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
    this.executor.interrupt();
    if (this.#stop !== undefined && reason === "memory") this.#forget();
    this.#stop?.(reason);
  }

  /** Lets go of what the stopped cell made: it is what fills the memory. */
  #forget(): void {
    const { locals } = this.executor;
    for (const name of Object.keys(locals)) {
      if (!this.#before.has(name)) Reflect.deleteProperty(locals, name);
    }
    // Otherwise the next cell would find the memory still full.
    setFlagsFromString("--expose-gc");
    (vm.runInNewContext("gc") as () => void)();
  }

  async #expression(code: string, count: number): Promise<Bundle> {
    const ending = await this.#run(code, `In [${count}] expression`);
    if ("error" in ending) return { status: "error", ...ending.error };
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
      bundleOf(value).then(
        (bundle) => ({ bundle }),
        (error: unknown) => ({ error: shownError(error) }),
      ),
    );
  }

  async #run(code: string, title: string): Promise<Ending> {
    this.#value = undefined;
    this.#thrown = undefined;
    this.#before = new Set(Object.keys(this.executor.locals));
    this.compiler.begin(title);
    return this.#untilStopped(this.#finish(code));
  }

  async #finish(code: string): Promise<Ending> {
    try {
      // Free the stack first: code that is terminated takes this function's callers with it.
      await new Promise((resume) => setImmediate(resume));
      await this.executor.execute(code);
      await this.#retryWithModules(code);
    } catch (error) {
      // The compiler itself failed; the cell did not run.
      return { error: shownError(error) };
    }
    const { problems } = this.compiler;
    if (problems !== undefined) return { error: problems };
    if (this.#thrown !== undefined) return { error: shownError(this.#thrown.error) };
    return { value: this.#value };
  }

  /** Imports the modules for which the cell could not wait, and runs it again: so far only its imports have run. */
  async #retryWithModules(code: string): Promise<void> {
    for (;;) {
      const error = this.#thrown?.error;
      if (!(error instanceof ModuleAwaits)) return;
      if (!importsOnlyBefore(this.compiler.fork.ts, code, error.specifier)) return;
      await this.#modules.import(error.path);
      this.#thrown = undefined;
      await this.executor.execute(code);
    }
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
