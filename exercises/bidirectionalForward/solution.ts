import { Mat, type RnnParameters, Sequence, softmax, stackRows } from "unrolled";

/** A layer's own parameters: the cell's, without the output's. */
type LayerParameters = Pick<RnnParameters, "Wax" | "Waa" | "ba">;

/**
 * One layer reads from the beginning, one from the end, and each output sees both.
 *
 * @param x - x⟨1⟩ … x⟨T_x⟩, (n_x, m) each
 * @param parameters - forward and backward: a layer's own; Wya (n_y, 2 n_a), by
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) each
 * @param layer - layer(x, parameters, mask) gives { a }, one layer's states as it reads
 * @returns a: { forward, backward }, (n_a, m) at each step; yhat: (n_y, m) at each step
 */
export function bidirectionalForward(
  x: Sequence<"n_x", "m">,
  parameters: {
    forward: LayerParameters;
    backward: LayerParameters;
    Wya: Mat<"n_y", "n_a+n_a">;
    by: Mat<"n_y", "1">;
  },
  mask: Sequence<"1", "m">,
  layer: (
    x: Sequence<"n_x", "m">,
    parameters: LayerParameters,
    mask: Sequence<"1", "m">,
  ) => { a: Sequence<"n_a", "m"> },
): {
  a: { forward: Sequence<"n_a", "m">; backward: Sequence<"n_a", "m"> };
  yhat: Sequence<"n_y", "m">;
} {
  const there = layer(x, parameters.forward, mask).a;
  const back = layer(x.reverse(), parameters.backward, mask.reverse()).a.reverse();
  const forward = there.map((a_t, t) => a_t.times(mask.at(t)));
  const backward = back.map((a_t, t) => a_t.times(mask.at(t)));
  const yhat = forward.map((a_t, t) => {
    const both = stackRows(a_t, backward.at(t));
    return softmax(parameters.Wya.dot(both).add(parameters.by)).times(mask.at(t));
  });
  return { a: { forward, backward }, yhat };
}
