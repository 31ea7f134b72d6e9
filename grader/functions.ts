/**
 * The type of each exercise's function, by id: what `check` asks of a learner's function. The
 * notebook's compiler reads this file's declarations, so that a function whose arguments or
 * answer do not fit is underlined in its cell. A test holds it to the manifest.
 */
import type { rnnCellBackward, rnnCellForward, stackWeights } from "../src/cells/rnn.js";
import type { gradientCheck, numericalGradient } from "../src/gradientCheck.js";
import type { binaryCrossEntropy, softmaxCrossEntropy } from "../src/losses.js";
import type { oneHot } from "../src/notation/oneHot.js";
import type { padBatch } from "../src/notation/padding.js";
import type { shapeOf } from "../src/notation/shapes.js";
import type { classifyTask } from "../src/notation/taskType.js";
import type { rnnBackward, rnnForward } from "../src/sequence/rnn.js";
import type {
  encodeDecode,
  manyToManySynced,
  manyToOne,
  oneToMany,
} from "../src/sequence/types.js";

/** Each exercise's function, in learning order. */
export interface ExerciseFunctions {
  readonly classifyTask: typeof classifyTask;
  readonly oneHot: typeof oneHot;
  readonly padBatch: typeof padBatch;
  readonly shapeOf: typeof shapeOf;
  readonly rnnCellForward: typeof rnnCellForward;
  readonly stackWeights: typeof stackWeights;
  readonly rnnForward: typeof rnnForward;
  readonly binaryCrossEntropy: typeof binaryCrossEntropy;
  readonly softmaxCrossEntropy: typeof softmaxCrossEntropy;
  readonly rnnCellBackward: typeof rnnCellBackward;
  readonly rnnBackward: typeof rnnBackward;
  readonly numericalGradient: typeof numericalGradient;
  readonly gradientCheck: typeof gradientCheck;
  readonly oneToMany: typeof oneToMany;
  readonly manyToOne: typeof manyToOne;
  readonly manyToManySynced: typeof manyToManySynced;
  readonly encodeDecode: typeof encodeDecode;
}
