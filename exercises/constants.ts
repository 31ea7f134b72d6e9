/** Constants that mistakes have: after how many steps a loop stops, how small an ε is. */
import type { Size } from "./exercise.js";

/** The most steps that are tried: learners stop after three, not after thirty. */
const MOST_STEPS = 12;

/**
 * Numbers of steps that stop before the longest case does.
 *
 * @param name - the size that counts the steps, such as "T_x"
 * @returns for given sizes 1, 2, …, at most 12
 */
export function stepsWithin(name: string): (sizes: readonly Size[]) => readonly number[] {
  return (sizes) => {
    const longest = Math.max(1, ...sizes.map((size) => size[name] ?? 1));
    return Array.from({ length: Math.min(MOST_STEPS, longest - 1) }, (_, n) => n + 1);
  };
}

/**
 * Small numbers as people write them.
 *
 * @returns 0.1, 0.01, …, 1e-12
 */
export function smallNumbers(): readonly number[] {
  return Array.from({ length: 12 }, (_, n) => Number(`1e-${n + 1}`));
}
