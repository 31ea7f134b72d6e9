import { NotImplementedError, type RnnGradients } from "unrolled";

/**
 * All gradients times one factor, so that their norm taken together is maxNorm at most.
 *
 * @param gradients - dWax, dWaa, dWya, dba, dby: a matrix each
 * @param maxNorm - the largest norm that may stay, above 0
 * @returns new matrices under the same names, and the norm before clipping
 */
export function clipByNorm(
  gradients: RnnGradients,
  maxNorm: number,
): { gradients: RnnGradients; norm: number } {
  throw new NotImplementedError("clipByNorm");
}
