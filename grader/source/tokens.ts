/**
 * A source's words and marks, from left to right, without its comments.
 *
 * It is no parser: it only tells code from strings, comments and regular expressions, looks at each
 * character once and never looks back, so that no source can keep it busy.
 */

/** What a token is; a template's fixed text is a string, what it inserts is code again. */
export type TokenKind = "word" | "mark" | "string" | "number";

/** One token, from `start` up to `end`. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether a line ends between the token before and this one. */
  readonly isFirstOnLine: boolean;
}

/** Marks of several characters that must not be taken for several marks. */
const LONG_MARKS = [
  "...",
  "===",
  "!==",
  "=>",
  "==",
  "!=",
  "<=",
  ">=",
  "&&",
  "||",
  "??",
  "?.",
  "++",
  "--",
];

/** What ends a line; within quotation marks the last two do not. */
const LINE_END = /[\n\r\u2028\u2029]/;
const TEXT_END = /[\n\r]/;

const WORD_START = /[\p{ID_Start}$_]/u;
const WORD_PART = /[\p{ID_Continue}$\u200c\u200d]/u;

/** After these words a slash begins a regular expression. */
const BEFORE_EXPRESSION: ReadonlySet<string> = new Set(
  "return typeof case in of do else void delete throw new await yield instanceof".split(" "),
);

/**
 * The tokens of a source.
 *
 * @param source - TypeScript, perhaps with mistakes
 * @returns in the order of the source; what no token can be is a mark of one character
 */
export function tokensOf(source: string): readonly Token[] {
  return new Scanner(source).all();
}

class Scanner {
  private readonly source: string;
  private at = 0;
  private isFirstOnLine = true;
  private readonly tokens: Token[] = [];
  /** For each open brace, whether a template's inserted code began with it. */
  private readonly braces: boolean[] = [];

  constructor(source: string) {
    this.source = source;
  }

  all(): readonly Token[] {
    while (this.at < this.source.length) this.step();
    return this.tokens;
  }

  private step(): void {
    const { source, at } = this;
    const character = source[at]!;
    if (LINE_END.test(character)) this.isFirstOnLine = true;
    if (/\s/.test(character)) this.at++;
    else if (source.startsWith("//", at)) this.skipLine();
    else if (source.startsWith("/*", at)) this.skipComment();
    else if (character === '"' || character === "'") this.take("string", this.endOfText(character));
    else if (character === "`") this.takeTemplate(at);
    else if (WORD_START.test(character)) this.take("word", this.endOf(WORD_PART));
    else if (/\d/.test(character)) this.take("number", this.endOf(/[\w.]/));
    else if (character === "/" && this.isExpressionNext()) this.take("string", this.endOfPattern());
    else this.takeMark(character);
  }

  private take(kind: TokenKind, end: number): void {
    const text = this.source.slice(this.at, end);
    this.tokens.push({ kind, text, start: this.at, end, isFirstOnLine: this.isFirstOnLine });
    this.isFirstOnLine = false;
    this.at = end;
  }

  private takeMark(character: string): void {
    if (character === "{") this.braces.push(false);
    if (character === "}" && this.braces.pop() === true) {
      this.takeTemplate(this.at);
      return;
    }
    const long = LONG_MARKS.find((mark) => this.source.startsWith(mark, this.at));
    this.take("mark", this.at + (long ?? character).length);
  }

  /** A template's text up to its end, or up to the code that it inserts. */
  private takeTemplate(start: number): void {
    let end = start + 1;
    for (; end < this.source.length; end++) {
      if (this.source[end] === "\\") end++;
      else if (this.source[end] === "`") break;
      else if (this.source.startsWith("${", end)) {
        this.braces.push(true);
        end++;
        break;
      }
    }
    this.take("string", Math.min(end + 1, this.source.length));
  }

  private skipLine(): void {
    while (this.at < this.source.length && !LINE_END.test(this.source[this.at]!)) this.at++;
  }

  private skipComment(): void {
    const end = this.source.indexOf("*/", this.at + 2);
    const next = end < 0 ? this.source.length : end + 2;
    this.isFirstOnLine ||= LINE_END.test(this.source.slice(this.at, next));
    this.at = next;
  }

  /** The end of a text in quotation marks; a line's end ends it too. */
  private endOfText(quote: string): number {
    let end = this.at + 1;
    while (end < this.source.length && !TEXT_END.test(this.source[end]!)) {
      if (this.source[end] === quote) break;
      end += this.source[end] === "\\" ? 2 : 1;
    }
    return Math.min(end + 1, this.source.length);
  }

  private endOfPattern(): number {
    let end = this.at + 1;
    let isInClass = false;
    for (; end < this.source.length && !LINE_END.test(this.source[end]!); end++) {
      const character = this.source[end]!;
      if (character === "\\") end++;
      else if (character === "[") isInClass = true;
      else if (character === "]") isInClass = false;
      else if (character === "/" && !isInClass) break;
    }
    return Math.min(end + 1, this.source.length);
  }

  private endOf(part: RegExp): number {
    let end = this.at + 1;
    while (end < this.source.length && part.test(this.source[end]!)) end++;
    return end;
  }

  /** Whether a slash here begins a regular expression: what stands before is no value. */
  private isExpressionNext(): boolean {
    const before = this.tokens.at(-1);
    if (before === undefined) return true;
    if (before.kind === "word") return BEFORE_EXPRESSION.has(before.text);
    return before.kind === "mark" && ![")", "]", "}", "++", "--"].includes(before.text);
  }
}
