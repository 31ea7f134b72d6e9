/**
 * What a submission can import as "unrolled" when a class is graded: notation, matrices and
 * activations, and nothing that an exercise asks for.
 */
export { sigmoid, softmax, tanh, type Activation } from "./core/activations.js";
export type {
  GruCache,
  GruCell,
  GruCellBackward,
  GruCellGradients,
  GruParameters,
  GruStep,
} from "./cells/gru.js";
export type {
  LstmCache,
  LstmCell,
  LstmCellBackward,
  LstmCellGradients,
  LstmParameters,
  LstmStep,
} from "./cells/lstm.js";
export type {
  RnnCache,
  RnnCell,
  RnnCellBackward,
  RnnCellGradients,
  RnnParameters,
  RnnStep,
} from "./cells/rnn.js";
export { NotImplementedError, OutOfRangeError, ShapeError, UnrolledError } from "./core/errors.js";
export {
  isMat,
  Mat,
  type MatSource,
  shapeText,
  splitRows,
  stackColumns,
  stackRows,
} from "./core/matrix.js";
export { isSequence, Sequence } from "./notation/sequence.js";
export { EOS, UNK, Vocabulary } from "./notation/vocabulary.js";
