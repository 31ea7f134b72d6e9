/** Which of its paths the engine takes on this machine: BLAS, WebAssembly, or plain TypeScript. */
import { EngineError } from "../core/errors.js";
import { javascriptOperations } from "./javascriptOperations.js";
import type { Operations, Products } from "./operations.js";
import type { EngineMemory, SharedMemory } from "./memory.js";
import type { NodeParts } from "./nodeParts.js";
import { wasmOperations } from "./wasmOperations.js";

/** "blas": OpenBLAS multiplies, WebAssembly does the rest; "wasm": WebAssembly alone; "js": plain TypeScript. */
export type EnginePath = "blas" | "wasm" | "js";

/** A path that works here. */
export interface Computing {
  readonly path: EnginePath;
  readonly operations: Operations;
  /** What it is made of and, when a faster one was left out, why: one line for a person. */
  readonly reason: string;
  /** Whether a faster path was tried and does not work here. */
  readonly isFallback: boolean;
  readonly blasFile: string | undefined;
}

/**
 * Finds the fastest path that works, or makes the one that was asked for work.
 *
 * @param memory - where the operations' pointers point
 * @param node - what Node has; undefined in a browser
 * @param asked - the one path that will do; the fastest when left out
 * @returns the operations, and why they are these
 * @throws EngineError when the path that was asked for does not work here
 */
export function findComputing(
  memory: EngineMemory,
  node: NodeParts | undefined,
  asked?: EnginePath,
): Computing {
  const skipped: string[] = [];
  const order: readonly EnginePath[] = asked === undefined ? ["blas", "wasm", "js"] : [asked];
  for (const path of order) {
    try {
      const found = openPath(path, memory, node);
      if (path === "blas") requireRight(found.operations, memory);
      const reason = [found.reason, ...skipped].join("; ");
      return { ...found, reason, isFallback: skipped.length > 0 };
    } catch (error) {
      skipped.push(`no ${path}: ${(error as Error).message.split("\n")[0]!}`);
    }
  }
  throw new EngineError(
    `openEngine: ${skipped.join("; ")}; leave out the path (or UNROLLED_ENGINE) to take the fastest that works`,
  );
}

/**
 * Opens one path.
 *
 * @param path - which
 * @param memory - where the operations' pointers point
 * @param node - what Node has; undefined in a browser
 * @returns the operations over the memory
 * @throws Error with one line that says what this machine lacks for it
 */
export function openPath(
  path: EnginePath,
  memory: SharedMemory,
  node: NodeParts | undefined,
): Computing {
  if (path === "js")
    return {
      path,
      operations: javascriptOperations(memory),
      reason: "plain TypeScript",
      isFallback: false,
      blasFile: undefined,
    };
  const operations = wasmOperations(memory);
  if (path === "wasm")
    return {
      path,
      operations,
      reason: "WebAssembly with SIMD",
      isFallback: false,
      blasFile: undefined,
    };
  if (node === undefined) throw new Error("there is none in a browser");
  const found = node.blasFile();
  if ("missing" in found) throw new Error(found.missing);
  const blas = node.loadBlas(found.file, memory, operations);
  const reason = `${blas.name} multiplies, WebAssembly with SIMD does the rest`;
  return {
    path,
    operations: withProducts(operations, blas),
    reason,
    isFallback: false,
    blasFile: found.file,
  };
}

/**
 * Operations whose products are done by something else.
 *
 * @param operations - what does everything else
 * @param products - what multiplies in their place
 * @returns new operations
 */
export function withProducts(operations: Operations, products: Products): Operations {
  const { multiply, outerProducts } = products;
  return { ...operations, multiply, outerProducts };
}

/** A library can load and yet compute nothing right (another interface, a broken file): one product tells. */
function requireRight(products: Products, memory: EngineMemory): void {
  const [rows, inner, columns] = [64, 40, 16];
  const block = memory.allocate((rows * inner + inner * columns + rows * columns) * 4);
  const w = block.floats(block.start, rows * inner);
  const b = block.floats(block.start + rows * inner * 4, inner * columns);
  const c = block.floats(block.start + (rows * inner + inner * columns) * 4, rows * columns);
  for (let n = 0; n < w.length; n++) w[n] = (n % 7) - 3;
  for (let n = 0; n < b.length; n++) b[n] = (n % 5) - 2;
  const { start } = block;
  products.multiply(start, rows, inner, b.byteOffset, inner, columns, c.byteOffset, rows, false);
  let wanted = 0;
  for (let k = 0; k < inner; k++) wanted += w[k * rows + 3]! * b[5 * inner + k]!;
  const got = c[5 * rows + 3]!;
  block.free();
  if (got !== wanted) throw new Error(`its product is wrong: expected ${wanted}, got ${got}`);
}
