/** The ladder of hints. */
import type { Exercise } from "../../exercises/exercise.js";

/**
 * The first `given` hints of an exercise (1 to 3), the newest last.
 *
 * @param exercise - with its three hints
 * @param given - how many are shown
 * @returns several lines
 */
export function hintWords(exercise: Exercise, given: number): string {
  const hints = exercise.hints.slice(0, given);
  const lines = hints.map((hint, n) => `Hint ${n + 1} of ${exercise.hints.length}: ${hint}`);
  if (given < exercise.hints.length) lines.push("(Ask again for the next one.)");
  return lines.join("\n");
}
