import { Mat, NotImplementedError } from "unrolled";

/**
 * A token drawn by its probability: the first k with ŷ_0 + … + ŷ_k > u.
 *
 * @param yhat_t - the tokens' probabilities, (n_y, 1)
 * @param u - a uniform number in [0, 1)
 * @returns the token's index, from 0
 */
export function sample(yhat_t: Mat<"n_y", "1">, u: number): number {
  throw new NotImplementedError("sample");
}
