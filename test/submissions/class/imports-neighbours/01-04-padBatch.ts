import { Mat, Sequence } from "unrolled";
import { oneHot } from "./01-03-oneHot.js";

export function padBatch(batch: readonly (readonly number[])[], n_x: number) {
  if (batch.length === 0) throw new RangeError("an empty batch");
  const T_x = batch.map((indices) => indices.length);
  if (T_x.includes(0)) throw new RangeError("an empty example");
  for (const indices of batch) oneHot(indices, n_x); // refuses what is no index
  const m = batch.length;
  const longest = Math.max(...T_x);
  const x: Mat<"n_x", "m">[] = [];
  const mask: Mat<"1", "m">[] = [];
  for (let t = 0; t < longest; t++) {
    const x_t = new Mat<"n_x", "m">(n_x, m);
    const mask_t = new Mat<"1", "m">(1, m);
    for (let i = 0; i < m; i++) {
      const index = batch[i]![t];
      if (index === undefined) continue;
      x_t.data[index * m + i] = 1;
      mask_t.data[i] = 1;
    }
    x.push(x_t);
    mask.push(mask_t);
  }
  return { x: Sequence.of(x), mask: Sequence.of(mask), T_x };
}
