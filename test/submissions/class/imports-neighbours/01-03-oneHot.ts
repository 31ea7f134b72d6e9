import { Mat } from "unrolled";

export function oneHot(indices: readonly number[], n_x: number): Mat<"n_x", "m"> {
  const result = new Mat<"n_x", "m">(n_x, indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!Number.isInteger(index) || index < 0 || index >= n_x) {
      throw new RangeError(`no such word: ${index}`);
    }
    result.data[index * indices.length + i] = 1;
  }
  return result;
}
