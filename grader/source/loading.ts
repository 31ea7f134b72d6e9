/**
 * How a function is found in a module that a learner wrote.
 *
 * A line before the module's first tells where its function is, whether it is exported or not. So a
 * statement that fails behind the function costs nothing: the function is there.
 */
import type { AnyFunction } from "../../exercises/exercise.js";
import { loading } from "./absent.js";

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

/** A module's export, which no learner writes. */
const TOLD = "unrolled_functions";

/**
 * What is put before a module's first line, on the same line, where several exercises' modules are loaded
 * in one process: then nothing global may tell.
 *
 * @param names - the functions that are looked for in it: identifiers
 * @returns code without a line's end
 */
export function exportingLine(names: readonly string[]): string {
  return `export const ${TOLD} = { ${names.map((name) => `${name}: () => ${name}`).join(", ")} }; `;
}

/**
 * The function of a loaded module whose text begins with {@link exportingLine}.
 *
 * @param module - what its import gave
 * @param name - the function's
 * @returns undefined where nothing that can be called has the name
 */
export function exportedFunction(
  module: Readonly<Record<string, unknown>> | undefined,
  name: string,
): AnyFunction | undefined {
  try {
    const told = module?.[TOLD] as Readonly<Record<string, () => unknown>> | undefined;
    const found = module?.[name] ?? told?.[name]?.();
    return typeof found === "function" ? (found as AnyFunction) : undefined;
  } catch {
    return undefined; // no such name
  }
}

/**
 * What a statement that failed beside a function has cost, which is nothing where the function passes without it.
 *
 * @param status - the verdict's on the function
 * @returns words that go on after "failed, "
 */
export function costOf(status: string): string {
  return status === "passed"
    ? "which costs nothing"
    : "and what stands behind it in the file is not there either: mend it first";
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
    module = await loading(load);
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
