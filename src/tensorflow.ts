import type * as tensorflow from "@tensorflow/tfjs";

/** TensorFlow.js, and what computes for it. */
export interface TensorFlow {
  readonly tf: typeof tensorflow;
  /** "tensorflow": tfjs-node's native part; "wasm": WebAssembly; "cpu": plain JavaScript. */
  readonly backend: "tensorflow" | "wasm" | "cpu";
}

/**
 * Loads TensorFlow.js with the fastest backend that really computes here: tfjs-node's native part
 * (`npm run setup:native`), else WebAssembly, else plain JavaScript. All three give the same float32
 * numbers to about 1e-6 and differ in speed only.
 *
 * @returns the module `tf` and the name of its backend
 *
 * @example
 * const { tf, backend } = await loadTensorFlow();
 * tf.tensor1d([1, 2, 3]).sum().dataSync()[0]; // → 6
 */
export async function loadTensorFlow(): Promise<TensorFlow> {
  return (await native()) ?? (await portable());
}

async function native(): Promise<TensorFlow | undefined> {
  const process = nodeProcess();
  if (process === undefined) return undefined;
  bringBack(process);
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2"; // errors only: its start-up notes are no one's business
  // The name in a variable: the package is optional, and the library compiles without it.
  const name = "@tensorflow/tfjs-node";
  try {
    const tf = moduleOf(await import(name));
    return computes(tf) ? { tf, backend: "tensorflow" } : undefined;
  } catch {
    return undefined; // not built on this machine
  }
}

async function portable(): Promise<TensorFlow> {
  const tf = moduleOf(await import("@tensorflow/tfjs"));
  try {
    await import("@tensorflow/tfjs-backend-wasm");
    if (await tf.setBackend("wasm")) return { tf, backend: "wasm" };
  } catch {
    // no WebAssembly here
  }
  await tf.setBackend("cpu");
  return { tf, backend: "cpu" };
}

/** tfjs-node may load and yet fail in every operation (Node 23 and newer without the two functions). */
function computes(tf: typeof tensorflow): boolean {
  return tf.tidy(
    () =>
      tf
        .tensor1d([1, 2])
        .add(tf.tensor1d([3, 4]))
        .dataSync()[1] === 6,
  );
}

/** Puts back two functions that Node 23 removed from its module util, and tfjs-node 4.22 calls. */
function bringBack(process: NodeProcess): void {
  const util = process.getBuiltinModule("util");
  util["isNullOrUndefined"] ??= (value: unknown): boolean => value === null || value === undefined;
  util["isArray"] ??= Array.isArray;
}

/** The part of Node's `process` that is used here: the library itself knows nothing of Node. */
interface NodeProcess {
  readonly env: Record<string, string | undefined>;
  readonly getBuiltinModule: (name: string) => Record<string, unknown>;
}

function nodeProcess(): NodeProcess | undefined {
  const { process } = globalThis as { process?: Partial<NodeProcess> };
  return process?.getBuiltinModule === undefined ? undefined : (process as NodeProcess);
}

/** CommonJS modules come with their exports under `default`, some by name too. */
function moduleOf(imported: unknown): typeof tensorflow {
  const { default: inner } = imported as { default?: typeof tensorflow };
  return inner ?? (imported as typeof tensorflow);
}
