import { join } from "node:path";

/**
 * Where a learner writes an exercise, relative to my-work/: exercises/02-05-rnnCellForward.ts.
 * @param {{ readonly id: string, readonly lesson: string }} exercise
 * @param {number} index Its place in learning order, from 0.
 * @returns {string}
 */
export function exerciseFileName({ id, lesson }, index) {
  return join("exercises", `${lesson}-${String(index + 1).padStart(2, "0")}-${id}.ts`);
}
