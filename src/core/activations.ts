/** The activation functions g⟨1⟩ and g⟨2⟩ of the course, applied to matrices. */
import { Mat, requireMat } from "./matrix.js";
import { softmaxAt } from "./scores.js";

/** Turns scores z into activations of the same shape. */
export type Activation = <R extends string, C extends string>(z: Mat<R, C>) => Mat<R, C>;

/**
 * tanh(z), entry by entry, in (−1, 1).
 *
 * @param z - scores of any shape
 * @returns a matrix of z's shape
 * @throws ShapeError when z is no matrix
 */
export function tanh<R extends string, C extends string>(z: Mat<R, C>): Mat<R, C> {
  requireMat("tanh", "z", z);
  return z.map(Math.tanh);
}

/**
 * σ(z) = 1 / (1 + e^(−z)), entry by entry, in (0, 1); exact for large |z| too.
 *
 * @param z - scores of any shape
 * @returns a matrix of z's shape
 * @throws ShapeError when z is no matrix
 */
export function sigmoid<R extends string, C extends string>(z: Mat<R, C>): Mat<R, C> {
  requireMat("sigmoid", "z", z);
  return z.map((value) => {
    const e = Math.exp(-Math.abs(value));
    return value >= 0 ? 1 / (1 + e) : e / (1 + e);
  });
}

/**
 * tanh′ from tanh's own value a: 1 − a² = (1 − a)(1 + a), which keeps its digits where a is nearly 1.
 *
 * @param a - tanh(z), in (−1, 1)
 * @returns the slope at z, in (0, 1]
 */
export function tanhSlope(a: number): number {
  return (1 - a) * (1 + a);
}

/**
 * σ′ from σ's own value Γ: Γ(1 − Γ).
 *
 * @param gamma - Γ = σ(z), in (0, 1)
 * @returns the slope at z, in (0, 1/4]
 */
export function sigmoidSlope(gamma: number): number {
  return gamma * (1 - gamma);
}

/**
 * softmax(z)_k = e^(z_k) / Σ_j e^(z_j), for each column (example) by itself.
 *
 * The column's largest score is subtracted first: the result is the same, and no score
 * overflows. Where the largest is infinite, equal scores share the probability.
 *
 * @param z - (n_y, m) scores
 * @returns (n_y, m) probabilities; each column sums to 1
 * @throws ShapeError when z is no matrix
 */
export function softmax<R extends string, C extends string>(z: Mat<R, C>): Mat<R, C> {
  requireMat("softmax", "z", z);
  return softmaxAt(z, 1);
}
