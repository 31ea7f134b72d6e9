/** The exercises in learning order: the one list. */
import { editDistance } from "#common/nearest";
import { UnrolledError } from "../src/index.js";
import { exercise as binaryCrossEntropy } from "./binaryCrossEntropy/exercise.js";
import { exercise as classifyTask } from "./classifyTask/exercise.js";
import { exercise as encodeDecode } from "./encodeDecode/exercise.js";
import type { Exercise } from "./exercise.js";
import { exercise as gradientCheck } from "./gradientCheck/exercise.js";
import { exercise as manyToManySynced } from "./manyToManySynced/exercise.js";
import { exercise as manyToOne } from "./manyToOne/exercise.js";
import { exercise as numericalGradient } from "./numericalGradient/exercise.js";
import { exercise as oneHot } from "./oneHot/exercise.js";
import { exercise as oneToMany } from "./oneToMany/exercise.js";
import { exercise as padBatch } from "./padBatch/exercise.js";
import { exercise as rnnBackward } from "./rnnBackward/exercise.js";
import { exercise as rnnCellBackward } from "./rnnCellBackward/exercise.js";
import { exercise as rnnCellForward } from "./rnnCellForward/exercise.js";
import { exercise as rnnForward } from "./rnnForward/exercise.js";
import { exercise as shapeOf } from "./shapeOf/exercise.js";
import { exercise as softmaxCrossEntropy } from "./softmaxCrossEntropy/exercise.js";
import { exercise as stackWeights } from "./stackWeights/exercise.js";

/** There is no exercise with this id. */
export class UnknownExercise extends UnrolledError {
  override name = "UnknownExercise";
}

/** All exercises, in learning order. */
export const manifest: readonly Exercise[] = [
  classifyTask,
  oneHot,
  padBatch,
  shapeOf,
  rnnCellForward,
  stackWeights,
  rnnForward,
  binaryCrossEntropy,
  softmaxCrossEntropy,
  rnnCellBackward,
  rnnBackward,
  numericalGradient,
  gradientCheck,
  oneToMany,
  manyToOne,
  manyToManySynced,
  encodeDecode,
];

/**
 * The exercise with this id.
 *
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
