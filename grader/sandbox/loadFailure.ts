/**
 * Why a learner's module did not load, in words of the grader's own: the place in the learner's text, what is
 * wrong there, what was expected, and how to mend it. What the runtime says beside that is its own business.
 */
import type { ErrorPlace } from "../values/outcome.js";
import { strangeCharacter } from "../source/characters.js";
import { tokensOf } from "../source/tokens.js";
import { NOTHING_ELSE, readableFailure } from "../source/surroundings.js";

/** A place that the runtime named. */
export interface NamedPlace {
  /** Below the hand-in's folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** More of a headline is not read. */
const LONGEST_HEADLINE = 300;

/**
 * The place in the hand-in that a message names last.
 *
 * @param message - what the runtime said: "… at file:///submission/files/a.ts:4:13"
 * @param root - the address of the hand-in's folder
 * @returns undefined where it names none
 */
export function placeNamedIn(message: string, root: string): NamedPlace | undefined {
  const folder = root.endsWith("/") ? root : `${root}/`;
  const at = message.lastIndexOf(folder);
  if (at < 0) return undefined;
  const [address = ""] = message.slice(at + folder.length).split("\n", 1);
  const parts = address.split(":");
  if (parts.length < 3) return undefined;
  const [line, column] = [Number.parseInt(parts.at(-2)!, 10), Number.parseInt(parts.at(-1)!, 10)];
  if (!(line > 0) || !(column > 0)) return undefined;
  return { file: parts.slice(0, -2).join(":"), line, column };
}

/**
 * Why a module did not load.
 *
 * @param message - what the runtime said, at most a few thousand characters, without the paths of the box
 * @param at - the place that it named, as the learner knows it; undefined where it named none
 * @returns one line, with what helps
 */
export function loadFailureWords(message: string, at: ErrorPlace | undefined): string {
  const said = message.replace(/^TypeError: (?=SyntaxError)/, "");
  const [line = ""] = said.slice(0, LONGEST_HEADLINE).split("\n", 1);
  const headline = line.replace(/ at \S+:\d+:\d+$/, "");
  const isExport = headline.includes("does not provide an export");
  if (headline.startsWith("SyntaxError: ") && !isExport)
    return syntaxWords(headline.slice("SyntaxError: ".length), at);
  const imported = importWords(headline, at);
  if (imported !== undefined) return imported;
  const words = readableFailure(said.split("\n    at ", 1)[0]!);
  return at !== undefined && words.includes(NOTHING_ELSE) ? `${at.where}: ${words}` : words;
}

function syntaxWords(headline: string, at: ErrorPlace | undefined): string {
  const { what, remedy } = complaint(headline);
  if (at === undefined) return `the code can't be read as TypeScript: ${what}; ${remedy}`;
  const column = at.column === undefined ? "" : ` at column ${at.column}`;
  const text = at.text === undefined ? "" : `: \`${at.text}\``;
  const other = remedy === MEND ? strangeIn(at.text) : undefined;
  return `${at.where} can't be read as TypeScript: ${what}${column}${text}; ${other ?? remedy}`;
}

/** A character in a line's code that no code has, and what to write for it. */
function strangeIn(line = ""): string | undefined {
  const strange = tokensOf(line).find(({ kind, text }) => kind === "mark" && text > "\u007f");
  if (strange === undefined) return undefined;
  const { name, remedy } = strangeCharacter(strange.text);
  return `there is ${name}: ${remedy}`;
}

const MEND = "mend it there or in the line above, and hand it in again";

/** What the parser did not like, and how to mend it. */
function complaint(headline: string): { readonly what: string; readonly remedy: string } {
  const character =
    /c: '(.+)' \}/u.exec(headline) ?? /^Unexpected character '(.+)'$/u.exec(headline);
  if (character !== null) {
    const { name, remedy } = strangeCharacter(characterIn(character[1]!));
    return { what: `expected code, but there is ${name}`, remedy };
  }
  const twice =
    /^Identifier '(.+)' has already been declared/.exec(headline) ??
    /^Duplicate export of '(.+)'/.exec(headline);
  if (twice !== null) {
    const name = twice[1]!;
    return {
      what: `${name} is declared a second time`,
      remedy: `keep one ${name}, and hand it in again`,
    };
  }
  const [, expected = "", got = ""] = /^Expected '?(.+?)'?, got '(.+)'$/.exec(headline) ?? [];
  if (got === "<eof>")
    return {
      what: `expected '${expected.replaceAll("'", "")}', but the text ends`,
      remedy: "close what was opened, and hand it in again",
    };
  if (got !== "") return { what: `expected '${expected}', but there is '${got}'`, remedy: MEND };
  const [, alone = ""] =
    /^Expected (.+)$/.exec(headline) ??
    /^Unexpected token .+\. Expected (.+)$/.exec(headline) ??
    [];
  if (alone !== "") return { what: `expected ${inWords(alone)}`, remedy: MEND };
  if (headline === "Expression expected") return { what: "expected an expression", remedy: MEND };
  if (/^Unexpected (?:eof|end)/i.test(headline))
    return {
      what: "expected more, but the text ends",
      remedy: "close what was opened, and hand it in again",
    };
  return { what: headline.replaceAll(/[`<>]/g, ""), remedy: MEND };
}

/** "\u{1a}" and "\0" are written so; others are themselves. */
function characterIn(written: string): string {
  if (written === "\\0") return "\0";
  const [, code] = /^\\u\{([0-9a-f]{1,6})\}$/.exec(written) ?? [];
  return code === undefined
    ? Array.from(written)[0]!
    : String.fromCodePoint(Number.parseInt(code, 16));
}

function inWords(expected: string): string {
  return expected.replaceAll("<eof>", "the end").replaceAll(/\bident\b/g, "a name");
}

/** What is wrong with an import that leads nowhere. */
function importWords(headline: string, at: ErrorPlace | undefined): string | undefined {
  const where = at === undefined ? "" : `${at.where}: `;
  const [, missing] = /Module not found "([^"]*)"/.exec(headline) ?? [];
  if (missing !== undefined && !missing.includes("/outside/")) {
    const written = writtenAs(missing, at?.text);
    const named = `${where}"${written}" is not among the files that were handed in`;
    const isPack = /unrolled|mathjs/i.exec(written)?.[0].toLowerCase();
    if (isPack !== undefined)
      return `${named}: expected the package itself; write "${isPack}" in its place`;
    return `${named}: expected a file of yours; hand it in too, in the same place beside the others (${NOTHING_ELSE})`;
  }
  const [, remote] = /remote specifier was requested: "([^"]*)"/.exec(headline) ?? [];
  const [, bare] = /Import "([^"]*)" not a dependency/.exec(headline) ?? [];
  const name = remote ?? bare;
  if (name !== undefined)
    return `${where}"${name}" can't be imported: ${NOTHING_ELSE}; do without it, or write "unrolled"`;
  if (/npm specifiers|unprepared module|jsr/i.test(headline)) {
    const text = at?.text === undefined ? "this import" : `\`${at.text}\``;
    return `${where}${text} can't be imported: ${NOTHING_ELSE}; do without it, or write "unrolled"`;
  }
  return undefined;
}

/** How an import writes a file's path, by the line in which it stands. */
function writtenAs(path: string, line: string | undefined): string {
  const own = /["']([^"']*)["']/g;
  for (const [, text] of line?.matchAll(own) ?? []) {
    const bare = text!.replace(/^(?:\.{1,2}\/)+/, "");
    if (bare !== "" && path.endsWith(bare)) return text!;
  }
  return path;
}
