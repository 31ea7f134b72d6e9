/**
 * Packages other than the pack's own and mathjs: where an exercise is graded there are none. In all three
 * places each name that is imported from one means a stand-in (absent.ts).
 */
import { CLOSED_MODULES, OPEN_MODULES } from "./nodeModules.js";
import { type Statement, statementsOf } from "./statements.js";
import { ABSENT_MODULE, NOTHING_ELSE, OWN_PACKAGES } from "./surroundings.js";
import { tokensOf } from "./tokens.js";

/**
 * Whether an import leads to a package that is not there.
 *
 * @param address - what is imported
 * @returns false for files and other addresses, the pack, mathjs and Node's modules
 */
export function isOtherPackage(address: string): boolean {
  if (address === "" || /^(?:[./]|[a-z]+:|mathjs$)/.test(address)) return false;
  return ![...OWN_PACKAGES, ...OPEN_MODULES, ...CLOSED_MODULES].includes(address);
}

/**
 * Said by what stands for a package.
 *
 * @param name - the package's
 * @returns what can be imported
 */
export function noSuchPackage(name: string): string {
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
    const { text, end, kind } = statement;
    const other = isOfOtherPackage(statement)
      ? standIns(statement)
      : kind === "import" || kind === "type"
        ? text
        : withoutDynamicImports(text);
    if (other === text) continue;
    parts.push(source.slice(from, end - text.length), other);
    from = end;
  }
  if (parts.length === 0) return source; // a comment or a text looked like an import
  return `import { absentPackage as ${MAKER} } from "${ABSENT_MODULE}"; ${parts.join("")}${source.slice(from)}`;
}

/** What no learner names anything. */
const MAKER = "unrolled_absent";

/** What stands before an `import(…)` that is a value and no type. */
const BEFORE_VALUE = /^(?:await|return|void|=|=>|[([{};]|\?\?|&&|\|\|)$/;

/** With a stand-in for each `require("…")` of another package, and a promise of one for each `import("…")`. */
function withoutDynamicImports(text: string): string {
  if (!mentionsOtherPackage(text)) return text;
  const tokens = tokensOf(text);
  const parts: string[] = [];
  let from = 0;
  for (const [n, { text: word, start }] of tokens.entries()) {
    const [open, address, close] = [tokens[n + 1], tokens[n + 2], tokens[n + 3]];
    if (!/^(?:import|require)$/.test(word) || open?.text !== "(" || close?.text !== ")") continue;
    const isValue = n === 0 || BEFORE_VALUE.test(tokens[n - 1]!.text);
    const name = address?.kind === "string" ? address.text.slice(1, -1) : "";
    if (!isValue || !isOtherPackage(name)) continue;
    const standIn = `${MAKER}(${JSON.stringify(noSuchPackage(name))})`;
    parts.push(text.slice(from, start));
    parts.push(word === "import" ? `Promise.resolve(${standIn})` : standIn);
    from = close.end;
  }
  return parts.join("") + text.slice(from);
}

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
const FROM = /\b(?:from|import|require)\s*(?:\(\s*)?["']([^"'\n]*)["']/g;

/**
 * Whether a source imports another package, or looks as if it did.
 *
 * @param source - TypeScript
 * @returns true where a closer look is needed
 */
export function mentionsOtherPackage(source: string): boolean {
  return Array.from(source.matchAll(FROM)).some(([, address]) => isOtherPackage(address!));
}
