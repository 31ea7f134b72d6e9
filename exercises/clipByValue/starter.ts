import { NotImplementedError, type RnnGradients } from "unrolled";

/**
 * Each entry of each gradient, moved into [−maxValue, maxValue].
 *
 * @param gradients - dWax, dWaa, dWya, dba, dby: a matrix each
 * @param maxValue - the largest absolute value that may stay, at least 0
 * @returns new matrices under the same names
 */
export function clipByValue(gradients: RnnGradients, maxValue: number): RnnGradients {
  throw new NotImplementedError("clipByValue");
}
