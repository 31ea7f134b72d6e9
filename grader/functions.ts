/**
 * The type of each exercise's function, by id: what `check` asks of a learner's function. (Built
 * declarations of this file are read by the notebook's compiler, so they name the library's own
 * functions.)
 */
import type { rnnCellForward } from "../src/cells/rnn.js";

/** Each exercise's function. */
export interface ExerciseFunctions {
  readonly rnnCellForward: typeof rnnCellForward;
}
