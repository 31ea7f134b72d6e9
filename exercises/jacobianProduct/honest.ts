import { Mat } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { ofColumns, product as multiplied } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Right ways from one state to a later one that are not the library's. */
export const honest: readonly Honest<typeof starter.jacobianProduct>[] = [
  {
    style: "recursion on t, with whole diagonal matrices",
    write: (a, Waa, k, t) => {
      const n = Waa.rows;
      const to = (s: number): Mat => {
        if (s === k) return Mat.build(n, n, (i, j) => Number(i === j));
        const diagonal = Mat.build(n, n, (i, j) => (i === j ? 1 - a.at(s).get(i, 0) ** 2 : 0));
        return multiplied(multiplied(diagonal, Waa), to(s - 1));
      };
      return to(t) as Mat<"n_a", "n_a">;
    },
  },
  {
    style: "from step t backwards, each factor put on the right",
    write: (a, Waa, k, t) => {
      let product: Mat = Mat.build(Waa.rows, Waa.rows, (i, j) => (i === j ? 1 : 0));
      for (let s = t; s > k; s--) {
        const slopes = a.at(s).data.map((value) => (1 - value) * (1 + value));
        product = multiplied(
          product.map((value, _i, j) => value * slopes[j]!),
          Waa,
        );
      }
      return product as Mat<"n_a", "n_a">;
    },
  },
  {
    style: "column by column: a change of one unit is followed through the steps",
    write: (a, Waa, k, t) => {
      const columns = Array.from({ length: Waa.cols }, (_, unit) => {
        let change: number[] = Array.from({ length: Waa.rows }, (_unit, i) => Number(i === unit));
        for (let s = k + 1; s <= t; s++) {
          change = change.map((_value, i) => {
            let sum = 0;
            change.forEach((value, j) => (sum += Waa.get(i, j) * value));
            return sum * (1 - Math.pow(a.at(s).get(i, 0), 2));
          });
        }
        return change;
      });
      return ofColumns(Waa.rows, columns) as Mat<"n_a", "n_a">;
    },
  },
];
