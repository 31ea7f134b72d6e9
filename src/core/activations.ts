/** The activation functions g⟨1⟩ and g⟨2⟩ of the course, applied to matrices. */
import { Mat } from "./matrix.js";

/** Turns scores z into activations of the same shape. */
export type Activation = <R extends string, C extends string>(z: Mat<R, C>) => Mat<R, C>;

/**
 * tanh(z), entry by entry, in (−1, 1).
 *
 * @param z - scores of any shape
 * @returns a matrix of z's shape
 */
export function tanh<R extends string, C extends string>(z: Mat<R, C>): Mat<R, C> {
  return z.map(Math.tanh);
}

/**
 * σ(z) = 1 / (1 + e^(−z)), entry by entry, in (0, 1); exact for large |z| too.
 *
 * @param z - scores of any shape
 * @returns a matrix of z's shape
 */
export function sigmoid<R extends string, C extends string>(z: Mat<R, C>): Mat<R, C> {
  return z.map((value) => {
    const e = Math.exp(-Math.abs(value));
    return value >= 0 ? 1 / (1 + e) : e / (1 + e);
  });
}

/**
 * tanh′ from tanh's own value a: 1 − a².
 *
 * @param a - tanh(z), in (−1, 1)
 * @returns the slope at z, in (0, 1]
 */
export function tanhSlope(a: number): number {
  return 1 - a * a;
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
 * overflows.
 *
 * @param z - (n_y, m) scores
 * @returns (n_y, m) probabilities; each column sums to 1
 */
export function softmax<R extends string, C extends string>(z: Mat<R, C>): Mat<R, C> {
  const { rows, cols } = z;
  const result = new Mat<R, C>(rows, cols);
  for (let j = 0; j < cols; j++) {
    let largest = -Infinity;
    for (let k = 0; k < rows; k++) largest = Math.max(largest, z.data[k * cols + j]!);
    let total = 0;
    for (let k = 0; k < rows; k++) {
      const e = Math.exp(z.data[k * cols + j]! - largest);
      result.data[k * cols + j] = e;
      total += e;
    }
    for (let k = 0; k < rows; k++) result.data[k * cols + j]! /= total;
  }
  return result;
}
