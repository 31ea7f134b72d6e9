/**
 * What a submission may import as "unrolled" in the sandbox: notation, matrices and activations,
 * and nothing that an exercise asks for.
 */
export { sigmoid, softmax, tanh, type Activation } from "./activations.js";
export type {
  RnnCache,
  RnnCell,
  RnnCellBackward,
  RnnCellGradients,
  RnnParameters,
  RnnStep,
} from "./cells/rnn.js";
export { NotImplementedError, OutOfRangeError, ShapeError, UnrolledError } from "./errors.js";
export { Mat, stackColumns, stackRows } from "./matrix.js";
export { Sequence } from "./notation/sequence.js";
export { EOS, UNK, Vocabulary } from "./notation/vocabulary.js";
