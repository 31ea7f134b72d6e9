/**
 * The library's errors, typed by kind. A message reads
 * `function: what is wrong: expected …, got …; how to mend it`.
 */
export class UnrolledError extends Error {
  override name = "UnrolledError";
}

/** Two shapes do not fit together, or a value is no matrix at all. */
export class ShapeError extends UnrolledError {
  override name = "ShapeError";
}

/** A number, index or time step lies outside what is allowed. */
export class OutOfRangeError extends UnrolledError {
  override name = "OutOfRangeError";
}

/** The fast engine cannot do what was asked: memory that cannot be had, a path that this machine lacks. */
export class EngineError extends UnrolledError {
  override name = "EngineError";
}

/** What a starter throws until the learner has written the function. */
export class NotImplementedError extends UnrolledError {
  override name = "NotImplementedError";
  /** The exercise's id, which is the function's name. */
  readonly exercise: string;

  constructor(exercise: string) {
    super(`${exercise}: not implemented yet; write its body and run the cell again`);
    this.exercise = exercise;
  }
}
