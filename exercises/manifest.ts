/** The exercises, and how one is found by its id. */
import { editDistance } from "#common/nearest";
import { UnrolledError } from "../src/index.js";
import type { Exercise } from "./exercise.js";
import { argumentNames, definitions } from "./list.js";

/** There is no exercise with this id. */
export class UnknownExercise extends UnrolledError {
  override name = "UnknownExercise";
}

/** All exercises, in learning order. */
export const manifest: readonly Exercise[] = definitions.map((definition) => ({
  ...definition,
  argumentNames: argumentNames[definition.id] ?? [],
}));

/**
 * The exercise with this id.
 *
 * @param id - what was asked for, by a person perhaps
 * @returns the exercise
 * @throws UnknownExercise, naming the id that is nearest to what was asked for
 */
export function exercise(id: string): Exercise {
  const found = manifest.find((one) => one.id === id);
  if (found !== undefined) return found;
  const nearest = manifest
    .map((one) => ({ id: one.id, distance: editDistance(one.id.toLowerCase(), id.toLowerCase()) }))
    .reduce((best, one) => (one.distance < best.distance ? one : best));
  throw new UnknownExercise(
    `exercise: there is no exercise ${JSON.stringify(id)}; did you mean ${JSON.stringify(nearest.id)}? All are listed by: npx unrolled list`,
  );
}
