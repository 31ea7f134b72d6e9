import { Mat, stackRows } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { product } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** A matrix that is made of two, its columns copied one by one. */
class SideBySide extends Mat {
  constructor(left: Mat, right: Mat) {
    super(left.rows, left.cols + right.cols);
    [left, right].forEach((half, n) => {
      for (let j = half.cols - 1; j >= 0; j--) {
        for (let i = 0; i < half.rows; i++) {
          this.data[i * this.cols + n * left.cols + j] = half.get(i, j);
        }
      }
    });
  }
}

/** Right ways to put two matrices side by side that are not the library's. */
export const honest: readonly Honest<typeof starter.stackWeights>[] = [
  {
    style: "nested arrays, each row spread into one",
    write: (Waa, Wax) => {
      const right = Wax.toArray();
      return Mat.from(Waa.toArray().map((row, i) => [...row, ...right[i]!]));
    },
  },
  {
    style: "a product with the identity's halves: Waa [I | 0] + Wax [0 | I]",
    write: (Waa, Wax) => {
      const [n_a, n_x] = Wax.shape;
      const left = Mat.build(n_a, n_a + n_x, (i, j) => (i === j ? 1 : 0));
      const right = Mat.build(n_x, n_a + n_x, (i, j) => (n_a + i === j ? 1 : 0));
      return product(Waa, left).add(product(Wax, right));
    },
  },
  { style: "a class of its own that is a Mat", write: (Waa, Wax) => new SideBySide(Waa, Wax) },
  {
    style: "one above the other, transposed",
    write: (Waa, Wax) => stackRows<string, string, string>(Waa.T, Wax.T).T,
  },
];
