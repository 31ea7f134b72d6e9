import { isMat, NotImplementedError } from "unrolled";

/**
 * How many numbers a set of parameters holds.
 *
 * @param parameters - a matrix; or matrices, or sets of them, by name or in a list
 * @returns the sum of rows · columns over all matrices
 */
export function countParameters(parameters: object): number {
  throw new NotImplementedError("countParameters");
}
