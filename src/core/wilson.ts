/** How sure a share is that was counted over a few trials. */
import { requireWhole } from "./arguments.js";
import { OutOfRangeError } from "./errors.js";

/** The normal distribution has 95% within so many standard deviations. */
const z = 1.959964;

/**
 * Wilson's 95% interval for the probability behind a counted share. It holds for few trials and for 0 of n, too.
 *
 * Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927).
 *
 * @param successes - how many trials succeeded, from 0 to trials
 * @param trials - how many there were, at least 1
 * @returns both ends, from 0 to 1
 * @throws OutOfRangeError when a number is none that it could be
 * @example
 * wilsonInterval(0, 20).map((end) => end.toFixed(3)) // → ["0.000", "0.161"]
 */
export function wilsonInterval(successes: number, trials: number): readonly [number, number] {
  requireWhole("wilsonInterval", "successes", successes);
  requireWhole("wilsonInterval", "trials", trials, 1);
  if (successes > trials) {
    throw new OutOfRangeError(
      `wilsonInterval: expected at most as many successes as trials, ${trials}, got ${successes}`,
    );
  }
  const p = successes / trials;
  const scale = 1 + z ** 2 / trials;
  const middle = (p + z ** 2 / (2 * trials)) / scale;
  const half = (z * Math.sqrt((p * (1 - p)) / trials + z ** 2 / (4 * trials ** 2))) / scale;
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
