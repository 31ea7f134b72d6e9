/** Where a case's random numbers come from. */
import { type Random, seededRandom } from "../../src/index.js";

/**
 * The random numbers of one case: the same for the same seed, exercise and case, else unrelated.
 *
 * @param seed - the run's, a whole number from 0 to 2³² − 1
 * @param exerciseId - the exercise's id
 * @param caseName - the case's name within the exercise
 * @returns a stream at its beginning
 */
export function caseRandom(seed: number, exerciseId: string, caseName: string): Random {
  return seededRandom(hash(`${seed}/${exerciseId}/${caseName}`));
}

/**
 * A seed for one practice run, short enough to be typed.
 *
 * @returns a whole number from 1 to 999,999
 */
export function freshSeed(): number {
  return 1 + Math.floor(Math.random() * 999_999);
}

/** FNV-1a over the text's UTF-16 code units, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) {
    state = Math.imul(state ^ text.charCodeAt(n), 0x01000193);
  }
  return state >>> 0;
}
