import { Mat, NotImplementedError } from "unrolled";

/**
 * One column per index, all zeros but for a 1 in the index's row.
 *
 * @param indices - m whole numbers from 0 to n_x − 1
 * @param n_x - the vocabulary's size
 * @returns (n_x, m)
 * @throws an Error for an index that is no whole number from 0 to n_x − 1
 */
export function oneHot(indices: readonly number[], n_x: number): Mat<"n_x", "m"> {
  throw new NotImplementedError("oneHot");
}
