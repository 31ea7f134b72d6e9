/** Is a gradient right? Central differences know nothing of derivatives, and so they can tell. */
import { OutOfRangeError } from "./core/errors.js";
import { checkShapes, Mat, requireMat } from "./core/matrix.js";
import { inWords, requireFunction } from "./core/arguments.js";

/**
 * The gradient of f at θ by central differences, entry by entry:
 * ∂f/∂θ_ij ≈ ( f(θ + h e_ij) − f(θ − h e_ij) ) / 2h.
 *
 * The error falls with h² until rounding takes over: 1e-5 is near the best for float64. Two calls
 * of f for every entry: for checking, not for training.
 *
 * Where |θ_ij| is large, few of h's digits are left in θ_ij + h: what is divided by is the step that was
 * really taken, (θ_ij + h) − (θ_ij − h), and above 1,000 the step grows with |θ_ij|.
 *
 * @param f - the loss as a function of θ alone
 * @param theta - where to take the gradient, of any shape; stays as it is
 * @param h - the step
 * @returns the gradient, of θ's shape
 * @throws ShapeError when θ is no matrix; OutOfRangeError when h is no finite number above 0, or so small
 *   that θ + h is θ
 * @example
 * numericalGradient((w) => w.get(0, 0) ** 2, Mat.from([[3]])).get(0, 0).toFixed(6) // → "6.000000"
 */
export function numericalGradient<R extends string, C extends string>(
  f: (theta: Mat<R, C>) => number,
  theta: Mat<R, C>,
  h = 1e-5,
): Mat<R, C> {
  requireFunction("numericalGradient", "f", f);
  requireMat("numericalGradient", "theta", theta);
  if (!(Number.isFinite(h) && h > 0)) {
    throw new OutOfRangeError(`numericalGradient: expected a step h above 0, got ${inWords(h)}`);
  }
  return theta.map((value, i, j) => {
    const step = h * Math.max(1, Math.abs(value) / 1000);
    const [above, below] = [value + step, value - step];
    if (above === below) {
      throw new OutOfRangeError(
        `numericalGradient: a step h of ${h} leaves the entry ${value} of theta as it is; expected one that float64 can add to it, such as 1e-5`,
      );
    }
    const difference =
      lossAt(f, withEntry(theta, i, j, above)) - lossAt(f, withEntry(theta, i, j, below));
    return difference / (above - below); // ( f(θ + h e_ij) − f(θ − h e_ij) ) / 2h
  });
}

/** f(θ), asked to be a number; NaN and ∞ are some. */
function lossAt<R extends string, C extends string>(
  f: (theta: Mat<R, C>) => number,
  theta: Mat<R, C>,
): number {
  const loss: unknown = f(theta);
  if (typeof loss === "number") return loss;
  throw new OutOfRangeError(
    `numericalGradient: expected a loss, one number, from f, got ${inWords(loss)}`,
  );
}

/** The result of {@link gradientCheck}. */
export interface GradientCheck {
  /**
   * ‖n − g‖ / (‖n‖ + ‖g‖), from 0 (equal) to 1; below about 1e-7 the gradient is right. Infinity, which
   * passes no bound, where one of the two holds a NaN or an infinite number.
   */
  readonly relativeError: number;
  /** The row, from 1, of the entry that differs most. */
  readonly row: number;
  /** The column, from 1, of the entry that differs most. */
  readonly column: number;
}

/**
 * Compares a gradient g with the numerical one n: ‖n − g‖ / (‖n‖ + ‖g‖), 0 when both are zero. A gradient
 * that holds a NaN or an infinite number never passes.
 *
 * @param f - the loss as a function of θ alone
 * @param theta - where the gradient was taken
 * @param gradient - the gradient in question, of θ's shape
 * @param h - the step of {@link numericalGradient}
 * @returns the relative error, and the row and column (from 1) of the entry that differs most
 * @throws ShapeError when gradient and θ differ in shape; OutOfRangeError when h is no finite number
 *   above 0
 * @example
 * gradientCheck((w) => w.get(0, 0) ** 2, Mat.from([[3]]), Mat.from([[6]])).relativeError < 1e-9 // → true
 */
export function gradientCheck<R extends string, C extends string>(
  f: (theta: Mat<R, C>) => number,
  theta: Mat<R, C>,
  gradient: Mat<R, C>,
  h = 1e-5,
): GradientCheck {
  checkShapes("gradientCheck", {
    theta: [theta, "rows", "columns"],
    gradient: [gradient, "rows", "columns"],
  });
  const numerical = numericalGradient(f, theta, h);
  const pairs = Array.from(numerical.data, (n, k) => [n, gradient.data[k]!] as const);
  const unusable = pairs.findIndex((pair) => !pair.every(Number.isFinite));
  if (unusable >= 0) return { relativeError: Infinity, ...placeOf(theta, unusable) };
  const largest = pairs.reduce((most, [n, g]) => Math.max(most, Math.abs(n), Math.abs(g)), 0);
  if (largest === 0) return { relativeError: 0, ...placeOf(theta, 0) };
  const scaled = (value: number): number => value / largest; // no norm can overflow or vanish
  const [n, g] = [numerical.map(scaled), gradient.map(scaled)];
  const difference = n.sub(g);
  const worst = difference.data.reduce(
    (k, value, other) => (Math.abs(value) > Math.abs(difference.data[k]!) ? other : k),
    0,
  );
  return {
    relativeError: difference.norm() / (n.norm() + g.norm()),
    ...placeOf(theta, worst),
  };
}

/** The row and column, from 1, of the k-th entry. */
function placeOf(theta: Mat, k: number): Omit<GradientCheck, "relativeError"> {
  return { row: Math.floor(k / theta.cols) + 1, column: (k % theta.cols) + 1 };
}

/** A copy of `matrix` with another entry at (i, j), from 0. */
function withEntry<R extends string, C extends string>(
  matrix: Mat<R, C>,
  i: number,
  j: number,
  value: number,
): Mat<R, C> {
  const copy = new Mat<R, C>(matrix.rows, matrix.cols, matrix.data);
  copy.data[i * matrix.cols + j] = value;
  return copy;
}
