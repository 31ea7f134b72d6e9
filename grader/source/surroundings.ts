/**
 * What a learner's module finds as "unrolled", "unrolled/check", "unrolled/charts" and
 * "unrolled/display", in `learn` and in a class alike.
 *
 * "unrolled" is the students' subset. A lesson's cells import more, for trial calls and charts: what
 * only shows something is there and does nothing; what an exercise asks for, or is built of it, is
 * there by name alone, and says so when it is used.
 */
import * as charts from "../../src/charts/index.js";
import * as library from "../../src/index.js";
import * as display from "../../src/show.js";
import * as student from "../../src/student.js";
import { notImportable } from "./absent.js";

/** Where what stands for a package comes from; no learner imports it. */
export const ABSENT_MODULE = "unrolled/absent";

/** What can be imported besides mathjs and own files. */
export const OWN_PACKAGES: readonly string[] = [
  "unrolled",
  "unrolled/check",
  "unrolled/charts",
  "unrolled/display",
  ABSENT_MODULE,
];

/** Where an import leads that leads nowhere. */
export const OUTSIDE = "file:///outside/";

/** Said of an import that is not there. */
export const NOTHING_ELSE =
  'a hand-in can import "unrolled", "mathjs" and its own files, nothing else';

/**
 * Why a module did not load, with what can be imported where an import was the reason.
 *
 * @param message - what the runtime said, at most a few thousand characters
 * @returns the same, or better words
 */
export function readableFailure(message: string): string {
  const missing =
    /requested module '(?:unrolled|[^']*unrolled\.m?js)' does not provide an export named '(\w+)'/.exec(
      message,
    );
  if (missing !== null) return notImportable(missing[1]!);
  const outside =
    /(?:Cannot find module|Module not found|Requires read access to) ["'](?:file:\/\/)?\/outside\/([^"']*)["']/.exec(
      message,
    ) ?? /Relative import path ["']([^"']*)["']/.exec(message);
  if (outside !== null) return `${outside[1]!} can't be imported; ${NOTHING_ELSE}`;
  const isOutside = /Requires read access|Module not found|not a dependency|remote/i;
  return isOutside.test(message) ? `${message}; ${NOTHING_ELSE}` : message;
}

/** The names of "unrolled" that only show something. */
export const SHOWING: readonly string[] = Object.keys(display);

/** How what a learner's module finds imports what it is made of. */
export interface Parts {
  /** The students' subset of the library. */
  readonly student: string;
  /** absent.ts. */
  readonly absent: string;
}

/**
 * The modules of {@link OWN_PACKAGES} as JavaScript.
 *
 * @param parts - the addresses of what they are made of
 * @returns by name, the module's text
 */
export function surroundings(parts: Parts): Readonly<Record<string, string>> {
  const there = new Set(Object.keys(student));
  const others = Object.keys(library).filter((name) => !there.has(name));
  return {
    unrolled: [
      `export * from ${JSON.stringify(parts.student)};`,
      INERT,
      `import { absent, notImportable } from ${JSON.stringify(parts.absent)};`,
      "const missing = (name) => absent(notImportable(name));",
      exportsOf(others, (name) =>
        SHOWING.includes(name) ? "inert" : `missing(${JSON.stringify(name)})`,
      ),
    ].join("\n"),
    "unrolled/check": `const same = async (_, fn) => fn;
const nothing = async () => undefined;
export { same as check, nothing as example, nothing as hint, nothing as progress, nothing as reset };
`,
    "unrolled/charts": [INERT, exportsOf(Object.keys(charts), () => "inert")].join("\n"),
    "unrolled/display": [INERT, exportsOf(SHOWING, () => "inert")].join("\n"),
    [ABSENT_MODULE]: `export * from ${JSON.stringify(parts.absent)};\n`,
  };
}

/** A value that can be called, awaited, read and listed, and is always itself. */
const INERT = `const inert = new Proxy(function () {}, {
  apply: () => inert,
  construct: () => inert,
  get: (_, key) =>
    key === "then" ? undefined
      : key === Symbol.iterator ? () => [][Symbol.iterator]()
        : key === Symbol.toPrimitive ? () => ""
          : inert,
});`;

/**
 * What gives a module the function `absent`.
 *
 * @param parts - where it comes from
 * @returns the code of an import
 */
export function absentFrom({ absent }: Pick<Parts, "absent">): string {
  return `import { absent } from ${JSON.stringify(absent)};`;
}

/**
 * Exports under these names, whose values have other names inside: no name is declared as it is.
 *
 * @param names - what is exported
 * @param valueOf - the code of an export's value
 * @returns the code of the exports
 */
export function exportsOf(names: readonly string[], valueOf: (name: string) => string): string {
  const values = names.map((name, n) => `const v${n} = ${valueOf(name)};`);
  return [
    ...values,
    `export { ${names.map((name, n) => `v${n} as ${name}`).join(", ")} };`,
    "",
  ].join("\n");
}
