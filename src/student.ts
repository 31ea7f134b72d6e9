/**
 * What a submission can import as "unrolled" when a class is graded: notation, matrices and
 * activations. Nothing that an exercise asks for is here.
 */
export { sigmoid, softmax, tanh, type Activation } from "./activations.js";
export { NotImplementedError, OutOfRangeError, ShapeError, UnrolledError } from "./errors.js";
export { isMat, Mat, type MatSource, shapeText, stackColumns, stackRows } from "./matrix.js";
export { isSequence, Sequence } from "./notation/sequence.js";
