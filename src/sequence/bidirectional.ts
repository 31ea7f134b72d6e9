/**
 * Bidirectional RNNs: one layer reads the sequence from its beginning, one from its end, and each
 * step's output sees both (course 5 week 1; lesson 10).
 */
import { type CellName, requireCell } from "../cells/cellByName.js";
import { requireFunction, requireRecord, requireSizes } from "../core/arguments.js";
import type { SequenceLoss } from "../losses.js";
import { Mat, splitRows, stackRows } from "../core/matrix.js";
import { checkMask, lastValidSteps, masked } from "../notation/padding.js";
import { Sequence } from "../notation/sequence.js";
import type { GradientsOf } from "../core/parameterSet.js";
import { type Random, randomNormal } from "../core/random.js";
import { requireStates } from "./handedLayer.js";
import {
  initializeLayer,
  type LayerForward,
  type LayerParameters,
  type LayerParametersByCell,
  runLayer,
} from "./recurrentLayer.js";
import {
  type OutputGradients,
  outputLossAndGradients,
  outputPredictions,
  outputScores,
} from "./outputLayer.js";

/** The parameters of a bidirectional RNN; Layer is its cells' kind. */
export interface BidirectionalParameters<Layer extends LayerParameters = LayerParameters> {
  /** Of the layer that reads x⟨1⟩, …, x⟨T_x⟩. */
  readonly forward: Layer;
  /** Of the layer that reads x⟨T_x⟩, …, x⟨1⟩. */
  readonly backward: Layer;
  /** From both states to the output, (n_y, 2 n_a): the columns of a→⟨t⟩ before those of a←⟨t⟩. */
  readonly Wya: Mat<"n_y", "n_a+n_a">;
  /** The output's bias, (n_y, 1). */
  readonly by: Mat<"n_y", "1">;
}

/** The result of {@link bidirectionalForward}. */
export interface BidirectionalForward {
  /** The states; with a mask, zeros at padded steps. */
  readonly a: {
    /** a→⟨t⟩, which has seen x⟨1⟩, …, x⟨t⟩, (n_a, m) each. */
    readonly forward: Sequence<"n_a", "m">;
    /** a←⟨t⟩, which has seen x⟨T_x⟩, …, x⟨t⟩, (n_a, m) each. */
    readonly backward: Sequence<"n_a", "m">;
  };
  /** The predictions ŷ⟨1⟩, …, ŷ⟨T_x⟩, (n_y, m) each; with a mask, zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
}

/**
 * Runs both layers over all steps, from states of zeros; ŷ⟨t⟩ = softmax(Wya [a→⟨t⟩; a←⟨t⟩] + by).
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param parameters - both layers', and Wya and by of the output
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m): both layers pass over
 *   it, so that the one from the end begins at each example's own last valid step; all 1 when left out
 * @param layer - what runs one layer over its inputs: `layer(x, parameters, mask)` gives { a }
 * @returns both layers' states, (n_a, m), and ŷ⟨t⟩, (n_y, m), at each of the T_x steps
 * @throws ShapeError, OutOfRangeError when shapes do not fit or an example has no step
 */
export function bidirectionalForward(
  x: Sequence<"n_x", "m">,
  parameters: BidirectionalParameters,
  mask?: Sequence<"1", "m">,
  layer: LayerForward = runLayer,
): BidirectionalForward {
  checkMask("bidirectionalForward", mask, "x", x);
  requireFunction("bidirectionalForward", "layer", layer);
  const { a, both } = runBoth(x, parameters, mask, layer);
  const z = outputScores(both, parameters);
  return { a, yhat: outputPredictions(z, mask) };
}

/** The result of {@link bidirectionalLossAndGradients}. */
export interface BidirectionalLossAndGradients<Layer extends LayerParameters = LayerParameters>
  extends Omit<SequenceLoss, "dz">, BidirectionalForward {
  readonly gradients: OutputGradients<"n_a+n_a"> & {
    readonly forward: GradientsOf<Layer>;
    readonly backward: GradientsOf<Layer>;
  };
}

/**
 * The loss of a bidirectional RNN with an output at every step (softmax and cross-entropy) and its
 * gradients.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param y - the labels, one-hot, (n_y, m) at each step
 * @param parameters - both layers', and Wya and by of the output
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @param answered - 1 where the output has a label that counts, 0 elsewhere, (1, m); at every step
 *   unless said, and never where the mask is 0
 * @returns total and perStep in nats (see `softmaxCrossEntropy`), the states, the predictions and
 *   the gradients, { forward: { dW… }, backward: { dW… }, dWya, dby }
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function bidirectionalLossAndGradients<Layer extends LayerParameters>(
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  parameters: BidirectionalParameters<Layer>,
  mask?: Sequence<"1", "m">,
  answered?: Sequence<"1", "m">,
): BidirectionalLossAndGradients<Layer> {
  checkMask("bidirectionalLossAndGradients", mask, "x", x);
  const { a, both, forward, backward } = runBoth(x, parameters, mask, (...inputs) =>
    runLayer<Layer>(...inputs),
  );
  const z = outputScores(both, parameters);
  const output = outputLossAndGradients(z, y, both, parameters, mask, answered);
  const { da, dWya, dby, ...loss } = output;
  const halves = Array.from(da, (da_t) => splitRows(da_t, a.forward.rows)); // d[a→⟨t⟩; a←⟨t⟩]
  const daForward = Sequence.of(halves.map(([top]) => top));
  const daBackward = Sequence.of(halves.map(([, bottom]) => bottom));
  return {
    ...loss,
    a,
    gradients: {
      forward: forward.backward(daForward).gradients,
      backward: backward.backward(daBackward.reverse()).gradients,
      dWya,
      dby,
    },
  };
}

/** Both layers over their inputs, and [a→⟨t⟩; a←⟨t⟩], (2 n_a, m) at each step. */
function runBoth<Layer extends LayerParameters, Run extends ReturnType<LayerForward>>(
  x: Sequence<"n_x", "m">,
  parameters: BidirectionalParameters<Layer>,
  mask: Sequence<"1", "m"> | undefined,
  layer: (x: Sequence<"n_x", "m">, parameters: Layer, mask?: Sequence<"1", "m">) => Run,
): {
  readonly forward: Run;
  readonly backward: Run;
  readonly a: BidirectionalForward["a"];
  readonly both: Sequence<"n_a+n_a", "m">;
} {
  requireRecord("bidirectionalForward", "parameters", parameters);
  if (mask !== undefined) lastValidSteps(mask); // throws when an example has none
  const run: typeof layer = (...inputs) => requireStates("bidirectionalForward", layer(...inputs));
  const forward = run(x, parameters.forward, mask); //                        a→⟨t⟩ = cell(x⟨t⟩, a→⟨t−1⟩)
  const backward = run(x.reverse(), parameters.backward, mask?.reverse()); // a←⟨t⟩ = cell(x⟨t⟩, a←⟨t+1⟩)
  const a = {
    forward: masked(forward.a, mask),
    backward: masked(backward.a.reverse(), mask), // the padding behind an example's end held a←⟨T_x+1⟩ = 0
  };
  const both = a.forward.map((a_t, t) => stackRows(a_t, a.backward.at(t))); // [a→⟨t⟩; a←⟨t⟩]
  return { forward, backward, a, both };
}

/**
 * Parameters to start training from: two layers of one cell, and an output over both.
 *
 * @param cell - "rnn", "gru" or "lstm"
 * @param sizes - n_x, n_a (of each layer), n_y
 * @param random - where the weights come from
 * @returns the layer from the start, the layer from the end, Wya, (n_y, 2 n_a), and by
 * @throws OutOfRangeError for an unknown cell, and for sizes that are no whole numbers of at least 1
 */
export function initializeBidirectional<Cell extends CellName>(
  cell: Cell,
  sizes: { readonly n_x: number; readonly n_a: number; readonly n_y: number },
  random: Random,
): BidirectionalParameters<LayerParametersByCell[Cell]> {
  requireCell("initializeBidirectional", cell);
  requireRecord("initializeBidirectional", "sizes", sizes);
  const { n_x, n_a, n_y } = sizes;
  requireSizes("initializeBidirectional", { n_x, n_a, n_y });
  return {
    forward: initializeLayer(cell, { n_x, n_a }, random),
    backward: initializeLayer(cell, { n_x, n_a }, random),
    Wya: randomNormal(n_y, 2 * n_a, random, 1 / Math.sqrt(2 * n_a)),
    by: Mat.zeros(n_y, 1),
  };
}
