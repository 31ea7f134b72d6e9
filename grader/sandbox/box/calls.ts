/** Calls of a student's function, each told as JSON text and numbers. */
import type { AnyFunction } from "../../../exercises/exercise.js";
import { type Frame, ownFrame } from "../../judge/trace/errorPlace.js";
import { outcomeOf, standInFunction } from "../../judge/observe.js";
import { CodecError, decode, encode, type Json } from "../../values/codec.js";
import { NumberBlock } from "../../values/numberBlock.js";
import { type Encoded, isAsEncoded, isSameEncoding } from "../../values/sameEncoding.js";
import type { RunRequest } from "../messages.js";
import { text, wordsOf } from "./words.js";

/**
 * The address of the packed folder, in which no file is the student's.
 *
 * @param program - the address of one that starts in the box
 * @returns the folder's
 */
export function packOf(program: string): string {
  return new URL("../../../", program).href;
}

/** One call's ending as text, and its answer if it has one. */
interface Told {
  readonly text: string;
  readonly answer?: Encoded;
  /** Whether the arguments are what they were. */
  readonly isKept: boolean;
  /** It can't be told here: the exercise has to be run alone. */
  readonly isUnusual?: boolean;
}

/** Calls whose answers share one block of numbers. */
export class Calls {
  private readonly block = new NumberBlock();
  /** From where the places of an exercise's numbers are counted: what came before it does not show in them. */
  private base = 0;

  private readonly pack: string;

  /** @param pack - the address of the packed folder */
  constructor(pack: string) {
    this.pack = pack;
  }

  /** The numbers of all answers so far. */
  get numbers(): Float64Array {
    return this.block.written();
  }

  /** One call's reply as JSON text. */
  call(
    fn: AnyFunction,
    { args, skip }: { readonly args: Json; readonly skip: readonly string[] },
    numbers: Float64Array,
  ): string {
    return this.told(fn, { json: args, numbers }, skip).text;
  }

  /** Two calls for each case, as JSON text: with how many numbers there are, or null where something unusual came. */
  cases(fn: AnyFunction, { cases, from: base, skip }: RunRequest, numbers: Float64Array): string {
    const texts: string[] = [];
    const { from } = this.block.begin();
    this.base = from;
    for (const one of cases) {
      const args = { json: one.args, numbers: numbers.subarray(base + one.from) };
      const first = this.told(fn, args, skip);
      const second = first.isUnusual === true ? first : this.told(fn, args, skip, first);
      if (first.isUnusual === true || second.isUnusual === true) {
        this.block.cut(from);
        return "null";
      }
      const more =
        second.text === "" || second.text === first.text ? "" : `,"second":${second.text}`;
      texts.push(`{"first":${first.text}${more}}`);
    }
    return `{"count":${this.numbers.length - from},"cases":[${texts.join(",")}]}`;
  }

  /** One call; its text is empty where it ended as the one before did. */
  private told(fn: AnyFunction, args: Encoded, skip: readonly string[], before?: Told): Told {
    let at: Frame | undefined;
    const fresh = decode(args.json, args.numbers, standInFunction) as unknown[];
    const outcome = outcomeOf(fn, fresh, (error) => {
      at = ownFrame(error, (file) => file.startsWith("file:") && !file.startsWith(this.pack));
    });
    try {
      const { more, isKept } = this.after(args, fresh);
      if (outcome.kind === "threw") {
        const { name, message } = outcome;
        const words = JSON.stringify({ is: "threw", name: text(name), message: text(message), at });
        return { text: `${words.slice(0, -1)}${more}}`, isKept };
      }
      const first = before?.isKept === true && isKept ? before.answer : undefined;
      if (first !== undefined && isAsEncoded(outcome.value, first, skip)) {
        return { text: "", answer: first, isKept };
      }
      const { from } = this.block.begin();
      const answer = this.encoded(outcome.value, skip);
      if (first !== undefined && isSameEncoding(first, answer)) {
        this.block.cut(from);
        return { text: "", answer, isKept };
      }
      const value = JSON.stringify(answer.json);
      return {
        text: `{"is":"answer","value":${value},"from":${from - this.base}${more}}`,
        answer,
        isKept,
      };
    } catch (error) {
      const told =
        error instanceof CodecError
          ? { is: "too-large", message: error.message }
          : { is: "failed", ...wordsOf(error) };
      return { text: JSON.stringify(told), isKept: false, isUnusual: true };
    }
  }

  /** The arguments as they are now, where they are no longer what they were. */
  private after(
    args: Encoded,
    fresh: readonly unknown[],
  ): { readonly more: string; readonly isKept: boolean } {
    if (isAsEncoded(fresh, args)) return { more: "", isKept: true };
    const { from } = this.block.begin();
    const now = this.encoded(fresh);
    if (isSameEncoding(args, now)) {
      this.block.cut(from);
      return { more: "", isKept: true };
    }
    return {
      more: `,"after":${JSON.stringify(now.json)},"afterFrom":${from - this.base}`,
      isKept: false,
    };
  }

  private encoded(value: unknown, skip: readonly string[] = []): Encoded {
    const json = encode(value, this.block, skip);
    return { json, numbers: this.block.written(this.block.from) };
  }
}
