import { Mat, NotImplementedError } from "unrolled";

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
  throw new NotImplementedError("gradientCheck");
}
