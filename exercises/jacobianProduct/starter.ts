import { Mat, NotImplementedError, Sequence } from "unrolled";

/**
 * ∂a⟨t⟩/∂a⟨k⟩: the product of diag(1 − a⟨s⟩²) Waa for s = t, …, k + 1,
 * step t on the left.
 *
 * @param a - the states of one example, T_x steps of (n_a, 1); a.at(s) with s from 1
 * @param Waa - from state to state, (n_a, n_a)
 * @param k - the earlier step, from 0
 * @param t - the later step, from k
 * @returns (n_a, n_a)
 */
export function jacobianProduct(
  a: Sequence<"n_a", "1">,
  Waa: Mat<"n_a", "n_a">,
  k: number,
  t: number,
): Mat<"n_a", "n_a"> {
  throw new NotImplementedError("jacobianProduct");
}
