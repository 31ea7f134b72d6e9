import { Mat } from "unrolled";

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
  if (!(temperature > 0)) {
    throw new RangeError(`temperatureSoftmax: ${temperature} is not above 0`);
  }
  const columns = Array.from({ length: z.cols }, (_, i) => {
    const scores = z.column(i).data;
    const largest = Math.max(...scores);
    const powers = Array.from(scores, (score) =>
      Math.exp((score - largest) / temperature),
    );
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  });
  return Mat.build(z.rows, z.cols, (k, i) => columns[i]![k]!);
}
