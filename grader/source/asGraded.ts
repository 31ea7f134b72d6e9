/**
 * A notebook's calls as where an exercise is graded: without the machine, without other packages, and without
 * the library's functions that are exercises. While one runs, the names that cells took from these hold
 * stand-ins, and own files that import them are loaded once more with stand-ins in their places.
 */
import * as library from "../../src/index.js";
import type { KernelHook } from "../../src/show.js";
import * as student from "../../src/student.js";
import type { AnyFunction } from "../../exercises/exercise.js";
import { absent, absentPackage, loading, notImportable } from "./absent.js";
import { withoutMachine } from "./nodeModules.js";
import {
  isOtherPackage,
  mentionsOtherPackage,
  noSuchPackage,
  withoutPackages,
} from "./packages.js";
import { type Statement, statementsOf } from "./statements.js";
import { ABSENT_MODULE, SHOWING } from "./surroundings.js";
import { type Part, takenIn, withPart } from "./taken.js";

/** A notebook: what its cells and its own files are, and what gives one of their names another value for a while. */
export type Cells = Pick<KernelHook, "inputs" | "exchange" | "ownTexts" | "importChanged">;

/** Makes one call of a learner's function. */
export type Around = <T>(call: () => T, fn: AnyFunction) => T;

/** The library's functions that are not there where an exercise is graded, by name. */
const ABSENT: ReadonlyMap<string, object> = new Map(
  Object.keys(library)
    .filter((name) => !(name in student) && !SHOWING.includes(name))
    .map((name) => [name, absent(notImportable(name))]),
);

/** Their names by what they are. */
const NAME_OF: ReadonlyMap<unknown, string> = new Map(
  Array.from(ABSENT.keys(), (name) => [library[name as keyof typeof library], name]),
);

/**
 * Makes calls as where an exercise is graded.
 *
 * @param cells - the notebook; on a kernel that tells nothing of it, calls are made as they are
 * @returns what makes one call
 */
export async function asWhereGraded(cells: Cells): Promise<Around> {
  const { inputs, exchange } = cells;
  if (inputs === undefined) return (call) => call();
  const statements = inputs.flatMap(cut);
  const files = new Map<string, Part>();
  const texts: string[] = [];
  for (const address of ownFilesIn(statements)) {
    const behind = cells.ownTexts?.(address) ?? [];
    texts.push(...behind);
    if (!behind.some(needsStandIns)) continue;
    const again = await importAgain(cells, address);
    if (again !== undefined) files.set(address, again);
  }
  const around = withoutMachine([...inputs, ...texts]);
  const names = takenIn(statements, (address) => files.get(address) ?? moduleOf(address));
  const isRequiring = inputs.some((input) => input.includes("require"));
  return (call, fn) => {
    const name = NAME_OF.get(fn);
    if (name !== undefined) throw new Error(notImportable(name));
    const back = Array.from(names, ([own, part]) =>
      exchange?.(own, (value) => withPart(value, part)),
    );
    if (isRequiring) back.push(exchange?.("require", requireAsGraded));
    try {
      return around(call);
    } finally {
      for (const again of back) again?.();
    }
  };
}

/** What stands for a module that no file of the learner's is. */
function moduleOf(address: string): Part | undefined {
  if (address === "unrolled") return LIBRARY;
  if (!isOtherPackage(address)) return undefined;
  return { kind: "whole", value: absentPackage(noSuchPackage(address)) };
}

/** A `require` that gives what stands for a module. */
function requireAsGraded(own: unknown): (address: string) => unknown {
  return (address) => {
    const part = moduleOf(address);
    if (part?.kind === "whole") return part.value;
    const module = (own as (address: string) => unknown)(address);
    return part === undefined ? module : withPart(module, part);
  };
}

const LIBRARY: Part = {
  kind: "some",
  parts: new Map(Array.from(ABSENT, ([name, value]) => [name, { kind: "whole", value }])),
};

/** The addresses of own files that cells import. */
function ownFilesIn(statements: readonly Statement[]): ReadonlySet<string> {
  const isOwn = (address: string): boolean => /^\.{0,2}\//.test(address);
  return new Set(statements.flatMap(({ imported }) => imported ?? []).filter(isOwn));
}

const WORDS = /[\w$]+/g;

function needsStandIns(text: string): boolean {
  if (mentionsOtherPackage(text)) return true;
  return (
    text.includes("unrolled") && Array.from(text.matchAll(WORDS)).some(([word]) => ABSENT.has(word))
  );
}

/** What an own file's exports are where other modules are stand-ins; nothing where it does not load. */
async function importAgain(cells: Cells, address: string): Promise<Part | undefined> {
  const modules = {
    [ABSENT_MODULE]: { absent, absentPackage },
    unrolled: withPart(library, LIBRARY) as object,
  };
  try {
    const exports = await loading(async () =>
      cells.importChanged?.(address, { text: withoutPackages, modules }),
    );
    if (typeof exports !== "object" || exports === null) return undefined;
    const parts = Object.entries(exports).map(
      ([name, value]) => [name, { kind: "whole", value }] as const,
    );
    return { kind: "some", parts: new Map(parts) };
  } catch {
    return undefined; // what failed in a class too says so there
  }
}

/** The statements of cells, cut once each. */
const known = new Map<string, readonly Statement[]>();

/** So many cells are remembered. */
const MOST_CELLS = 500;

function cut(input: string): readonly Statement[] {
  const before = known.get(input);
  if (before !== undefined) return before;
  if (known.size >= MOST_CELLS) known.clear();
  const statements = statementsOf(input);
  known.set(input, statements);
  return statements;
}
