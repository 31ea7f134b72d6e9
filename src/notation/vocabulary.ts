/** A vocabulary: the list of tokens that a model knows, each with its index (from 0). */
import { requireIterable, requireOptions } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";

/** Stands for every token that is not in the vocabulary. */
export const UNK = "<UNK>";

/** Ends a sequence. */
export const EOS = "<EOS>";

/** Which special tokens a vocabulary has, behind its ordinary ones. */
export interface VocabularyOptions {
  /** Whether {@link UNK} stands for tokens that are not in the list; no unless said. */
  readonly unknown?: boolean;
  /** Whether {@link EOS} is a token; no unless said. */
  readonly end?: boolean;
}

/** The tokens of a model in alphabetical order, then `<UNK>` and `<EOS>` where asked for. */
export class Vocabulary {
  /** All tokens; a token's place in this list is its index. */
  readonly tokens: readonly string[];
  private readonly indices: ReadonlyMap<string, number>;

  private constructor(tokens: readonly string[]) {
    this.tokens = tokens;
    this.indices = new Map(tokens.map((token, index) => [token, index]));
  }

  /**
   * The vocabulary of these tokens; what occurs several times counts once.
   *
   * @param tokens - the tokens of a text: an array of words, or a string for its characters
   * @param options - the special tokens that it also has
   * @returns the vocabulary: its tokens sorted, then the special ones
   * @throws OutOfRangeError when there is no token at all, or a special one that the options don't ask for
   * @example
   * Vocabulary.of(["the", "cat", "the"], { unknown: true }).tokens // → ["cat", "the", "<UNK>"]
   */
  static of(tokens: Iterable<string>, options: VocabularyOptions = {}): Vocabulary {
    requireOptions("Vocabulary.of", options, ["unknown", "end"]);
    requireIterable("Vocabulary.of", "tokens", tokens);
    const distinct = new Set(tokens);
    requireAskedFor(distinct.delete(UNK), UNK, "unknown", options);
    requireAskedFor(distinct.delete(EOS), EOS, "end", options);
    const all = Array.from(distinct).sort();
    if (options.unknown === true) all.push(UNK);
    if (options.end === true) all.push(EOS);
    if (all.length === 0) {
      throw new OutOfRangeError("Vocabulary.of: expected at least one token, got none");
    }
    return new Vocabulary(all);
  }

  /** The number of tokens: the length n_x of a one-hot vector. */
  get size(): number {
    return this.tokens.length;
  }

  /**
   * The token's index, from 0; that of `<UNK>` for a token that is not in the list.
   *
   * @param token - a token, or anything that is none
   * @returns a whole number from 0 to size − 1
   * @throws OutOfRangeError for such a token where the vocabulary has no `<UNK>`
   */
  indexOf(token: string): number {
    const index = this.indices.get(token) ?? this.indices.get(UNK);
    if (index === undefined) {
      const mend = token === EOS ? "{ end: true }" : "{ unknown: true } to have <UNK> stand for it";
      throw new OutOfRangeError(
        `Vocabulary.indexOf: ${JSON.stringify(token)} is not among the ${this.size} tokens; make the vocabulary with ${mend}`,
      );
    }
    return index;
  }

  /**
   * The token with this index.
   *
   * @param index - a whole number from 0 to size − 1
   * @returns the token, a special one too
   * @throws OutOfRangeError when there is none
   */
  tokenAt(index: number): string {
    const token = this.tokens[index];
    if (token === undefined) {
      throw new OutOfRangeError(
        `Vocabulary.tokenAt: no token ${index}: indices run from 0 to ${this.size - 1}`,
      );
    }
    return token;
  }

  /**
   * The tokens' indices, in order; a string gives the indices of its characters.
   *
   * @param tokens - an array of tokens, or a string for its characters
   * @returns one index a token
   * @throws OutOfRangeError for a token that is not in the list, where the vocabulary has no
   *   `<UNK>`, and for what holds no tokens
   */
  encode(tokens: Iterable<string>): number[] {
    requireIterable("Vocabulary.encode", "tokens", tokens);
    return Array.from(tokens, (token) => this.indexOf(token));
  }

  /**
   * The tokens with these indices, in order.
   *
   * @param indices - whole numbers from 0 to size − 1
   * @returns one token an index
   * @throws OutOfRangeError when an index has no token, and for what holds no indices
   */
  decode(indices: Iterable<number>): string[] {
    requireIterable("Vocabulary.decode", "indices", indices);
    return Array.from(indices, (index) => this.tokenAt(index));
  }
}

/** Asks that a special token that is among the tokens is asked for: without it, they could not be encoded. */
function requireAskedFor(
  isThere: boolean,
  token: string,
  option: keyof VocabularyOptions,
  options: VocabularyOptions,
): void {
  if (!isThere || options[option] === true) return;
  throw new OutOfRangeError(
    `Vocabulary.of: the tokens hold ${token}, which stands for more than itself: expected { ${option}: true } to have it in the vocabulary, or tokens without it`,
  );
}
