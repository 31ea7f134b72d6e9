/** What stands where an exercise's function is missing, and what helps. Each of these looks at a text once. */
import { nearest } from "#common/nearest";
import { lookAlikeIn, strangeCharacter } from "../../source/characters.js";
import type { Statement } from "../../source/statements.js";
import { type Token, tokensOf } from "../../source/tokens.js";

const AGAIN = "and hand it in again";

/**
 * What is in a function's place, and the remedy.
 *
 * @param exercise - the function's name
 * @param text - the file's or the cell's
 * @param statements - the same, cut
 * @returns words that go on after "there is no …"; "" where nothing that helps can be said
 */
export function insteadOf(
  exercise: string,
  text: string,
  statements: readonly Statement[],
): string {
  return (
    lookAlike(exercise, statements) ??
    prefixed(text) ??
    commentedOut(exercise, text) ??
    python(text) ??
    mistypedWord(exercise, text) ??
    inside(exercise, statements) ??
    otherName(exercise, statements) ??
    ""
  );
}

const MOST_NAMES = 200;
/** No exercise's name is nearly as long. */
const LONGEST_NAME = 80;

function lookAlike(exercise: string, statements: readonly Statement[]): string | undefined {
  for (const name of namesOf(statements)) {
    const found = lookAlikeIn(name, exercise);
    if (found === undefined) continue;
    const letter = strangeCharacter(found.letter).name;
    return `, but a name that looks the same: its letter ${found.place} is ${letter} and not the Latin ${found.latin}; type ${exercise} anew ${AGAIN}`;
  }
  return undefined;
}

/** What copying from elsewhere puts before each line. */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^\s{0,8}\d{1,5}(?:[.:|)]|\s|$)/, "its number"],
  [/^\s{0,3}>/, '"> "'],
  [/^\+/, '"+"'],
];

function prefixed(text: string): string | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 3) return undefined;
  for (const [prefix, name] of PREFIXES) {
    const count = lines.filter((line) => prefix.test(line)).length;
    if (count >= 0.8 * lines.length)
      return `, but each line begins with ${name}: expected the code alone; copy it without that ${AGAIN}`;
  }
  return undefined;
}

function commentedOut(exercise: string, text: string): string | undefined {
  const at = ["function ", "const "].map((word) => text.indexOf(word + exercise));
  const first = Math.min(...at.filter((one) => one >= 0));
  if (!Number.isFinite(first)) return undefined;
  const isCode = tokensOf(text).some(({ start }) => start === first);
  if (isCode) return undefined;
  return `, but line ${lineAt(text, first)} has it in a comment or a text: expected code; take away the // or /* before it ${AGAIN}`;
}

function python(text: string): string | undefined {
  const lines = text.split("\n");
  const at = lines.findIndex((line) =>
    /^\s{0,8}(?:def \w{1,80}\(.{0,200}|import numpy\b.{0,80})$/.test(line.slice(0, 300)),
  );
  if (at < 0) return undefined;
  return `, but Python in line ${at + 1}: expected TypeScript; write export function … ${AGAIN}`;
}

function mistypedWord(exercise: string, text: string): string | undefined {
  const tokens = tokensOf(text);
  const at = tokens.findIndex(
    (token, n) =>
      token.text === exercise && tokens[n + 1]?.text === "(" && isMistyped(tokens[n - 1]),
  );
  if (at < 0) return undefined;
  const { text: word, start } = tokens[at - 1]!;
  return `, but "${word} ${exercise}" in line ${lineAt(text, start)}: expected function; write function ${exercise} ${AGAIN}`;
}

function isMistyped(before: Token | undefined): boolean {
  if (before?.kind !== "word" || before.text === "function" || before.text.length > 20)
    return false;
  return (
    /^(?:func|fun|fn|def|sub|proc)$/.test(before.text) ||
    nearest("function", [before.text]) !== undefined
  );
}

/** The function as a part of a class, a namespace or an object. */
function inside(exercise: string, statements: readonly Statement[]): string | undefined {
  const whole = statements.find((statement) => {
    if (!statement.words.has(exercise)) return false;
    const tokens = tokensOf(statement.text);
    const head = tokens[0]!.text;
    const isObject = /^(?:const|let|var)$/.test(head);
    if (!isObject && !/^(?:class|abstract|namespace|module)$/.test(head)) return false;
    return tokens.some((token, n) => {
      if (token.text !== exercise) return false;
      const [before, after] = [tokens[n - 1]?.text ?? "", tokens[n + 1]?.text ?? ""];
      if (isObject) return /^[{,]$/.test(before) && (after === ":" || isMethod(tokens, n));
      return (
        /^(?:[{};]|static|public|async|function|const)$/.test(before) && /^[(=<:]$/.test(after)
      );
    });
  });
  if (whole === undefined) return undefined;
  const name = whole.declares[0] ?? `a ${whole.start[0]} without a name`;
  return `, but it is a part of ${name.slice(0, LONGEST_NAME)}: expected a function of its own; write export function ${exercise}(…) { … } beside it ${AGAIN}`;
}

/** Whether a name is a method of the object that a declaration gives: `const a = { name(…) { … } }`. */
function isMethod(tokens: readonly Token[], at: number): boolean {
  const isLiteral = tokens[2]?.text === "=" && tokens[3]?.text === "{";
  if (!isLiteral || tokens[at + 1]?.text !== "(") return false;
  const depth = (of: RegExp): number =>
    tokens.slice(3, at).filter(({ text }) => of.test(text)).length;
  return depth(/^[([{]$/) - depth(/^[)\]}]$/) === 1;
}

function otherName(exercise: string, statements: readonly Statement[]): string | undefined {
  const functions = statements.filter(
    ({ kind, start }) =>
      (kind === "function" || kind === "variable") &&
      !/^(?:class|abstract|namespace|enum)$/.test(start[0]),
  );
  const names = namesOf(functions).filter((name) => !name.startsWith("my_"));
  const plain = (name: string): string => name.replaceAll("_", "").toLowerCase();
  const alone = functions.filter(({ kind }) => kind === "function").length === 1 ? names : [];
  const meant =
    names.find((name) => plain(name) === plain(exercise)) ??
    nearest(exercise, names) ??
    (alone.length === 1 ? alone[0] : undefined);
  return meant && `, but ${meant}: name it ${exercise} ${AGAIN}`;
}

function namesOf(statements: readonly Statement[]): readonly string[] {
  return statements
    .filter(({ kind }) => kind !== "import" && kind !== "exports")
    .flatMap(({ declares }) => declares)
    .filter((name) => name.length <= LONGEST_NAME)
    .slice(0, MOST_NAMES);
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
