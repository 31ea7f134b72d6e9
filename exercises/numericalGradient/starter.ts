import { Mat, NotImplementedError } from "unrolled";

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
  throw new NotImplementedError("numericalGradient");
}
