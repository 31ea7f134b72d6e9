/** Which lesson a learner is in, for `npm start`. */
import { manifest } from "../../exercises/manifest.js";
import { fileStore } from "./progressFile.js";
import { nextExercise } from "./progressTable.js";

/**
 * The lesson of the next exercise.
 *
 * @param workspace - the my-work folder
 * @returns the lesson's number, such as "03"; the last lesson's when all exercises pass
 */
export function lessonLeftOff(workspace: string): string {
  const next = nextExercise(manifest, fileStore(workspace).read().progress);
  return (manifest.find(({ id }) => id === next) ?? manifest.at(-1)!).lesson;
}
