/** The compiler out of the start-up snapshot. */
import type { Making } from "./compiler.js";

/** Where the start-up snapshot leaves what gives it. */
const inSnapshot = Symbol.for("unrolled.compiler");

/**
 * What makes the kernel's compiler: out of the start-up snapshot, or, when the process started without one, newly loaded.
 *
 * @returns it
 */
export async function theMaking(): Promise<Making> {
  const place = globalThis as unknown as Record<symbol, Making | undefined>;
  const making = place[inSnapshot];
  Reflect.deleteProperty(place, inSnapshot);
  if (making !== undefined) return making;
  const { compilerFor, loadTypeScript } = await import("./compiler.js");
  return (...given) => compilerFor(loadTypeScript(), ...given);
}
