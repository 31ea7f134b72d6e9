import { Mat, type RnnGradients } from "unrolled";

/**
 * Each entry of each gradient, moved into [−maxValue, maxValue].
 *
 * @param gradients - dWax, dWaa, dWya, dba, dby: a matrix each
 * @param maxValue - the largest absolute value that may stay, at least 0
 * @returns new matrices under the same names
 */
export function clipByValue(gradients: RnnGradients, maxValue: number): RnnGradients {
  const clip = <R extends string, C extends string>(gradient: Mat<R, C>): Mat<R, C> =>
    gradient.map((value) => Math.max(-maxValue, Math.min(maxValue, value)));
  const { dWax, dWaa, dWya, dba, dby } = gradients;
  return {
    dWax: clip(dWax),
    dWaa: clip(dWaa),
    dWya: clip(dWya),
    dba: clip(dba),
    dby: clip(dby),
  };
}
