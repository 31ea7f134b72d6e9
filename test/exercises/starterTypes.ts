/** For the compiler alone: each starter has the type that `check` asks of its exercise. */
import { binaryCrossEntropy } from "../../exercises/binaryCrossEntropy/starter.js";
import { classifyTask } from "../../exercises/classifyTask/starter.js";
import { encodeDecode } from "../../exercises/encodeDecode/starter.js";
import { gradientCheck } from "../../exercises/gradientCheck/starter.js";
import { manyToManySynced } from "../../exercises/manyToManySynced/starter.js";
import { manyToOne } from "../../exercises/manyToOne/starter.js";
import { numericalGradient } from "../../exercises/numericalGradient/starter.js";
import { oneHot } from "../../exercises/oneHot/starter.js";
import { oneToMany } from "../../exercises/oneToMany/starter.js";
import { padBatch } from "../../exercises/padBatch/starter.js";
import { rnnBackward } from "../../exercises/rnnBackward/starter.js";
import { rnnCellBackward } from "../../exercises/rnnCellBackward/starter.js";
import { rnnCellForward } from "../../exercises/rnnCellForward/starter.js";
import { rnnForward } from "../../exercises/rnnForward/starter.js";
import { shapeOf } from "../../exercises/shapeOf/starter.js";
import { softmaxCrossEntropy } from "../../exercises/softmaxCrossEntropy/starter.js";
import { stackWeights } from "../../exercises/stackWeights/starter.js";
import type { ExerciseFunctions } from "../../grader/practice/functions.js";

/** Does not compile when a starter's type does not fit. */
export const starters: ExerciseFunctions = {
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
};
