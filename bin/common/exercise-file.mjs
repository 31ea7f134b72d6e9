import { existsSync, readdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Where a learner writes an exercise, relative to my-work/: exercises/02-05-rnnCellForward.ts.
 * @param {{ readonly id: string, readonly lesson: string }} exercise
 * @param {number} index Its place in learning order, from 0.
 * @returns {string}
 */
export function exerciseFileName({ id, lesson }, index) {
  return join("exercises", `${lesson}-${String(index + 1).padStart(2, "0")}-${id}.ts`);
}

/**
 * An exercise between others changes the numbers in later files' names: the learner's file moves along. One that
 * is at its new place already stays, and so does what is at the old one.
 * @param {string} work The my-work/ folder.
 * @param {{ readonly id: string, readonly lesson: string }} exercise
 * @param {number} index Its place in learning order, from 0.
 */
export function followExercise(work, exercise, index) {
  const place = join(work, exerciseFileName(exercise, index));
  const folder = dirname(place);
  if (existsSync(place) || !existsSync(folder)) return;
  /** @param {string} name */
  const isEarlier = (name) => /^\d+-\d+-(\w+)\.ts$/.exec(name)?.[1] === exercise.id;
  const [earlier, ...others] = readdirSync(folder).filter(isEarlier);
  if (earlier !== undefined && others.length === 0) renameSync(join(folder, earlier), place);
}
