/**
 * Node's modules as an exercise has them. Those that only compute are what they are, by "util" as by
 * "node:util". Those that reach the machine are there by name alone: a class's box has no files, no
 * network and no other processes. So they say it when they are used, in practice as in a class, and an import
 * that a trial beside the function needs costs nothing.
 */
import { builtinModules, createRequire, syncBuiltinESMExports } from "node:module";
import { absentFrom, exportsOf, type Parts } from "./surroundings.js";

const require = createRequire(import.meta.url);

/** The modules that reach the machine. */
export const CLOSED_MODULES: readonly string[] = [
  ...["fs", "fs/promises", "os", "child_process", "cluster", "worker_threads", "module"],
  ...["net", "tls", "dgram", "dns", "dns/promises", "http", "https", "http2"],
  ...["readline", "readline/promises", "repl"],
];

/** The modules that only compute, by their names without "node:". */
export const OPEN_MODULES: readonly string[] = builtinModules.filter(
  (name) => !/^(?:_|node:)/.test(name) && !CLOSED_MODULES.includes(name),
);

/**
 * Said by a module that is there by name alone.
 *
 * @param name - the module's, without "node:"
 * @returns what is not there, and how to go on
 */
export function notThere(name: string): string {
  return `${name} can't be used in an exercise: where it is graded there are no files, no network and no other processes; do without it in the function`;
}

/**
 * What stands for a module that reaches the machine.
 *
 * @param name - one of {@link CLOSED_MODULES}
 * @param parts - what it is made of
 * @returns the text of a module with the same exports, each of which says that it is not there
 */
export function closedModule(name: string, parts: Pick<Parts, "absent">): string {
  const words = JSON.stringify(notThere(name));
  const names = new Set(["default", ...Object.keys(require(`node:${name}`) as object)]);
  return [absentFrom(parts), exportsOf(Array.from(names), () => `absent(${words})`)].join("\n");
}

/**
 * Makes calls as where an exercise is graded: while one runs, the functions of the closed modules that a
 * notebook's cells import say that they are not there.
 *
 * @param inputs - the cells
 * @returns what makes one call
 */
export function withoutMachine(inputs: readonly string[]): <T>(call: () => T) => T {
  const text = inputs.join("\n");
  const imported = CLOSED_MODULES.filter((name) =>
    ["", "node:"].some((scheme) => ['"', "'"].some((q) => text.includes(q + scheme + name + q))),
  );
  if (imported.length === 0) return (call) => call();
  return (call) => {
    const open = imported.map(close);
    syncBuiltinESMExports();
    try {
      return call();
    } finally {
      for (const again of open) again();
      syncBuiltinESMExports();
    }
  };
}

/** Replaces a module's functions; what is returned puts them back. */
function close(name: string): () => void {
  const module = require(`node:${name}`) as Record<string, unknown>;
  const refuse = function (): never {
    throw new Error(notThere(name));
  };
  const functions = Object.entries(Object.getOwnPropertyDescriptors(module)).filter(
    ([, { value, writable }]) => typeof value === "function" && writable === true,
  );
  for (const [key] of functions) module[key] = refuse;
  return () => {
    for (const [key, { value }] of functions) module[key] = value;
  };
}
