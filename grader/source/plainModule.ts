/**
 * A learner's file as a module that a class's box and `learn` can load, though it was written in another way: for
 * CommonJS (`require`, `exports`), with a default export that has no name, with a first line for a shell.
 *
 * Lines stay where they are: what is put before stands on the first line, what is put behind on lines of its own.
 */
import { isOtherPackage } from "./packages.js";
import { type Statement, statementsOf } from "./statements.js";
import { type Token, tokensOf } from "./tokens.js";

/** A change of a text: from `at` up to `end` stands this. */
interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A text whose first line is no line for a shell ("#!/usr/bin/env tsx").
 *
 * @param source - a file's
 * @returns the same, as long as it was
 */
export function withoutShellLine(source: string): string {
  return source.startsWith("#!") ? `//${source.slice(2)}` : source;
}

/**
 * Whether a source has one default export that is a function without a name.
 *
 * @param statements - the source's
 * @returns true for `export default function (…) { … }`, `export default (…) => …` and `module.exports = (…) => …`
 */
export function hasNamelessDefault(statements: readonly Statement[]): boolean {
  return statements.filter((one) => namelessIn(one) !== undefined).length === 1;
}

/**
 * The same module as one that can be loaded.
 *
 * @param source - TypeScript or JavaScript
 * @param name - what its default export is called where it has no name; nothing where it stays without one
 * @returns the same lines, and more behind them
 */
export function plainModule(source: string, name?: string): string {
  const bare = withoutShellLine(source);
  const isNamed = name !== undefined && hasNamelessDefault(statementsOf(bare));
  const named = isNamed ? withNamedDefault(bare, name) : bare;
  return /\b(?:require|exports)\b/.test(named) ? withoutCommonJs(named) : named;
}

/** How a function without a name is exported. */
type Nameless = "function" | "value" | "assigned";

function namelessIn(statement: Statement): Nameless | undefined {
  const { text, start } = statement;
  if (statement.isDefault) {
    if (statement.kind === "function" && statement.declares.length === 0)
      return /^(?:async\s{0,20})?function\b/.test(text) ? "function" : undefined;
    if (statement.kind !== "other" || !statement.isFunction) return undefined;
    return "value";
  }
  const isAssigned = start.join("") === "module." && statement.isFunction;
  return isAssigned && isExportsItself(tokensOf(text.slice(0, 200))) ? "assigned" : undefined;
}

/** Whether tokens begin with `module.exports =`. */
function isExportsItself(tokens: readonly Token[]): boolean {
  const start = tokens.slice(0, 4).map(({ text }) => text);
  return start.join(" ") === "module . exports =";
}

/** The text with a name for its one default export without. */
function withNamedDefault(source: string, name: string): string {
  const statement = statementsOf(source).find((one) => namelessIn(one) !== undefined)!;
  const how = namelessIn(statement)!;
  const from = statement.end - statement.text.length;
  const tokens = tokensOf(statement.text);
  if (how === "function") {
    const head = tokens.findIndex(({ text }) => text === "function");
    const after = tokens[head + 1]?.text === "*" ? tokens[head + 1]! : tokens[head]!;
    return edited(source, [{ at: from + after.end, end: from + after.end, text: ` ${name}` }]);
  }
  const before = { at: from, end: from, text: `const ${name} = ` };
  if (how === "assigned") return edited(source, [before]);
  const [, second] = tokens as [Token, Token]; // export default
  const text = edited(source, [{ ...before, end: from + second.end }]);
  return `${text}\nexport { ${name} as default };`;
}

const REQUIRED = "unrolled_required_";
const EXPORTED = "unrolled_exported_";

function withoutCommonJs(source: string): string {
  const statements = statementsOf(source);
  const declared = new Set(
    statements.flatMap(({ kind, declares, imported }) =>
      kind === "exports" || (kind === "import" && imported === undefined) ? [] : declares,
    ),
  );
  const tokens = tokensOf(source);
  const { edits, imports } = declared.has("require")
    ? { edits: [], imports: [] }
    : requiredIn(tokens);
  const isExporting =
    !declared.has("exports") && !declared.has("module") && tokens.some(isExportsWord);
  if (!isExporting) return imports.join("") + edited(source, edits);
  const names = exportedNames(tokens);
  const given = new Set(
    statements.flatMap((one) => (one.isExported || one.kind === "exports" ? one.declares : [])),
  );
  const declaring = declarationsOf(statements, tokens, declared);
  const before = `${imports.join("")}const module = { exports: {} }, exports = module.exports; `;
  const after = Array.from(names).flatMap((name, n) => {
    if (given.has(name)) return [];
    if (!declared.has(name) && !declaring.has(name) && name !== "default")
      return `export const ${name} = module.exports.${name};`;
    return `const ${EXPORTED}${n} = module.exports.${name}; export { ${EXPORTED}${n} as ${name} };`;
  });
  const all = [...edits, ...declaring.values()].sort((one, other) => one.at - other.at);
  return [before + edited(source, all), ...after].join("\n");
}

function isExportsWord({ kind, text }: Token, n: number, tokens: readonly Token[]): boolean {
  if (kind !== "word" || text !== "exports") return false;
  const before = tokens[n - 1]?.text;
  return before !== "." || (tokens[n - 2]?.text === "module" && tokens[n - 3]?.text !== ".");
}

/** Each `require("…")` of what can be imported: a name in its place, and the imports that give the names. */
function requiredIn(tokens: readonly Token[]): {
  readonly edits: readonly Edit[];
  readonly imports: readonly string[];
} {
  const edits: Edit[] = [];
  const places = new Map<string, string>();
  for (const [n, { kind, text, start }] of tokens.entries()) {
    const [open, address, close] = [tokens[n + 1], tokens[n + 2], tokens[n + 3]];
    const isCall = kind === "word" && text === "require" && tokens[n - 1]?.text !== ".";
    if (!isCall || open?.text !== "(" || close?.text !== ")" || address?.kind !== "string")
      continue;
    const name = address.text.slice(1, -1);
    if (name === "" || isOtherPackage(name) || !/^["'][^"'`\\\n]*["']$/.test(address.text))
      continue;
    const place = places.get(name) ?? `${REQUIRED}${places.size}`;
    places.set(name, place);
    const head = tokens[n - 3];
    if (tokens[n - 1]?.text === "=" && head?.text === "import")
      edits.push({ at: head.start, end: head.end, text: "const" });
    edits.push({ at: start, end: close.end, text: place });
  }
  const imports = Array.from(
    places,
    ([name, place]) => `import * as ${place} from ${JSON.stringify(name)}; `,
  );
  return { edits, imports };
}

/** Where `exports.name =` or `module.exports.name =` stands: the place of its name among the tokens. */
function assignedAt(tokens: readonly Token[], n: number): number | undefined {
  if (!isExportsWord(tokens[n]!, n, tokens)) return undefined;
  const name = tokens[n + 2];
  const isAssigned = tokens[n + 1]?.text === "." && tokens[n + 3]?.text === "=";
  return isAssigned && name?.kind === "word" ? n + 2 : undefined;
}

/** The names that a source gives by `exports`: a name after it, or the keys of what is put in its place. */
function exportedNames(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  let read = 0;
  for (const n of tokens.keys()) {
    const at = assignedAt(tokens, n);
    if (at !== undefined) names.add(tokens[at]!.text);
    const isWhole = isExportsWord(tokens[n]!, n, tokens) && tokens[n + 1]?.text === "=";
    if (!isWhole || n < read || tokens[n + 2]?.text !== "{") continue;
    let depth = 0;
    for (let m = n + 2; m < tokens.length; m++) {
      read = m;
      const { kind, text } = tokens[m]!;
      const isKey = depth === 1 && /^[{,]$/.test(tokens[m - 1]!.text) && kind === "word";
      if (isKey)
        names.add(text === "async" && tokens[m + 1]?.kind === "word" ? tokens[m + 1]!.text : text);
      if (kind === "mark") depth += /^[([{]$/.test(text) ? 1 : /^[)\]}]$/.test(text) ? -1 : 0;
      if (depth === 0) break;
    }
  }
  return names;
}

/** For each name that is given its value by `exports.name =` alone, and is a function's: a declaration in its place. */
function declarationsOf(
  statements: readonly Statement[],
  tokens: readonly Token[],
  declared: ReadonlySet<string>,
): ReadonlyMap<string, Edit> {
  const starts = new Map(tokens.map(({ start }, n) => [start, n]));
  const declarations = new Map<string, Edit>();
  for (const statement of statements) {
    const { kind, text, end, start } = statement;
    if (kind !== "other" || !/^(?:exports|module)$/.test(start[0])) continue;
    const at = end - text.length;
    const first = starts.get(at)!;
    const name = assignedAt(tokens, first) ?? assignedAt(tokens, first + 2);
    if (name === undefined || declared.has(tokens[name]!.text) || !statement.isFunction) continue;
    const word = tokens[name]!.text;
    if (declarations.has(word)) continue;
    declarations.set(word, { at, end: at, text: `const ${word} = ` });
  }
  return declarations;
}

function edited(source: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, end, text } of edits) {
    parts.push(source.slice(from, at), text);
    from = end;
  }
  return parts.join("") + source.slice(from);
}
