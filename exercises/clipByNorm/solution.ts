import { Mat, type RnnGradients } from "unrolled";

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
  const { dWax, dWaa, dWya, dba, dby } = gradients;
  let squares = 0;
  for (const dW of [dWax, dWaa, dWya, dba, dby] as const) {
    for (const value of dW.data) squares += value * value;
  }
  if (!Number.isFinite(squares))
    throw new RangeError("clipByNorm: an entry is no finite number");
  const norm = Math.sqrt(squares);
  const factor = norm > maxNorm ? maxNorm / norm : 1;
  const scale = <R extends string, C extends string>(dW: Mat<R, C>): Mat<R, C> =>
    dW.times(factor);
  return {
    norm,
    gradients: {
      dWax: scale(dWax),
      dWaa: scale(dWaa),
      dWya: scale(dWya),
      dba: scale(dba),
      dby: scale(dby),
    },
  };
}
