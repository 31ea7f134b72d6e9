/**
 * The fast engine: the library's cells and networks in float32, a whole batch at a time.
 *
 * Theory of operation: a {@link Network} is laid out once for one batch size and number of steps; its parameters,
 * gradients and all that happens in between stand at fixed places of one memory, in which WebAssembly and OpenBLAS
 * compute in place. With several threads each takes its share of the examples, and the gradients are added up.
 */
import { inWords, requireRecord } from "../core/arguments.js";
import { EngineError, OutOfRangeError } from "../core/errors.js";
import { type Computing, type EnginePath, findComputing } from "./computing.js";
import { EngineMemory } from "./memory.js";
import { nodeParts, nodeProcess, type Threads } from "./nodeParts.js";
import { type EngineParts, Network } from "./network.js";
import type { NetworkOptions } from "./networkOptions.js";

/** How {@link openEngine} computes. */
export interface EngineOptions {
  /** The one path that will do; unless said, UNROLLED_ENGINE says it, or the fastest that works is taken. */
  readonly path?: EnginePath;
  /** Threads that share the examples of a batch; 1 unless said. In a browser there is one. */
  readonly threads?: number;
  /** Bytes of memory that its networks may take in all; as many as 32-bit addresses reach, 4.3e9, unless said. */
  readonly memoryLimit?: number;
}

/** Two pages of 64 KiB, and what 32-bit addresses reach. */
const [leastMemory, mostMemory] = [2 * 65536, 65536 * 65536];
const paths: readonly string[] = ["blas", "wasm", "js"] satisfies EnginePath[];

/**
 * Opens an engine.
 *
 * @param options - the path and the number of threads
 * @returns the engine; its `path` and `reason` tell what computes
 * @throws EngineError when the path that was asked for does not work on this machine, or is not known;
 *   OutOfRangeError for options that are none
 * @example
 * openEngine({ path: "wasm" }).path // → "wasm"
 */
export function openEngine(options: EngineOptions = {}): Engine {
  requireRecord("openEngine", "options", options);
  const { path: asked = nodeProcess()?.env["UNROLLED_ENGINE"] ?? "" } = options;
  if (asked !== "" && !paths.includes(asked)) {
    throw new EngineError(
      `openEngine: no path is called ${inWords(asked)}: expected blas, wasm or js`,
    );
  }
  const { threads = 1 } = options;
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= 64)) {
    throw new OutOfRangeError(`openEngine: expected 1 to 64 threads, got ${inWords(threads)}`);
  }
  const { memoryLimit = mostMemory } = options;
  if (!(Number.isInteger(memoryLimit) && memoryLimit >= leastMemory && memoryLimit <= mostMemory)) {
    throw new OutOfRangeError(
      `openEngine: memoryLimit is ${inWords(memoryLimit)}: expected a whole number of bytes from ${leastMemory} to ${mostMemory}`,
    );
  }
  const memory = new EngineMemory(memoryLimit);
  const node = nodeParts();
  const computing = findComputing(memory, node, asked === "" ? undefined : (asked as EnginePath));
  const { path, blasFile } = computing;
  const helpers =
    threads > 1 ? node?.startThreads(threads - 1, memory, { path, blasFile }) : undefined;
  return new Engine(memory, computing, helpers, helpers === undefined ? 1 : threads);
}

const parts = new WeakMap<Engine, EngineParts>();

/**
 * The memory and the operations of an engine, whose addresses nobody checks: whoever holds them can write over every
 * network's numbers. So they are no part of the engine's interface: "unrolled/engine" has neither them nor this function.
 *
 * @param engine - an open engine
 * @returns its own, not copies
 */
export function partsOf(engine: Engine): EngineParts {
  return parts.get(engine)!;
}

/** An open engine: makes networks. */
export class Engine {
  /** What computes. */
  readonly path: EnginePath;
  /** What the path is made of and, when a faster one was left out, why. */
  readonly reason: string;
  /** Whether a faster path was tried and does not work here. */
  readonly isFallback: boolean;
  /** Threads that share a batch. */
  readonly threads: number;
  readonly #helpers: Threads | undefined;
  readonly #networks = new Set<Network>();
  #closed = false;

  constructor(
    memory: EngineMemory,
    computing: Computing,
    helpers: Threads | undefined,
    threads: number,
  ) {
    this.path = computing.path;
    this.reason = computing.reason;
    this.isFallback = computing.isFallback;
    this.threads = threads;
    this.#helpers = helpers;
    parts.set(this, { memory, operations: computing.operations, threads });
  }

  /** Bytes of memory that its networks hold, and 64 for each thread but one. */
  get usedBytes(): number {
    return partsOf(this).memory.usedBytes;
  }

  /**
   * Lays out a network.
   *
   * @param options - its form, cell and sizes
   * @returns the network; its parameters are yet to be set
   * @throws OutOfRangeError when a size is no whole number of at least 1, or options exclude each other
   * @throws EngineError when the memory cannot be had
   */
  network(options: NetworkOptions): Network {
    if (this.#closed) throw new EngineError("Engine.network: the engine is closed; open another");
    requireRecord("Engine.network", "options", options);
    const network = new Network(partsOf(this), this.#helpers, options, () =>
      this.#networks.delete(network),
    );
    this.#networks.add(network);
    return network;
  }

  /** Ends the threads and frees the networks. */
  close(): void {
    if (this.#closed) return;
    for (const network of this.#networks) network.close();
    this.#helpers?.close();
    this.#closed = true;
  }
}
