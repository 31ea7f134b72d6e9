import { Mat } from "unrolled";

/**
 * How far a gradient is from the numerical one: ‖n − g‖ / (‖n‖ + ‖g‖), 0 when both are
 * 0.
 *
 * @param f - gives one number for a matrix
 * @param theta - where the gradient is checked
 * @param gradient - what is claimed to be ∂f/∂θ, with θ's shape
 * @param h - the step of the central differences
 * @returns relativeError, and the row and column (from 1) of the largest |n − g|
 */
export function gradientCheck(
  f: (theta: Mat) => number,
  theta: Mat,
  gradient: Mat,
  h: number,
): { relativeError: number; row: number; column: number } {
  const numerical = theta.map((_value, i, j) => {
    const nudged = (by: number): number =>
      f(theta.map((value, k, l) => (k === i && l === j ? value + by : value)));
    return (nudged(h) - nudged(-h)) / (2 * h);
  });
  const difference = numerical.sub(gradient);
  const size = numerical.norm() + gradient.norm();
  const distances = Array.from(difference.data, Math.abs);
  const worst = distances.indexOf(Math.max(...distances));
  return {
    relativeError: size === 0 ? 0 : difference.norm() / size,
    row: Math.floor(worst / theta.cols) + 1,
    column: (worst % theta.cols) + 1,
  };
}
