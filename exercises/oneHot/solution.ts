import { Mat } from "unrolled";

/**
 * One column per index, all zeros but for a 1 in the index's row.
 *
 * @param indices - m whole numbers from 0 to n_x − 1
 * @param n_x - the vocabulary's size
 * @returns (n_x, m)
 * @throws an Error for an index that is no whole number from 0 to n_x − 1
 */
export function oneHot(indices: readonly number[], n_x: number): Mat<"n_x", "m"> {
  const result = Mat.zeros<"n_x", "m">(n_x, indices.length);
  for (const [i, index] of indices.entries()) {
    if (!Number.isInteger(index) || index < 0 || index >= n_x) {
      throw new RangeError(`oneHot: ${index} is none of the ${n_x} words`);
    }
    result.data[index * indices.length + i] = 1;
  }
  return result;
}
