import { Mat, stackColumns } from "unrolled";

/**
 * W_a = [W_aa | W_ax]: both matrices side by side, so that W_a [a; x] = W_aa a + W_ax
 * x.
 *
 * @param Waa - from state to state, (n_a, n_a)
 * @param Wax - from input to state, (n_a, n_x)
 * @returns W_a, (n_a, n_a + n_x)
 */
export function stackWeights(
  Waa: Mat<"n_a", "n_a">,
  Wax: Mat<"n_a", "n_x">,
): Mat<"n_a", "n_a+n_x"> {
  return stackColumns(Waa, Wax);
}
