/** The engine's paths, with one thread and with more than one. */
import { type Engine, type EnginePath, openEngine } from "unrolled/engine";
import { requireOrSkip } from "../../requirements.js";

/** Every path with one and with three threads. */
export const enginePaths: readonly { readonly path: EnginePath; readonly threads: number }[] = (
  ["js", "wasm", "blas"] as const
).flatMap((path) => [1, 3].map((threads) => ({ path, threads })));

/** Opens an engine, or skips the suite where the machine lacks its path. */
export function openOrSkip(context: Mocha.Context, path: EnginePath, threads: number): Engine {
  let engine: Engine | undefined;
  try {
    engine = openEngine({ path, threads });
  } catch {
    // said by requireOrSkip
  }
  requireOrSkip(context, `the engine's path ${path}`, engine !== undefined, "npm run setup");
  return engine!;
}
