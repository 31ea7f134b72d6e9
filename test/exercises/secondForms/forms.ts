/** The second forms of every exercise. */
import type { SecondForms } from "./secondForm.js";
import { forms as binaryCrossEntropy } from "./binaryCrossEntropy.js";
import { forms as classifyTask } from "./classifyTask.js";
import { forms as encodeDecode } from "./encodeDecode.js";
import { forms as gradientCheck } from "./gradientCheck.js";
import { forms as manyToManySynced } from "./manyToManySynced.js";
import { forms as manyToOne } from "./manyToOne.js";
import { forms as numericalGradient } from "./numericalGradient.js";
import { forms as oneHot } from "./oneHot.js";
import { forms as oneToMany } from "./oneToMany.js";
import { forms as padBatch } from "./padBatch.js";
import { forms as rnnBackward } from "./rnnBackward.js";
import { forms as rnnCellBackward } from "./rnnCellBackward.js";
import { forms as rnnCellForward } from "./rnnCellForward.js";
import { forms as rnnForward } from "./rnnForward.js";
import { forms as shapeOf } from "./shapeOf.js";
import { forms as softmaxCrossEntropy } from "./softmaxCrossEntropy.js";
import { forms as stackWeights } from "./stackWeights.js";

/** By exercise. */
export const secondForms: Readonly<Record<string, SecondForms>> = {
  binaryCrossEntropy,
  classifyTask,
  encodeDecode,
  gradientCheck,
  manyToManySynced,
  manyToOne,
  numericalGradient,
  oneHot,
  oneToMany,
  padBatch,
  rnnBackward,
  rnnCellBackward,
  rnnCellForward,
  rnnForward,
  shapeOf,
  softmaxCrossEntropy,
  stackWeights,
};
