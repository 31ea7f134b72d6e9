/** Attacks parsers with changed bytes: each input is its seed, so that what falls can be read again. */
import { seededRandom } from "../../../src/core/random.js";
import type { Parser } from "./parsers.js";

/** An input that a parser did not stand. */
export interface Fall {
  readonly parser: string;
  readonly seed: number;
  readonly bytes: Uint8Array;
  readonly why: string;
}

/**
 * Milliseconds after which a parser counts as hanging: a thousand times what it takes for the whole corpus. An input that
 * took so long is read again: the machine may have slept.
 */
const PATIENCE = 2000;

const encoder = new TextEncoder();

/**
 * The input of a seed: something of the corpus, changed in one place to eight.
 *
 * @param parser - with its corpus and the words of its grammar
 * @param seed - any whole number
 * @returns the bytes
 */
export function inputOf({ corpus, words }: Parser, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random.uniform() * n);
  const one = <T>(list: readonly T[]): T => list[below(list.length)]!;
  let bytes = one(corpus);
  for (let changes = 1 + below(8); changes > 0; changes--) {
    const at = below(bytes.length + 1);
    const until = Math.min(bytes.length, at + 1 + below(below(2) === 0 ? 4 : 64));
    const [before, part, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, until),
      bytes.subarray(until),
    ];
    bytes = joined(
      ...[
        () => [before, Uint8Array.of(below(256)), after],
        () => [before, encoder.encode(one(words)), part, after],
        () => [before, encoder.encode(one(words)), after],
        () => [before, after],
        () => [before, part, part, part, after],
        () => [before, one(corpus).subarray(below(50)), after],
        () => [before],
        () => [before, encoder.encode(one(words).repeat(1 + below(300))), part, after],
      ][below(8)]!(),
    );
  }
  return bytes;
}

/**
 * Lets a parser read the inputs of many seeds.
 *
 * @param parser - the parser
 * @param seeds - from, and up to without
 * @param onInput - called before each
 * @returns what it did not stand
 */
export async function attack(
  parser: Parser,
  { from, to }: { readonly from: number; readonly to: number },
  onInput: (seed: number) => void = () => undefined,
): Promise<readonly Fall[]> {
  const falls: Fall[] = [];
  for (let seed = from; seed < to; seed++) {
    onInput(seed);
    const bytes = inputOf(parser, seed);
    let [why, took] = await readBy(parser, bytes);
    if (took > PATIENCE) [why, took] = await readBy(parser, bytes);
    if (took > PATIENCE) why = `took ${took.toFixed(0)} ms`;
    if (why !== "") falls.push({ parser: parser.name, seed, bytes, why });
  }
  return falls;
}

/** What a parser threw, empty where it stood the input, and the milliseconds that it took. */
async function readBy(
  parser: Parser,
  bytes: Uint8Array,
): Promise<readonly [why: string, took: number]> {
  const start = performance.now();
  let why = "";
  try {
    await parser.read(bytes);
  } catch (error) {
    why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return [why, performance.now() - start];
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
