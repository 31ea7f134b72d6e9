import { Mat, NotImplementedError, type RnnParameters, Sequence } from "unrolled";

/** A layer's own parameters: the cell's, without the output's. */
type LayerParameters = Pick<RnnParameters, "Wax" | "Waa" | "ba">;

/**
 * Each layer reads the states of the one below; the output reads the last one's.
 *
 * @param x - x⟨1⟩ … x⟨T_x⟩, (n_x, m) each
 * @param parameters - layers: layer 1 first; Wya (n_y, n_a), by (n_y, 1)
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) each
 * @param layer - layer(x, parameters, mask) gives { a }, one layer's states
 * @returns a: a list of L sequences; yhat: (n_y, m) at each step
 */
export function deepForward(
  x: Sequence<"n_x", "m">,
  parameters: {
    layers: readonly LayerParameters[];
    Wya: Mat<"n_y", "n_a">;
    by: Mat<"n_y", "1">;
  },
  mask: Sequence<"1", "m">,
  layer: (
    x: Sequence<"n_x", "m">,
    parameters: LayerParameters,
    mask: Sequence<"1", "m">,
  ) => { a: Sequence<"n_a", "m"> },
): { a: readonly Sequence<"n_a", "m">[]; yhat: Sequence<"n_y", "m"> } {
  throw new NotImplementedError("deepForward");
}
