import { Mat, stackColumns } from "unrolled";

export function stackWeights(Waa: Mat<"n_a", "n_a">, Wax: Mat<"n_a", "n_x">) {
  return stackColumns(Waa, Wax);
}
