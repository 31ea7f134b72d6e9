import { Mat } from "unrolled";

/**
 * The gradient of f at θ by central differences, entry by entry.
 *
 * @param f - gives one number for a matrix
 * @param theta - where the gradient is wanted
 * @param h - how far each entry is moved, up and down
 * @returns ∂f/∂θ, with θ's shape
 */
export function numericalGradient(
  f: (theta: Mat) => number,
  theta: Mat,
  h: number,
): Mat {
  if (!(h > 0)) throw new RangeError(`numericalGradient: h must be above 0, got ${h}`);
  const nudged = (n: number, by: number): number => {
    const entries = Array.from(theta.data);
    entries[n]! += by;
    return f(new Mat(theta.rows, theta.cols, entries));
  };
  const gradient = Array.from(
    theta.data,
    (_, n) => (nudged(n, h) - nudged(n, -h)) / (2 * h),
  );
  return new Mat(theta.rows, theta.cols, gradient);
}
