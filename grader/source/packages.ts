/**
 * Packages other than the pack's own and mathjs: where an exercise is graded there are none. In all three
 * places each name that is imported from one means a stand-in (absent.ts).
 */
import type { KernelHook } from "../../src/show.js";
import { absentPackage } from "./absent.js";
import { CLOSED_MODULES, OPEN_MODULES, withoutMachine } from "./nodeModules.js";
import { type Statement, statementsOf } from "./statements.js";
import { ABSENT_MODULE, NOTHING_ELSE, OWN_PACKAGES } from "./surroundings.js";

/**
 * Whether an import leads to a package that is not there.
 *
 * @param address - what is imported
 * @returns false for files and other addresses, the pack, mathjs and Node's modules
 */
export function isOtherPackage(address: string): boolean {
  if (/^(?:[./]|[a-z]+:|mathjs$)/.test(address)) return false;
  return ![...OWN_PACKAGES, ...OPEN_MODULES, ...CLOSED_MODULES].includes(address);
}

/** Said by what stands for a package. */
function noSuchPackage(name: string): string {
  return `${name} can't be used in an exercise: ${NOTHING_ELSE}; do without it in the function`;
}

/**
 * A source whose imports of other packages are stand-ins.
 *
 * @param source - TypeScript
 * @returns the same, line by line, with other statements in the imports' places
 */
export function withoutPackages(source: string): string {
  if (!mentionsOtherPackage(source)) return source;
  const parts: string[] = [];
  let from = 0;
  for (const statement of statementsOf(source)) {
    if (!isOfOtherPackage(statement)) continue;
    const { text, end } = statement;
    parts.push(source.slice(from, end - text.length), standIns(statement));
    from = end;
  }
  if (parts.length === 0) return source; // a comment or a text looked like an import
  return `import { absentPackage as ${MAKER} } from "${ABSENT_MODULE}"; ${parts.join("")}${source.slice(from)}`;
}

/** What no learner names anything. */
const MAKER = "unrolled_absent";

function isOfOtherPackage({ imported }: Statement): boolean {
  return imported !== undefined && isOtherPackage(imported);
}

function standIns({ text, imported, declares }: Statement): string {
  const words = JSON.stringify(noSuchPackage(imported!));
  const names = declares.map((name) => `${name} = ${MAKER}(${words})`);
  const lines = "\n".repeat(text.split("\n").length - 1);
  return (names.length === 0 ? "" : `const ${names.join(", ")};`) + lines;
}

/** Where a module is named; what looks like it in a text costs a closer look and no more. */
const FROM = /\b(?:from|import)\s*["']([^"'\n]*)["']/g;

function mentionsOtherPackage(source: string): boolean {
  return Array.from(source.matchAll(FROM)).some(([, address]) => isOtherPackage(address!));
}

/** A notebook: what its cells were, and what gives one of their names another value for a while. */
export type Cells = Pick<KernelHook, "inputs" | "exchange">;

/**
 * Makes calls as where an exercise is graded: without the machine, and without the packages that a
 * notebook's cells import.
 *
 * @param cells - the notebook; on a kernel that tells nothing of it, calls are made as they are
 * @returns what makes one call
 */
export function asWhereGraded({ inputs = [], exchange }: Cells): <T>(call: () => T) => T {
  const around = withoutMachine(inputs);
  const names = exchange === undefined ? [] : Array.from(otherPackagesIn(inputs));
  return (call) => {
    const back = names.map(([name, value]) => exchange!(name, value));
    try {
      return around(call);
    } finally {
      for (const again of back) again();
    }
  };
}

/** The names that mean another package's at the end, each with what stands for it. */
function otherPackagesIn(inputs: readonly string[]): ReadonlyMap<string, object> {
  const names = new Map<string, object>();
  if (!inputs.some(mentionsOtherPackage)) return names;
  for (const { declares, imported, kind } of inputs.flatMap(statementsOf)) {
    if (kind === "exports") continue;
    for (const name of declares) {
      if (imported !== undefined && isOtherPackage(imported))
        names.set(name, absentPackage(noSuchPackage(imported)));
      else names.delete(name);
    }
  }
  return names;
}
