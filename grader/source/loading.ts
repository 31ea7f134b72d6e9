/**
 * How a function is found in a module that a learner wrote.
 *
 * A line before the module's first tells where its function is, whether it is exported or not. So a
 * statement that fails behind the function costs nothing: the function is there.
 */
import type { AnyFunction } from "../../exercises/exercise.js";

const PLACE = "unrolled.function";

/**
 * What is put before a module's first line, on the same line.
 *
 * @param name - the function's: an identifier
 * @returns code without a line's end
 */
export function tellingLine(name: string): string {
  return `globalThis[Symbol.for("${PLACE}")] = () => ${name}; `;
}

/** What came of loading a module. */
export type Loaded =
  /** The function; `failure` is what a statement of the module threw. */
  | { readonly kind: "function"; readonly fn: AnyFunction; readonly failure?: unknown }
  /** Something else has its name; undefined where nothing has. */
  | { readonly kind: "missing"; readonly found: unknown; readonly isDefault: boolean }
  | { readonly kind: "failed"; readonly error: unknown };

/**
 * Loads a module and finds its function.
 *
 * @param load - imports the module, whose text begins with {@link tellingLine}
 * @param name - the function's
 * @returns the function, or why there is none; it throws nothing
 */
export async function loadFunction(
  load: () => Promise<Readonly<Record<string, unknown>>>,
  name: string,
): Promise<Loaded> {
  let module: Readonly<Record<string, unknown>> = {};
  let failed: { readonly error: unknown } | undefined;
  try {
    module = await load();
  } catch (error) {
    failed = { error };
  }
  const found = module[name] ?? toldFunction();
  if (typeof found === "function") {
    const fn = found as AnyFunction;
    return failed === undefined
      ? { kind: "function", fn }
      : { kind: "function", fn, failure: failed.error };
  }
  if (failed !== undefined) return { kind: "failed", ...failed };
  return { kind: "missing", found, isDefault: typeof module["default"] === "function" };
}

function toldFunction(): unknown {
  try {
    return (globalThis as unknown as Record<symbol, () => unknown>)[Symbol.for(PLACE)]?.();
  } catch {
    return undefined; // no such name, or not yet a value
  }
}
