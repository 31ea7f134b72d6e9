/** Clipping gradients that explode, by value and by norm. */
import { inWords } from "./core/arguments.js";
import { OutOfRangeError } from "./core/errors.js";
import { mapMatrices, matricesOf, type MatricesOf } from "./core/parameterSet.js";

/**
 * Each entry of each gradient, moved into [−maxValue, maxValue].
 *
 * @param gradients - matrices by name, or sets of them by name or in a list
 * @param maxValue - the largest absolute value that may stay, at least 0
 * @returns new gradients under the same names
 * @throws OutOfRangeError when maxValue is negative or no number; ShapeError when something in the set is
 *   no matrix
 * @example
 * clipByValue({ dW: Mat.from([[-9, 0.5, 9]]) }, 1).dW.toArray() // → [[-1, 0.5, 1]]
 */
export function clipByValue<G extends MatricesOf<G>>(gradients: G, maxValue: number): G {
  requireBound("clipByValue", "maxValue", maxValue);
  return mapMatrices(gradients, (gradient) =>
    gradient.map((value) => Math.min(Math.max(value, -maxValue), maxValue)),
  );
}

/**
 * All gradients times one factor, so that their norm taken together is maxNorm at most; where it
 * is so already they stay as they are. The direction is kept (Pascanu et al. 2013, algorithm 1).
 *
 * @param gradients - matrices by name, or sets of them by name or in a list
 * @param maxNorm - the largest norm √(Σ of all squares) that may stay, at least 0
 * @returns new gradients under the same names, and the norm before clipping
 * @throws OutOfRangeError when maxNorm is negative or no number, or an entry of a gradient is no finite number: no
 *   factor would make a direction of it; ShapeError when something in the set is no matrix
 * @example
 * clipByNorm({ dW: Mat.from([[3]]), db: Mat.from([[4]]) }, 10).norm // → 5
 * clipByNorm({ dW: Mat.from([[3]]), db: Mat.from([[4]]) }, 1).gradients.db.toArray() // → [[0.8]]
 */
export function clipByNorm<G extends MatricesOf<G>>(
  gradients: G,
  maxNorm: number,
): { readonly gradients: G; readonly norm: number } {
  requireBound("clipByNorm", "maxNorm", maxNorm);
  const norm = globalNorm(gradients);
  if (matricesOf(gradients).some(({ data }) => !data.every(Number.isFinite))) {
    throw new OutOfRangeError(
      `clipByNorm: a gradient has an entry that is NaN or infinite: expected finite numbers; look for it in the step before: a loss that overflowed, a division by 0`,
    );
  }
  if (norm === Infinity && maxNorm < norm) return { gradients: withNorm(gradients, maxNorm), norm };
  const factor = norm > maxNorm ? maxNorm / norm : 1;
  return { gradients: mapMatrices(gradients, (gradient) => gradient.times(factor)), norm };
}

/**
 * The norm of all matrices taken together, √(Σ of all squares).
 *
 * @param gradients - matrices by name, or sets of them by name or in a list
 * @returns a number ≥ 0; NaN or Infinity where an entry is
 * @throws ShapeError when something in the set is no matrix
 * @example
 * globalNorm({ dW: Mat.from([[3]]), db: Mat.from([[4]]) }) // → 5
 */
export function globalNorm<G extends MatricesOf<G>>(gradients: G): number {
  return Math.hypot(...matricesOf(gradients).map((gradient) => gradient.norm()));
}

/** Finite gradients of the norm `length`, for a norm of their own that float64 cannot hold. */
function withNorm<G extends MatricesOf<G>>(gradients: G, length: number): G {
  const largest = matricesOf(gradients).reduce(
    (most, { data }) => data.reduce((inner, value) => Math.max(inner, Math.abs(value)), most),
    0,
  );
  const direction = mapMatrices(gradients, (gradient) => gradient.map((value) => value / largest));
  const factor = length / globalNorm(direction);
  return mapMatrices(direction, (part) => part.times(factor));
}

function requireBound(caller: string, name: string, bound: number): void {
  if (typeof bound === "number" && bound >= 0) return;
  throw new OutOfRangeError(`${caller}: expected a ${name} of at least 0, got ${inWords(bound)}`);
}
