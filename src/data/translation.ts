/** Numbers put into words: input and output differ in length and in order (synthetic). */
import { seededRandom } from "../core/random.js";
import { distinctTokens, splitGroups, tokenTrack } from "./dataSet.js";
import type { ApplicationInfo, DataSet } from "./dataSet.js";
import { numberWords } from "./numberWords.js";
import type { NumberLanguage } from "./numberWords.js";

/** A number in digits and the same number in words. */
export interface TranslationExample {
  /** The digits, most significant first. */
  readonly x: readonly string[];
  readonly y: readonly string[];
}

/** Pairs of digits and words, with the words' vocabulary. */
export interface TranslationSet extends DataSet<TranslationExample> {
  readonly language: NumberLanguage;
  /** The distinct tokens of the output. */
  readonly outputTokens: readonly string[];
}

const splitSeed = 5;
const digits: readonly string[] = [..."0123456789"];

/** What is known about the numbers in words; the lengths are those of all four languages. */
export const translationInfo: ApplicationInfo = {
  id: "translation",
  title: "Numbers in words",
  application: "machine translation",
  source: "the rules of English, German, French and Spanish (src/data/numberWords.ts)",
  licence: "MIT, as the pack",
  synthetic: true,
  x: "a digit, most significant first",
  y: "a word (in German, a part of the one word)",
  T_x: [1, 4],
  T_y: [1, 7],
  timeline: async () => {
    const { examples, tokens, outputTokens } = await translation("german");
    const { x, y } = examples[7934]!;
    return { input: tokenTrack(x, tokens), output: tokenTrack(y, outputTokens) };
  },
};

/**
 * The numbers from 0 to 9,999 in order, in digits and in the words of one language.
 *
 * @param language - of the words; German unless said
 * @returns the examples, the tokens of both sides and the split
 * @throws OutOfRangeError for any other language
 */
export async function translation(language: NumberLanguage = "german"): Promise<TranslationSet> {
  const examples = Array.from({ length: 10_000 }, (_, n) => ({
    x: [...String(n)],
    y: numberWords(n, language),
  }));
  return {
    info: translationInfo,
    examples,
    labels: [],
    tokens: digits,
    outputTokens: distinctTokens(examples.map(({ y }) => y)),
    language,
    split: splitGroups(examples, ({ x }) => x.join(""), 1000, seededRandom(splitSeed)),
  };
}
