import { Mat, NotImplementedError } from "unrolled";

/**
 * softmax(z / τ), in each column by itself.
 *
 * @param z - the scores, (n_y, m)
 * @param temperature - τ, above 0
 * @returns probabilities, (n_y, m)
 */
export function temperatureSoftmax(
  z: Mat<"n_y", "m">,
  temperature: number,
): Mat<"n_y", "m"> {
  throw new NotImplementedError("temperatureSoftmax");
}
