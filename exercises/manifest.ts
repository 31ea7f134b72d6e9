/** The exercises in learning order: the one list. */
import { UnrolledError } from "../src/index.js";
import type { Exercise } from "./exercise.js";

/** There is no exercise with this id. */
export class UnknownExercise extends UnrolledError {
  override name = "UnknownExercise";
}

/** All exercises, in learning order. */
export const manifest: readonly Exercise[] = [];

/** The exercise with this id. */
export function exercise(id: string): Exercise {
  const found = manifest.find((one) => one.id === id);
  if (found === undefined) {
    throw new UnknownExercise(`exercise: there is no exercise called ${JSON.stringify(id)}`);
  }
  return found;
}
