/** A network's prediction of one example, before anything is made of it. */
import { OutOfRangeError, ShapeError } from "./errors.js";
import { type Mat, requireMat, shapeText } from "./matrix.js";

/** Probabilities whose sum differs from 1 by more are none: float32 leaves 1e-6 or so over a large vocabulary. */
const leeway = 1e-4;

const mend = "scores become probabilities by softmax";

/**
 * Asks for one column with an entry.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param symbol - the argument's name, such as "yhat_t"
 * @param column - what came
 * @throws ShapeError for anything else
 */
export function requireColumn(caller: string, symbol: string, column: Mat): void {
  requireMat(caller, symbol, column);
  if (column.cols === 1 && column.rows > 0) return;
  throw new ShapeError(
    `${caller}: ${symbol} is ${shapeText(column)}: expected (n_y, 1), one example's probabilities; take its column: ${symbol}.column(i)`,
  );
}

/**
 * Asks for entries of at least 0 that sum to 1.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param yhat_t - what came, (n_y, 1)
 * @returns their sum
 * @throws OutOfRangeError for anything else
 */
export function requireProbabilities(caller: string, yhat_t: Mat): number {
  const wrong = yhat_t.data.findIndex((p) => !(p >= 0));
  if (wrong >= 0) {
    throw new OutOfRangeError(
      `${caller}: the probability of token ${wrong} is ${yhat_t.data[wrong]}: expected at least 0; ${mend}`,
    );
  }
  const total = yhat_t.sum();
  if (Math.abs(total - 1) > leeway) {
    throw new OutOfRangeError(`${caller}: the probabilities sum to ${total}: expected 1; ${mend}`);
  }
  return total;
}
