/** Worker threads of cells: their file may be TypeScript. */
import { register, syncBuiltinESMExports } from "node:module";
import { isMainThread, type Worker, type WorkerOptions } from "node:worker_threads";

const typescriptFile = /\.[cm]?tsx?$/;

/** Lets `new Worker(…)` take a file of TypeScript. */
export function allowTypeScriptWorkers(): void {
  const threads = process.getBuiltinModule("node:worker_threads");
  const Original = threads.Worker;
  const made = class Worker extends Original {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      const isTypeScript = options.eval !== true && typescriptFile.test(String(file));
      const execArgv = [...(options.execArgv ?? []), "--import", import.meta.url];
      super(file, isTypeScript ? { ...options, execArgv } : options);
    }
  } satisfies typeof Worker;
  Object.defineProperty(threads, "Worker", { value: made, writable: true, enumerable: true });
  syncBuiltinESMExports();
}

// Such a worker loads this file before its own.
if (!isMainThread && process.execArgv.includes(import.meta.url))
  register(new URL("./typescriptLoader.js", import.meta.url));
