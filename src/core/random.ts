/**
 * Random numbers from a seed: the same seed gives the same numbers on every machine.
 *
 * The generator is xoshiro128** (Blackman and Vigna, 2018), its state filled by splitmix32.
 * For lessons and tests; not for secrets.
 */
import { inWords, requireIterable, requireNumber, requireRandom } from "./arguments.js";
import { OutOfRangeError } from "./errors.js";
import { Mat } from "./matrix.js";

/** A stream of random numbers. */
export interface Random {
  /** Uniform in [0, 1), with 53 random bits. */
  uniform(): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** Uniform among 0, …, n − 1; n is at most 2³². */
  integer(n: number): number;
  /** The items in a random order; the list itself stays as it is. */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * The stream that belongs to `seed`.
 *
 * @param seed - a whole number from 0 to 2³² − 1
 * @returns a new stream at its beginning: equal seeds give equal streams
 * @throws OutOfRangeError for any other seed
 */
export function seededRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new OutOfRangeError(
      `seededRandom: expected a whole number from 0 to 4294967295, got ${inWords(seed)}`,
    );
  }
  const next32 = xoshiro128(seed);

  function uniform(): number {
    const high = next32() >>> 5; // 27 bits
    const low = next32() >>> 6; // 26 bits
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  let spare: number | undefined;
  /** Marsaglia's polar method: two normals from one point in the unit disc. */
  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  }

  function integer(n: number): number {
    if (!Number.isInteger(n) || n < 1) {
      throw new OutOfRangeError(
        `Random.integer: expected a whole number of at least 1, got ${inWords(n)}`,
      );
    }
    if (n > 2 ** 32) {
      throw new OutOfRangeError(
        `Random.integer: expected a whole number of at most 4294967296 (2³²), got ${n}; of more, 53 random bits would favour some`,
      );
    }
    return Math.floor(uniform() * n);
  }

  function shuffle<T>(items: readonly T[]): T[] {
    requireIterable("Random.shuffle", "items", items);
    const result = Array.from(items);
    for (let i = result.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  }

  return { uniform, normal, integer, shuffle };
}

/**
 * A (rows, cols) matrix of independent normals with mean 0 and standard deviation `scale`.
 *
 * @param rows - number of rows, a whole number ≥ 0
 * @param cols - number of columns, a whole number ≥ 0
 * @param random - the stream that the numbers are drawn from
 * @param scale - the standard deviation; 1 unless said
 * @returns (rows, cols)
 * @throws OutOfRangeError when the scale is negative or not finite, or there is no stream; ShapeError when a
 *   size is no whole number ≥ 0
 */
export function randomNormal<R extends string, C extends string>(
  rows: number,
  cols: number,
  random: Random,
  scale = 1,
): Mat<R, C> {
  requireRandom("randomNormal", random, "normal");
  requireNumber("randomNormal", "scale", scale, { from: 0 });
  return Mat.build(rows, cols, () => scale * random.normal());
}

/** xoshiro128**: each call gives the next 32 bits. */
function xoshiro128(seed: number): () => number {
  let mixed = seed;
  const splitmix32 = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  let a = splitmix32();
  let b = splitmix32();
  let c = splitmix32();
  let d = splitmix32();
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
