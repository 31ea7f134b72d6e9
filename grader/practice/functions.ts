/**
 * The type of each exercise's function, by id: what `check` asks of a learner's function. The
 * notebook's compiler reads this file's declarations, so that a function whose arguments or
 * answer do not fit is underlined in its cell. Where the library's function does more than the
 * exercise asks for (a default for the cell, further keys in the answer), the exercise's own
 * type stands here. A test holds every starter to it.
 */
import type {
  RnnCache,
  RnnCell,
  RnnCellBackward,
  rnnCellBackward,
  rnnCellForward,
  RnnParameters,
  stackWeights,
} from "../../src/cells/rnn.js";
import type { GradientCheck } from "../../src/gradientCheck.js";
import type { binaryCrossEntropy, softmaxCrossEntropy } from "../../src/losses.js";
import type { Mat } from "../../src/core/matrix.js";
import type { PaddedBatch } from "../../src/notation/padding.js";
import type { Sequence } from "../../src/notation/sequence.js";
import type { shapeOf } from "../../src/notation/shapes.js";
import type { classifyTask } from "../../src/notation/taskType.js";
import type { RnnBackward, RnnForward } from "../../src/sequence/rnn.js";
import type {
  EncodeDecode,
  EncoderDecoderParameters,
  ManyToOne,
} from "../../src/sequence/fiveTypes.js";

type X = Sequence<"n_x", "m">;
type A = Mat<"n_a", "m">;
type Mask = Sequence<"1", "m">;

/** Each exercise's function, in learning order. */
export interface ExerciseFunctions {
  readonly classifyTask: typeof classifyTask;
  readonly oneHot: (indices: readonly number[], n_x: number) => Mat;
  readonly padBatch: (batch: readonly (readonly number[])[], n_x: number) => PaddedBatch;
  readonly shapeOf: typeof shapeOf;
  readonly rnnCellForward: typeof rnnCellForward;
  readonly stackWeights: typeof stackWeights;
  readonly rnnForward: (x: X, a_0: A, parameters: RnnParameters, cell: RnnCell) => RnnForward;
  readonly binaryCrossEntropy: typeof binaryCrossEntropy;
  readonly softmaxCrossEntropy: typeof softmaxCrossEntropy;
  readonly rnnCellBackward: typeof rnnCellBackward;
  readonly rnnBackward: (
    da: Sequence<"n_a", "m">,
    caches: readonly RnnCache[],
    cellBackward: RnnCellBackward,
  ) => RnnBackward;
  readonly numericalGradient: (f: (theta: Mat) => number, theta: Mat, h: number) => Mat;
  readonly gradientCheck: (
    f: (theta: Mat) => number,
    theta: Mat,
    gradient: Mat,
    h: number,
  ) => GradientCheck;
  readonly oneToMany: (
    x_1: Mat<"n_x", "m">,
    a_0: A,
    parameters: RnnParameters,
    T_y: number,
    cell: RnnCell,
  ) => RnnForward;
  readonly manyToOne: (
    x: X,
    a_0: A,
    parameters: RnnParameters,
    cell: RnnCell,
    mask?: Mask,
  ) => Pick<ManyToOne, "yhat">;
  readonly manyToManySynced: (
    x: X,
    a_0: A,
    parameters: RnnParameters,
    cell: RnnCell,
    mask: Mask,
  ) => Pick<RnnForward, "a" | "yhat">;
  readonly encodeDecode: (
    x: X,
    a_0: A,
    parameters: EncoderDecoderParameters,
    y_0: Mat<"n_y", "m">,
    T_y: number,
    cell: RnnCell,
  ) => Pick<EncodeDecode, "yhat">;
}
