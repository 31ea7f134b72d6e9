/** Which words of a lesson its claims prove, and which checkable words nothing proves. */
import type { Notebook } from "../../grader/notebook/lessonCells.js";
import { lessonTexts, sentenceAt } from "./checkableWords.js";

/** Why words with something checkable in them are no claim about the world. */
export type NoClaim =
  /** says what a word or symbol means, or what a model is made of */
  | "definition"
  /** tells the reader what to do, or asks */
  | "instruction"
  /** says what comes or what came in these lessons */
  | "outline"
  /** follows from its premise by counting or arithmetic that stands there */
  | "arithmetic"
  /** labels what a cell prints or draws: the number behind it is computed there */
  | "label"
  /** what TypeScript or the library does: the compiler's and the library's own tests hold it */
  | "interface"
  /** supposes a case, to reason about it */
  | "supposition"
  /** tells how a lesson was made, or what others did: its sources hold it */
  | "history"
  /** a number of minutes: minutes.test.ts holds it */
  | "minutes";

/** Words of a lesson, in the lesson's own spelling but without emphasis; the cell is the one that says them. */
export type Words = string | readonly string[];

/** What has to be bound: what is claimed, and what only looks like it. */
export interface Bindable {
  readonly claims: readonly { readonly says?: Words }[];
  readonly noClaims?: Readonly<Partial<Record<NoClaim, readonly string[]>>> | undefined;
}

/** A sentence of a lesson, and where it stands. */
export interface Sentence {
  readonly cell: string;
  readonly sentence: string;
  /** Its checkable words that nothing binds. */
  readonly words: readonly string[];
}

/** How a lesson's texts and its claims fit together. */
export interface Bindings {
  /** Bound words that no text of the lesson says. */
  readonly lost: readonly string[];
  /** Sentences with checkable words outside of all bound words. */
  readonly unbound: readonly Sentence[];
  /** How many sentences have a checkable word at all. */
  readonly checkable: number;
}

/** Fewer words than these could stand anywhere, unless they are a sentence. */
const fewestWords = 3;

/**
 * Binds words to texts.
 *
 * @param notebook - the lesson
 * @param bound - its claims, and what is none
 * @returns what does not fit
 */
export function bindingsOf(notebook: Notebook, { claims, noClaims = {} }: Bindable): Bindings {
  const texts = lessonTexts(notebook);
  const fragments = [...claims.flatMap(saidBy), ...Object.values(noClaims).flat()];
  const spans = texts.map(({ text }) => fragments.flatMap((words) => placesOf(words, text)));
  const sentences = new Map<string, Sentence>();
  texts.forEach(({ cell, text, checkable }, k) => {
    for (const { word, at } of checkable) {
      const sentence = sentenceAt(text, at);
      const key = `${cell} ${sentence}`;
      const { words } = sentences.get(key) ?? { words: [] };
      const covered = spans[k]!.some(([from, to]) => from <= at && at + word.length <= to);
      sentences.set(key, { cell, sentence, words: covered ? words : [...words, word] });
    }
  });
  return {
    lost: fragments.filter((words) => !texts.some(({ text }) => says(text, words))),
    unbound: [...sentences.values()].filter(({ words }) => words.length > 0),
    checkable: sentences.size,
  };
}

/**
 * The sentence that says a claim's words.
 *
 * @param notebook - the lesson
 * @param words - some words of it
 * @returns cell and sentence; undefined where no text has them
 */
export function sentenceOf(notebook: Notebook, words: string): Sentence | undefined {
  const found = lessonTexts(notebook).find(({ text }) => text.includes(words));
  if (found === undefined) return undefined;
  const { cell, text } = found;
  return { cell, sentence: sentenceAt(text, text.indexOf(words)), words: [] };
}

/**
 * The words that a claim is bound to.
 *
 * @param claim - a claim of a lesson
 * @returns them, none for a claim that is bound to no words yet
 */
export function saidBy({ says = [] }: { readonly says?: Words }): readonly string[] {
  return typeof says === "string" ? [says] : says;
}

/** Whether the text says the words, in words enough to be told apart or as a whole sentence. */
function says(text: string, words: string): boolean {
  const at = text.indexOf(words);
  if (at < 0) return false;
  return words.split(" ").length >= fewestWords || sentenceAt(text, at) === words;
}

/** Where the words begin and end in the text, each time. */
function placesOf(words: string, text: string): (readonly [from: number, to: number])[] {
  const places: (readonly [number, number])[] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    places.push([at, at + words.length]);
  return places;
}
