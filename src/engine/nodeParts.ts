/**
 * The door to the engine's node part: BLAS and threads, where the library runs in Node. In a browser there is
 * none, and the engine computes in WebAssembly on one thread.
 */
import type { Operations, Products } from "./operations.js";
import type { EngineMemory, SharedMemory } from "./memory.js";
import type { ModelSpec, Place } from "./models.js";

/** OpenBLAS over one memory. */
export interface Blas extends Products {
  /** Its version and the processor's operations that it chose, such as "OpenBLAS 0.3.34 SkylakeX". */
  readonly name: string;
}

/** Which products a thread uses: the file of a BLAS, or none. */
export interface ThreadSettings {
  readonly path: "blas" | "wasm" | "js";
  readonly blasFile: string | undefined;
}

/** One thread's share of a batch: where its model is laid out. */
export interface Share {
  readonly network: number;
  readonly spec: ModelSpec;
  readonly m: number;
  readonly place: Place;
}

/** Other threads, each with a model of its own for every network. */
export interface Threads {
  /** Lays out thread k's model (k from 0); it happens before the thread's next run. */
  assign(k: number, share: Share): void;
  /** Lets all threads forget a network. */
  release(network: number): void;
  /** Starts the first `count` threads on their share of a network's batch. */
  start(network: number, count: number): void;
  /** Waits until those have finished. */
  finish(): void;
  close(): void;
}

/** What Node has and a browser has not. */
export interface NodeParts {
  /** OpenBLAS's file in the pack's Python environment, or why there is none. */
  blasFile(): { readonly file: string } | { readonly missing: string };
  loadBlas(file: string, memory: SharedMemory, operations: Operations): Blas;
  startThreads(count: number, memory: EngineMemory, settings: ThreadSettings): Threads;
}

interface NodeProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: "node:module"): {
    createRequire(from: string): (path: string) => unknown;
  };
}

/**
 * Node's `process`, or undefined in a browser.
 *
 * @returns no more of `process` than the engine reads
 */
export function nodeProcess(): NodeProcess | undefined {
  const { process } = globalThis as { readonly process?: NodeProcess };
  return process?.getBuiltinModule === undefined ? undefined : process;
}

/**
 * The node part, or undefined in a browser.
 *
 * @returns threads and BLAS, which the engine can do without
 */
export function nodeParts(): NodeParts | undefined {
  const module = nodeProcess()?.getBuiltinModule?.("node:module");
  if (module === undefined) return undefined;
  const require = module.createRequire((import.meta as ImportMeta & { readonly url: string }).url);
  return require("./node/parts.js") as NodeParts;
}
