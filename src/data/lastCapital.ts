/**
 * Streams of letters for a question that asks for memory and for nothing else: which capital came last?
 *
 * Now and then there is a capital; what stands between two of them says nothing. The answer at every
 * step is the capital that was read last, so it has to be kept for as long as lower-case letters follow.
 */
import { requireNumber, requireOptions, requireRandom, requireSizes } from "../core/arguments.js";
import type { Mat } from "../core/matrix.js";
import type { Random } from "../core/random.js";
import { oneHot } from "../notation/oneHot.js";
import { Sequence } from "../notation/sequence.js";

/** The letters that are to be remembered: the classes of y⟨t⟩. */
export const capitals: readonly string[] = [..."ABCDEFGH"];

/** All letters, in the order of x⟨t⟩'s rows: lower case first. */
export const streamLetters: readonly string[] = [..."abcdefgh", ...capitals];

/** Streams of {@link lastCapital}. */
export interface LastCapital {
  /** The letters of each stream, in order. */
  readonly letters: readonly (readonly string[])[];
  /** The letters, one-hot, (16, m) at each step. */
  readonly x: Sequence<"n_x", "m">;
  /** The capital read last, one-hot, (8, m) at each step. */
  readonly y: Sequence<"n_y", "m">;
  /** For each stream and step, how many steps ago that capital was read; 0 at the capital itself. */
  readonly lag: readonly (readonly number[])[];
}

/**
 * m streams of T letters; each begins with a capital.
 *
 * @param random - the stream that the letters are drawn from
 * @param options - T letters each, m streams, and the share of capitals after the first letter: 0.02 unless said
 * @returns the letters, x⟨t⟩ and y⟨t⟩, and how long ago each answer was read
 * @throws OutOfRangeError when T or m is no whole number of at least 1, share not from 0 to 1, or there is no stream
 */
export function lastCapital(
  random: Random,
  options: { readonly T: number; readonly m: number; readonly share?: number },
): LastCapital {
  requireOptions("lastCapital", options, ["T", "m", "share"]);
  const { T, m, share = 0.02 } = options;
  requireSizes("lastCapital", { T, m });
  requireNumber("lastCapital", "share", share, { from: 0, to: 1 });
  requireRandom("lastCapital", random, "integer", "uniform");
  const lower = streamLetters.length - capitals.length;
  const streams = Array.from({ length: m }, () =>
    Array.from({ length: T }, (_, k) =>
      k === 0 || random.uniform() < share
        ? lower + random.integer(capitals.length)
        : random.integer(lower),
    ),
  );
  const last = streams.map((stream) => {
    let read = 0;
    return stream.map((index, k) => {
      if (index >= lower) read = k;
      return { capital: stream[read]! - lower, lag: k - read };
    });
  });
  const at = (rows: number, index: (stream: number, t: number) => number): Sequence =>
    Sequence.build(T, (t): Mat =>
      oneHot(
        streams.map((_, i) => index(i, t)),
        rows,
      ),
    );
  return {
    letters: streams.map((stream) => stream.map((index) => streamLetters[index]!)),
    x: at(streamLetters.length, (i, t) => streams[i]![t - 1]!) as Sequence<"n_x", "m">,
    y: at(capitals.length, (i, t) => last[i]![t - 1]!.capital) as Sequence<"n_y", "m">,
    lag: last.map((stream) => stream.map(({ lag }) => lag)),
  };
}
