/**
 * A source cut into its outermost statements, with the names that each one declares and uses.
 *
 * What is found is what an honest source says; a source that is written to mislead only loses its
 * own statements. Each token is looked at a fixed number of times.
 */
import { type Token, tokensOf } from "./tokens.js";

/** What a statement is: `other` is whatever declares nothing. */
export type StatementKind = "import" | "function" | "variable" | "type" | "exports" | "other";

/** An outermost statement. */
export interface Statement {
  readonly kind: StatementKind;
  /** Without `export` and `default` before a declaration. */
  readonly text: string;
  /** The names that it gives to the source; those that an import or an export list names. */
  readonly declares: readonly string[];
  /** Of an import: what it imports from. */
  readonly imported: string | undefined;
  /** Of an import: by each name, an import of it alone. */
  readonly imports: ReadonlyMap<string, string>;
  /** Whether it stands behind `export`. */
  readonly isExported: boolean;
  /** Whether it stands behind `export default`. */
  readonly isDefault: boolean;
  /** Whether it gives a function that is written out: declares it, exports it or assigns it. */
  readonly isFunction: boolean;
  /** The names that it mentions: not properties, nor what stands in strings and comments. */
  readonly words: ReadonlySet<string>;
  /** Names of parameters and variables inside it. */
  readonly locals: ReadonlySet<string>;
  /** The names that it gives a value to by "=". */
  readonly assigns: ReadonlySet<string>;
  /** Its first two tokens. */
  readonly start: readonly [string, string];
  /** Where it ends in its source, in characters. */
  readonly end: number;
}

/**
 * The outermost statements of a source.
 *
 * @param source - TypeScript, perhaps with mistakes
 * @returns in the order of the source
 */
export function statementsOf(source: string): readonly Statement[] {
  return cut(tokensOf(source)).map((tokens) => statementOf(source, tokens));
}

const DECLARING = /^(?:function|class|interface|type|enum|namespace|const|let|var)$/;
const WITH_BODY = /^(?:function|class|interface|enum|namespace)$/;
const MODIFIERS = /^(?:export|default|async|declare|abstract)$/;
/** A word that goes on with the statement before it, though it begins a line. */
const GOING_ON = /^(?:else|catch|finally|in|of|instanceof|as|satisfies|extends|implements|from)$/;
/** A mark after which a statement cannot end. */
const OPEN_END = /^(?:=|=>|[=!<>]=|[=!]==|[,.+\-*/%&|^?:<(]|&&|\|\||\?\?|\?\.|\.\.\.)$/;
/** A word that a name or a declaration has to follow, be it on the next line. */
const OPEN_WORD = /^(?:function|class|const|enum|export|default|import|extends|new)$/;
/** A word that begins a statement wherever it stands behind a block. */
const BEGINNING = /^(?:export|function|class|const|var|if|for|switch|try|throw)$/;
const OPENING = /^[([{]$/;
const CLOSING = /^[)\]}]$/;

/** How deep a token leads in or out; a template's inserted code is one level. */
function turn({ kind, text }: Token): number {
  if (kind === "mark") return OPENING.test(text) ? 1 : CLOSING.test(text) ? -1 : 0;
  if (kind !== "string") return 0;
  return (text.endsWith("${") ? 1 : 0) - (text.startsWith("}") ? 1 : 0);
}

function cut(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const statements: Token[][] = [];
  let current: Token[] = [];
  let depth = 0;
  const close = (): void => {
    if (current.length > 0) statements.push(current);
    current = [];
  };
  for (const token of tokens) {
    if (depth === 0 && current.length > 0 && beginsAnew(current, token)) close();
    current.push(token);
    depth = Math.max(0, depth + turn(token));
    if (depth === 0 && token.kind === "mark" && token.text === ";") close();
  }
  close();
  return statements;
}

/** Whether this token, at the outermost level, begins another statement than the one so far. */
function beginsAnew(current: readonly Token[], token: Token): boolean {
  const last = current.at(-1)!;
  if (last.kind === "mark" && last.text === "}" && isWithBody(current)) {
    if (token.kind === "mark") return token.isFirstOnLine && /^[{(;[]$/.test(token.text);
    return !(token.kind === "word" && /^(?:is|extends)$/.test(token.text));
  }
  if (last.text === "}" && token.kind === "word" && BEGINNING.test(token.text)) return true;
  if (!token.isFirstOnLine || (last.kind === "mark" && OPEN_END.test(last.text))) return false;
  if (last.kind === "word" && OPEN_WORD.test(last.text)) return current.at(-2)?.text === ".";
  if (token.kind === "mark") return token.text === "{" && last.text === "}";
  return !(token.kind === "word" && GOING_ON.test(token.text));
}

function isWithBody(tokens: readonly Token[]): boolean {
  const first = tokens.find(({ text }) => !MODIFIERS.test(text));
  return first?.kind === "word" && WITH_BODY.test(first.text);
}

function statementOf(source: string, tokens: readonly Token[]): Statement {
  const bare = tokens.slice(tokens.findIndex(({ text }) => !/^(?:export|default)$/.test(text)));
  const isExported = tokens[0]!.text === "export";
  const kind = kindOf(bare, isExported);
  const from = kind === "other" || kind === "exports" ? tokens : bare;
  return new Cut(
    kind,
    source.slice(from[0]!.start, from.at(-1)!.end),
    declaredBy(kind, bare),
    { isExported, isDefault: isExported && tokens[1]?.text === "default" },
    [from[0]!.text, from[1]?.text ?? ""],
    tokens.at(-1)!.end,
  );
}

/** Looks inside once, when it is asked to: of most statements nobody asks. */
class Cut implements Statement {
  readonly kind: StatementKind;
  readonly text: string;
  readonly declares: readonly string[];
  readonly isExported: boolean;
  readonly isDefault: boolean;
  readonly start: readonly [string, string];
  readonly end: number;
  private foundImports: ReadonlyMap<string, string> | undefined;
  private foundInner: Inner | undefined;

  constructor(
    kind: StatementKind,
    text: string,
    declares: readonly string[],
    { isExported, isDefault }: Pick<Statement, "isExported" | "isDefault">,
    start: readonly [string, string],
    end: number,
  ) {
    this.kind = kind;
    this.text = text;
    this.declares = declares;
    this.isExported = isExported;
    this.isDefault = isDefault;
    this.start = start;
    this.end = end;
  }

  get imported(): string | undefined {
    if (this.kind !== "import") return undefined;
    const tokens = tokensOf(this.text);
    const address = tokens[tokens[1]?.kind === "string" ? 1 : fromOf(tokens) + 1];
    return address?.kind === "string" ? address.text.slice(1, -1) : undefined;
  }

  get imports(): ReadonlyMap<string, string> {
    return (this.foundImports ??=
      this.kind === "import"
        ? importsIn(tokensOf(this.text), this.text)
        : new Map<string, string>());
  }

  get isFunction(): boolean {
    if (this.kind === "function") return true;
    if (this.kind !== "other") return false;
    const tokens = tokensOf(this.text);
    return this.isDefault ? isFunctionHere(tokens.slice(2)) : isFunctionValue(tokens);
  }

  get words(): ReadonlySet<string> {
    return this.inner.words;
  }

  get locals(): ReadonlySet<string> {
    return this.inner.locals;
  }

  get assigns(): ReadonlySet<string> {
    return this.inner.assigns;
  }

  private get inner(): Inner {
    return (this.foundInner ??= innerOf(tokensOf(this.text)));
  }
}

/** The names in a statement. */
type Inner = Pick<Statement, "words" | "locals" | "assigns">;

function innerOf(tokens: readonly Token[]): Inner {
  return { words: wordsOf(tokens), locals: localsOf(tokens), assigns: assignedIn(tokens) };
}

function kindOf(bare: readonly Token[], isExported: boolean): StatementKind {
  const head = bare.find(({ text }) => !MODIFIERS.test(text));
  if (head === undefined) return "other";
  if (isExported && /^[{*]$/.test(head.text)) return "exports";
  if (head.kind !== "word") return "other";
  if (head.text === "import") return /^[(.]$/.test(bare[1]?.text ?? "(") ? "other" : "import";
  if (!DECLARING.test(head.text)) return "other";
  if (/^(?:type|namespace)$/.test(head.text) && bare[bare.indexOf(head) + 1]?.kind !== "word")
    return "other";
  if (/^(?:interface|type)$/.test(head.text)) return "type";
  if (/^(?:const|let|var)$/.test(head.text) && bare[1]?.text !== "enum")
    return isFunctionValue(bare) ? "function" : "variable";
  return /^(?:function|class)$/.test(head.text) ? "function" : "variable";
}

/** Whether a variable's value is a function that is written out: it does nothing by itself. */
function isFunctionValue(bare: readonly Token[]): boolean {
  const equals = bare.findIndex(({ kind, text }) => kind === "mark" && text === "=");
  if (equals < 0) return false;
  return isFunctionHere(bare.slice(equals + 1));
}

/** Whether an expression is a function that is written out. */
function isFunctionHere(value: readonly Token[]): boolean {
  const start = value[0]?.text === "async" ? 1 : 0;
  const [first, second] = value.slice(start);
  if (first === undefined) return false;
  if (first.text === "function" || first.text === "class" || second?.text === "=>") return true;
  return first.text === "(" && isParameterList(value, start, closeOf(value, start));
}

function declaredBy(kind: StatementKind, bare: readonly Token[]): readonly string[] {
  if (kind === "other") return [];
  if (kind === "import" || kind === "exports")
    return namesIn(bare, fromOf(bare)).map(([, name]) => name);
  const at = bare.findIndex(({ text }) => DECLARING.test(text));
  const head = bare[at]!;
  if (/^(?:const|let|var)$/.test(head.text) && bare[at + 1]?.text !== "enum")
    return boundNames(bare, at + 1);
  if (head.text === "function" || head.text === "class") {
    const name = bare[at + 1]?.text === "*" ? bare[at + 2] : bare[at + 1];
    const isName = name?.kind === "word" && !/^(?:extends|implements)$/.test(name.text);
    return isName ? [name.text] : [];
  }
  const name = bare.slice(at + 1).find((token) => token.kind === "word" && token.text !== "enum");
  return name === undefined ? [] : [name.text];
}

/** Each name that an import gives, with an import of it alone. */
function importsIn(bare: readonly Token[], text: string): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  const places = { open: bare.findIndex(({ text }) => text === "{"), from: fromOf(bare) };
  const source = bare.slice(places.from).find(({ kind }) => kind === "string")?.text;
  const type = bare[1]?.text === "type" && bare[2]?.kind !== "string" ? "type " : "";
  for (const [n, name] of namesIn(bare, places.from)) {
    const given = bare[n - 1]?.text === "as" ? bare[n - 2] : undefined; // text that is no TypeScript comes here too
    const whole = given === undefined ? name : `${given.text} as ${name}`;
    const isInList = places.open >= 0 && n > places.open;
    if (source === undefined) {
      imports.set(name, text.replaceAll("\n", " ")); // it has no address: what stands there says so
      continue;
    }
    imports.set(name, `import ${type}${isInList ? `{ ${whole} }` : whole} from ${source};`);
  }
  return imports;
}

/** Where "from" stands before a module's name, or the end. */
function fromOf(bare: readonly Token[]): number {
  const from = bare.findIndex(
    ({ kind, text }, n) => kind === "word" && text === "from" && bare[n + 1]?.kind === "string",
  );
  return from < 0 ? bare.length : from;
}

/** The names that an import or an export list gives, with their places: of "a as b" it is b. */
function namesIn(bare: readonly Token[], end: number): readonly (readonly [number, string])[] {
  return bare.slice(0, end).flatMap(({ kind, text }, n) => {
    if (kind !== "word" || /^(?:import|export|type|as)$/.test(text)) return [];
    return bare[n + 1]?.text === "as" ? [] : [[n, text] as const];
  });
}

/** The names of `a = …, { b, c: d } = …`, from the first of them. */
function boundNames(tokens: readonly Token[], from: number): readonly string[] {
  const names: string[] = [];
  let n = from;
  while (n < tokens.length) {
    const start = tokens[n]!;
    const end = OPENING.test(start.text) ? closeOf(tokens, n) : n;
    names.push(...targetsIn(tokens, n, end));
    let depth = 0;
    let isType = tokens[end + 1]?.text === ":"; // in which commas stand between angle brackets too
    for (n = end + 1; n < tokens.length; n++) {
      const { text } = tokens[n]!;
      if (depth === 0 && text === "=") isType = false;
      depth += turn(tokens[n]!) + (isType ? angle(text) : 0);
      if (depth < 0) return names;
      if (depth === 0 && tokens[n]!.text === ",") break;
      if (depth === 0 && tokens[n]!.text === ";") return names;
      if (depth === 0 && tokens[n]!.isFirstOnLine && beginsAnew(tokens.slice(n - 1, n), tokens[n]!))
        return names;
    }
    n++;
  }
  return names;
}

/** The names that a pattern or a list of parameters binds: no keys, defaults or types. */
function targetsIn(tokens: readonly Token[], from: number, to: number): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  for (let n = from; n <= to; n++) {
    const { kind, text } = tokens[n]!;
    if (kind === "mark" && OPENING.test(text)) open.push(text);
    if (kind === "mark" && CLOSING.test(text)) open.pop();
    if (kind !== "word") continue;
    const before = n === from ? "(" : tokens[n - 1]!.text;
    const isInObject = open.at(-1) === "{"; // there a colon leads to a target, elsewhere to a type
    const isKey = isInObject && tokens[n + 1]?.text === ":";
    if (!isKey && (isInObject ? AFTER_KEY : AT_START).test(before)) names.push(text);
  }
  return names;
}

function angle(text: string): number {
  return text === "<" ? 1 : text === ">" ? -1 : 0;
}

const AT_START = /^(?:[([{,]|\.\.\.)$/;
const AFTER_KEY = /^(?:[([{,:]|\.\.\.)$/;

/** The place of the bracket that closes the one at `open`. */
function closeOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let n = open; n < tokens.length; n++) {
    depth += turn(tokens[n]!);
    if (depth === 0) return n;
  }
  return tokens.length - 1;
}

function wordsOf(tokens: readonly Token[]): ReadonlySet<string> {
  const isName = ({ kind }: Token, n: number): boolean => {
    const before = tokens[n - 1]?.text;
    return kind === "word" && before !== "." && before !== "?.";
  };
  return new Set(tokens.filter(isName).map(({ text }) => text));
}

function assignedIn(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [n, { kind, text }] of tokens.entries()) {
    const isProperty = tokens[n - 1]?.text === ".";
    if (kind === "word" && !isProperty && tokens[n + 1]?.text === "=") names.add(text);
  }
  return names;
}

/** Longer lists of parameters are not looked at: nested ones would be read over and over. */
const LONGEST_LIST = 500;

/** The names of parameters and of inner variables. */
function localsOf(tokens: readonly Token[]): ReadonlySet<string> {
  const closes = closesOf(tokens);
  const locals = new Set<string>();
  const bind = (from: number, to: number): void => {
    if (to - from > LONGEST_LIST) return;
    for (const name of targetsIn(tokens, from, to)) locals.add(name);
  };
  for (const [n, { kind, text }] of tokens.entries()) {
    const next = tokens[n + 1];
    if (kind === "word" && next?.text === "=>") locals.add(text);
    if (n > 0 && next !== undefined && /^(?:const|let|var)$/.test(text))
      bind(n + 1, OPENING.test(next.text) ? (closes.get(n + 1) ?? n + 1) : n + 1);
    const close = text === "(" ? closes.get(n) : undefined;
    if (close !== undefined && isParameterList(tokens, n, close)) bind(n, close);
  }
  return locals;
}

/** Where each round bracket and pattern closes, found in one pass. */
function closesOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  const open: number[] = [];
  for (const [n, token] of tokens.entries()) {
    const by = turn(token);
    if (by > 0) open.push(n);
    const start = by < 0 ? open.pop() : undefined;
    if (start !== undefined) closes.set(start, n);
  }
  return closes;
}

/** Whether the brackets that open and close here hold parameters. */
function isParameterList(tokens: readonly Token[], open: number, close: number): boolean {
  const after = tokens[close + 1]?.text;
  const before = tokens[open - 1]?.text ?? "=";
  if (after === "=>") return true;
  if (after === "{") return !/^(?:if|for|while|switch|with)$/.test(before);
  if (after !== ":") return false;
  return (
    /^(?:[=(,:]|=>|return|async|function)$/.test(before) || tokens[open - 2]?.text === "function"
  );
}
