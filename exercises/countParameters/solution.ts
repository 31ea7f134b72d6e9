import { isMat } from "unrolled";

/**
 * How many numbers a set of parameters holds.
 *
 * @param parameters - a matrix; or matrices, or sets of them, by name or in a list
 * @returns the sum of rows · columns over all matrices
 */
export function countParameters(parameters: object): number {
  if (isMat(parameters)) return parameters.rows * parameters.cols;
  let count = 0;
  for (const part of Object.values(parameters))
    count += countParameters(part as object);
  return count;
}
