/**
 * NumPy's legacy generator (`numpy.random.seed`): MT19937 (Matsumoto and Nishimura, 1998), its normals by the polar
 * method. NEP 19 keeps it as it is for ever, so that published inputs can be drawn again instead of stored.
 */
import { Mat } from "unrolled";

/** A stream at its beginning. */
export interface LegacyRandom {
  /** `random_sample()`: uniform in [0, 1). */
  uniform(): number;
  /** `randn(rows, cols)`, row by row. */
  randn(rows: number, cols: number): Mat;
}

const N = 624; // words of state
const M = 397; // how far the word lies ahead that is mixed in

/** The stream of `numpy.random.seed(seed)`. */
export function legacyRandom(seed: number): LegacyRandom {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let n = 1; n < N; n++) {
    const before = state[n - 1]!;
    state[n] = Math.imul(1812433253, before ^ (before >>> 30)) + n;
  }
  let next = N;

  function renew(): void {
    for (let n = 0; n < N; n++) {
      const joined = (state[n]! & 0x80000000) | (state[(n + 1) % N]! & 0x7fffffff);
      state[n] = state[(n + M) % N]! ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    next = 0;
  }

  function word(): number {
    if (next === N) renew();
    let y = state[next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  function uniform(): number {
    const high = word() >>> 5; // 27 bits
    const low = word() >>> 6; // 26 bits
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  let spare: number | undefined;
  function normal(): number {
    const kept = spare;
    spare = undefined;
    if (kept !== undefined) return kept;
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      spare = factor * u;
      return factor * v; // the second coordinate comes first
    }
  }

  return { uniform, randn: (rows, cols) => Mat.build(rows, cols, normal) };
}
