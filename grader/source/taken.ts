/**
 * What a notebook's names hold that comes of a module which is another one where an exercise is graded.
 *
 * In `learn` and in a class a module is loaded with stand-ins, so whatever was taken from one before the
 * function is called is a stand-in too. A notebook's cells ran with the real ones. So their declarations
 * are read: a name, a property, a call's answer, `await import(…)`, `require(…)`, objects and lists of these, and other
 * names for them. What a declaration computes in another way is what it is.
 */
import { isAbsentPackage } from "./absent.js";
import type { Statement } from "./statements.js";
import { type Token, tokensOf } from "./tokens.js";

/** What stands for a value, or for some of its parts. */
export type Part =
  | { readonly kind: "whole"; readonly value: unknown }
  | { readonly kind: "some"; readonly parts: ReadonlyMap<string, Part> };

/** What stands for a module; undefined for one that is the same everywhere. */
export type Modules = (address: string) => Part | undefined;

/**
 * The names that hold something else where an exercise is graded.
 *
 * @param statements - of all cells, in the order in which they ran
 * @param modules - what stands for a module
 * @returns by name, what stands for its value
 */
export function takenIn(
  statements: readonly Statement[],
  modules: Modules,
): ReadonlyMap<string, Part> {
  const names = new Map<string, Part>();
  for (const statement of statements) {
    const bound = boundBy(statement, names, modules);
    for (const name of statement.kind === "exports" ? [] : statement.declares) names.delete(name);
    for (const [name, part] of bound) names.set(name, part);
  }
  return names;
}

/**
 * A value with stand-ins in it.
 *
 * @param own - the value that a cell's name has
 * @param part - what stands for it
 * @returns a copy, or the stand-in
 */
export function withPart(own: unknown, part: Part): unknown {
  if (part.kind === "whole") return part.value;
  if (typeof own !== "object" || own === null) return own;
  const copy = (Array.isArray(own) ? own.slice() : { ...own }) as Record<string, unknown>;
  for (const [key, inner] of part.parts) copy[key] = withPart(copy[key], inner);
  return copy;
}

type Names = ReadonlyMap<string, Part>;
type Bound = readonly (readonly [name: string, part: Part])[];

function boundBy(statement: Statement, names: Names, modules: Modules): Bound {
  if (statement.kind === "import") return importedBy(statement, modules);
  if (statement.kind !== "variable" && statement.kind !== "other") return [];
  const mentions = (name: string): boolean => statement.words.has(name);
  if (!mentions("import") && !mentions("require") && !Array.from(names.keys()).some(mentions))
    return [];
  const tokens = tokensOf(statement.text);
  const isDeclaration = /^(?:const|let|var)$/.test(tokens[0]?.text ?? "");
  return new Reader(tokens, names, modules).bound(isDeclaration ? 1 : 0);
}

function importedBy({ imported = "", imports }: Statement, modules: Modules): Bound {
  const module = modules(imported);
  if (module === undefined) return [];
  return Array.from(imports).flatMap(([name, text]) => {
    const [, first, second] = tokensOf(text);
    const key = first?.text === "{" ? second!.text : first?.text === "*" ? undefined : "default";
    const part = key === undefined ? module : partOf(module, key);
    return part === undefined ? [] : [[name, part] as const];
  });
}

function partOf(whole: Part, key: string): Part | undefined {
  if (whole.kind === "some") return whole.parts.get(key);
  const { value } = whole;
  if (isAbsentPackage(value)) return whole;
  if (typeof value !== "object" || value === null) return undefined;
  const own = Object.getOwnPropertyDescriptor(value, key);
  return own === undefined || !("value" in own) ? undefined : { kind: "whole", value: own.value };
}

/** Reads `a = …, { b, c: d } = …`. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #names: Map<string, Part>;
  readonly #modules: Modules;
  #at = 0;

  constructor(tokens: readonly Token[], names: Names, modules: Modules) {
    this.#tokens = tokens;
    this.#names = new Map(names);
    this.#modules = modules;
  }

  bound(from: number): Bound {
    const all: (readonly [string, Part])[] = [];
    this.#at = from;
    while (this.#at < this.#tokens.length) {
      const start = this.#at;
      this.#skipTarget();
      const target = this.#tokens.slice(start, this.#at);
      if (this.#text() === "=") {
        this.#at++;
        const part = this.#value();
        const isWhole = /^(?:,|;|as|satisfies)?$/.test(this.#text());
        if (part !== undefined && isWhole) {
          for (const [name, inner] of targetsOf(target, part)) {
            all.push([name, inner]);
            this.#names.set(name, inner);
          }
        }
        this.#skipTo(/^[,;]$/);
      }
      this.#at++;
    }
    return all;
  }

  #text(ahead = 0): string {
    return this.#tokens[this.#at + ahead]?.text ?? "";
  }

  /** To the next such token outside brackets, or the end. */
  #skipTo(end: RegExp): void {
    while (this.#at < this.#tokens.length && !end.test(this.#text())) this.#skipOne();
  }

  /** Over a declaration's names and their type, in which commas stand between angle brackets too. */
  #skipTarget(): void {
    this.#skipOne();
    let angles = 0;
    while (this.#at < this.#tokens.length) {
      const text = this.#text();
      if (angles === 0 && /^(?:=|,|;)$/.test(text)) return;
      angles += text === "<" ? 1 : text === ">" ? -1 : 0;
      this.#skipOne();
    }
  }

  #skipOne(): void {
    if (/^[([{]$/.test(this.#text())) this.#skipBrackets();
    else this.#at++;
  }

  /** From an opening bracket to behind the one that closes it. */
  #skipBrackets(): void {
    let depth = 0;
    do {
      const { kind, text } = this.#tokens[this.#at]!;
      if (kind === "mark" && /^[([{]$/.test(text)) depth++;
      if (kind === "mark" && /^[)\]}]$/.test(text)) depth--;
      if (kind === "string" && text.endsWith("${")) depth++;
      if (kind === "string" && text.startsWith("}")) depth--;
      this.#at++;
    } while (depth > 0 && this.#at < this.#tokens.length);
  }

  /** An expression's value as far as it is one of a stand-in, and what it leads to. */
  #value(): Part | undefined {
    while (/^(?:await|new)$/.test(this.#text())) this.#at++;
    let part = this.#primary();
    for (;;) {
      const text = this.#text();
      if (text === "." || (text === "?." && this.#tokens[this.#at + 1]?.kind === "word")) {
        part = part && partOf(part, this.#text(1));
        this.#at += 2;
      } else if (text === "?.") {
        this.#at++;
      } else if (text === "[" || text === "(") {
        part = this.#within(part, text);
      } else if (text === "!" && !this.#tokens[this.#at]!.isFirstOnLine) {
        this.#at++;
      } else {
        return part;
      }
    }
  }

  /** What a call gives, or what stands under an index. */
  #within(part: Part | undefined, bracket: string): Part | undefined {
    const key = this.#tokens[this.#at + 1];
    this.#skipBrackets();
    if (part === undefined || key === undefined) return undefined;
    if (part.kind === "whole" && isAbsentPackage(part.value)) return part;
    if (bracket === "(") return undefined;
    return partOf(part, key.kind === "string" ? key.text.slice(1, -1) : key.text);
  }

  #primary(): Part | undefined {
    const { kind, text } = this.#tokens[this.#at] ?? { kind: "mark", text: "" };
    if (/^(?:import|require)$/.test(text) && this.#text(1) === "(") {
      const address = this.#tokens[this.#at + 2];
      this.#at++;
      this.#skipBrackets();
      return address?.kind === "string" ? this.#modules(address.text.slice(1, -1)) : undefined;
    }
    if (text === "(") {
      const close = this.#closing();
      this.#at++;
      const inner = this.#value();
      const isWhole = this.#at === close || /^(?:as|satisfies)$/.test(this.#text());
      this.#at = close + 1;
      return isWhole ? inner : undefined;
    }
    if (text === "{" || text === "[") return this.#literal(text === "{");
    this.#at++;
    return kind === "word" ? this.#names.get(text) : undefined;
  }

  #closing(): number {
    const from = this.#at;
    this.#skipBrackets();
    const close = this.#at - 1;
    this.#at = from;
    return close;
  }

  /** `{ a: …, b }` or `[…, …]`, with those of its parts that are known. */
  #literal(isObject: boolean): Part | undefined {
    const close = this.#closing();
    const parts = new Map<string, Part>();
    this.#at++;
    for (let n = 0; this.#at < close; n++) {
      const key = isObject ? this.#text() : String(n);
      if (isObject && this.#text(1) === ":") this.#at += 2;
      const part = this.#value();
      if (part !== undefined && /^[,}\]]$/.test(this.#text())) parts.set(key, part);
      this.#skipTo(/^[,}\]]$/);
      if (this.#at < close) this.#at++;
    }
    this.#at = close + 1;
    return parts.size === 0 ? undefined : { kind: "some", parts };
  }
}

/** The names that a target binds, each with its part: of `{ a, b: c = … }` a and c. */
function targetsOf(target: readonly Token[], part: Part): Bound {
  const [first, second, third] = target;
  if (first?.kind === "word") return [[first.text, part]];
  if (first?.text !== "{") return [];
  const bound: (readonly [string, Part])[] = [];
  const inside = target.slice(1);
  if (second === undefined || third === undefined) return bound;
  for (let n = 0; n < inside.length;) {
    const key = inside[n]!;
    const isRenamed = inside[n + 1]?.text === ":";
    const from = isRenamed ? n + 2 : n;
    let depth = 0;
    for (n = from; n < inside.length; n++) {
      const { text } = inside[n]!;
      if (depth === 0 && /^[,}]$/.test(text)) break;
      depth += /^[([{]$/.test(text) ? 1 : /^[)\]}]$/.test(text) ? -1 : 0;
    }
    const inner = key.kind === "word" ? partOf(part, key.text) : undefined;
    if (inner !== undefined) bound.push(...targetsOf(inside.slice(from, n), inner));
    n++;
  }
  return bound;
}
