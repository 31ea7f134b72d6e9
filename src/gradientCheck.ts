/** Is a gradient right? Central differences know nothing of derivatives, and so they can tell. */
import { OutOfRangeError } from "./core/errors.js";
import { checkShapes, Mat } from "./core/matrix.js";

/**
 * The gradient of f at θ by central differences, entry by entry:
 * ∂f/∂θ_ij ≈ ( f(θ + h e_ij) − f(θ − h e_ij) ) / 2h.
 *
 * The error falls with h² until rounding takes over: 1e-5 is near the best for float64 and entries near 1. Of an
 * entry above 10⁶ h the step is a millionth, since θ + h would be rounded too much; and 2h is what really lies
 * between the two, after rounding. Two calls of f for every entry: for checking, not for training.
 *
 * @param f - the loss as a function of θ alone
 * @param theta - where to take the gradient, of any shape; stays as it is
 * @param h - the step, a finite number above 0
 * @returns the gradient, of θ's shape
 * @throws OutOfRangeError when h is no finite number above 0
 * @example
 * numericalGradient((w) => w.get(0, 0) ** 2, Mat.from([[3]])).get(0, 0).toFixed(6) // → "6.000000"
 */
export function numericalGradient<R extends string, C extends string>(
  f: (theta: Mat<R, C>) => number,
  theta: Mat<R, C>,
  h = 1e-5,
): Mat<R, C> {
  if (!(h > 0 && h < Infinity))
    throw new OutOfRangeError(`numericalGradient: expected a step h above 0, got ${h}`);
  return theta.map((value, i, j) => {
    const step = Math.max(h, 1e-6 * Math.abs(value));
    const [above, below] = [value + step, value - step];
    const difference = f(withEntry(theta, i, j, above)) - f(withEntry(theta, i, j, below));
    return difference / (above - below); // ( f(θ + h e_ij) − f(θ − h e_ij) ) / 2h
  });
}

/** The result of {@link gradientCheck}. */
export interface GradientCheck {
  /** ‖n − g‖ / (‖n‖ + ‖g‖), from 0 (equal) to 1; below about 1e-7 the gradient is right. ∞ with an entry that is no finite number. */
  readonly relativeError: number;
  /** The row, from 1, of the entry that differs most. */
  readonly row: number;
  /** The column, from 1, of the entry that differs most. */
  readonly column: number;
}

/**
 * Compares a gradient g with the numerical one n: ‖n − g‖ / (‖n‖ + ‖g‖), 0 when both are zero, ∞ (which passes no
 * threshold) when an entry of either is NaN or infinite.
 *
 * @param f - the loss as a function of θ alone
 * @param theta - where the gradient was taken
 * @param gradient - the gradient in question, of θ's shape
 * @param h - the step of {@link numericalGradient}
 * @returns the relative error, and the row and column (from 1) of the entry that differs most
 * @throws ShapeError when gradient and θ differ in shape; OutOfRangeError when h is no finite number above 0
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
  const difference = numerical.sub(gradient);
  const scale = numerical.norm() + gradient.norm();
  const unlike = (n: number): number => {
    const value = Math.abs(difference.data[n]!);
    return Number.isNaN(value) ? Infinity : value;
  };
  let worst = 0;
  for (let n = 1; n < difference.data.length; n++) if (unlike(n) > unlike(worst)) worst = n;
  const relativeError = scale === 0 ? 0 : difference.norm() / scale;
  return {
    relativeError: Number.isNaN(relativeError) ? Infinity : relativeError,
    row: Math.floor(worst / theta.cols) + 1,
    column: (worst % theta.cols) + 1,
  };
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
