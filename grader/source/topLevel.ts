/** What of a file runs while it is loaded, before its function is called: a trial, a loop, an end of the program. */
import type { Statement } from "./statements.js";

/** Statements that may keep a file from being loaded. */
export interface TopLevel {
  /** The one that takes longest, by the looks of it. */
  readonly slow?: TopStatement;
  /** The one that ends the program. */
  readonly exit?: TopStatement;
}

/** A statement at the top level of a file. */
export interface TopStatement {
  /** From 1. */
  readonly line: number;
  /** Its first line, cut. */
  readonly text: string;
}

const LOOP = /^(?:while|for|do)$/;
const LONGEST_TEXT = 80;

/**
 * What runs when a file is loaded.
 *
 * @param source - the file's text
 * @param statements - the same, cut
 * @returns the first loop, or else the last statement that declares nothing; and the first that may end the program
 */
export function topLevelOf(source: string, statements: readonly Statement[]): TopLevel {
  const others = statements.filter(({ kind }) => kind === "other");
  const slow = others.find(({ start }) => LOOP.test(start[0])) ?? others.at(-1);
  const exit = others.find(({ words, text }) => {
    return (words.has("process") || words.has("Deno")) && text.includes("exit");
  });
  return {
    ...(slow === undefined ? {} : { slow: placed(source, slow) }),
    ...(exit === undefined ? {} : { exit: placed(source, exit) }),
  };
}

function placed(source: string, { end, text }: Statement): TopStatement {
  const line = source.slice(0, end - text.length).split("\n").length;
  const [first = ""] = text.slice(0, LONGEST_TEXT).split("\n", 1);
  return { line, text: first };
}

/**
 * Said where a file was not loaded because of what stands at its top level.
 *
 * @param why - what was seen: "no answer after 10 s"
 * @param name - the function's
 * @param where - the statement's place, and its text; nothing where none is known
 * @returns one sentence with the remedy
 */
export function topLevelWords(
  why: string,
  name: string,
  where?: { readonly place: string; readonly text: string },
): string {
  const it = where === undefined ? "a statement" : `${where.place} (\`${where.text}\`)`;
  return `${why} while the file was loaded, before ${name} was called: expected nothing at the top level that waits, loops or ends the program, but there is ${it}; delete it, or put it into a function`;
}
