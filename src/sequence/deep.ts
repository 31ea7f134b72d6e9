/** Deep RNNs: layers of cells, each of which reads the states of the one below (course 5 week 1; lesson 11). */
import { type CellName, requireCell } from "../cells/cellByName.js";
import { inWords, requireFunction, requireRecord, requireSizes } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import type { SequenceLoss } from "../losses.js";
import { Mat } from "../core/matrix.js";
import { checkMask } from "../notation/padding.js";
import type { Sequence } from "../notation/sequence.js";
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

/** The parameters of a deep RNN; Layer is its cells' kind (they may differ from layer to layer). */
export interface DeepParameters<Layer extends LayerParameters = LayerParameters> {
  /** Layer 1 first: it reads x⟨t⟩ (n_x rows), each other one the states of the layer below. */
  readonly layers: readonly Layer[];
  /** From the last layer's state to the output, (n_y, n_a). */
  readonly Wya: Mat<"n_y", "n_a">;
  /** The output's bias, (n_y, 1). */
  readonly by: Mat<"n_y", "1">;
}

/** The result of {@link deepForward}. */
export interface DeepForward {
  /** The states: entry l − 1 holds a[l]⟨1⟩, …, a[l]⟨T_x⟩, (n_a, m) each; padded steps keep the one before. */
  readonly a: readonly Sequence<"n_a", "m">[];
  /** The predictions ŷ⟨1⟩, …, ŷ⟨T_x⟩, (n_y, m) each; zeros at padded steps. */
  readonly yhat: Sequence<"n_y", "m">;
}

/**
 * Runs all layers over all steps: a[l]⟨t⟩ = cell(a[l−1]⟨t⟩, a[l]⟨t−1⟩) with a[0]⟨t⟩ = x⟨t⟩ and
 * a[l]⟨0⟩ = 0; ŷ⟨t⟩ = softmax(Wya a[L]⟨t⟩ + by).
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param parameters - the layers', and Wya and by of the output above the last
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @param layer - what runs one layer over its inputs: `layer(x, parameters, mask)` gives { a }
 * @returns each layer's states, (n_a, m), and ŷ⟨t⟩, (n_y, m), at each of the T_x steps
 * @throws ShapeError that names both shapes when they do not fit; OutOfRangeError without a layer, or
 *   when the mask has another number of steps
 */
export function deepForward(
  x: Sequence<"n_x", "m">,
  parameters: DeepParameters,
  mask?: Sequence<"1", "m">,
  layer: LayerForward = runLayer,
): DeepForward {
  requireRecord("deepForward", "parameters", parameters);
  requireFunction("deepForward", "layer", layer);
  const a = runLayers("deepForward", x, parameters.layers, mask, layer).map((run) => run.a);
  const z = outputScores(a.at(-1)!, parameters);
  return { a, yhat: outputPredictions(z, mask) };
}

/** The result of {@link deepLossAndGradients}. */
export interface DeepLossAndGradients<Layer extends LayerParameters = LayerParameters>
  extends Omit<SequenceLoss, "dz">, DeepForward {
  readonly gradients: OutputGradients & { readonly layers: readonly GradientsOf<Layer>[] };
}

/**
 * The loss of a deep RNN with an output at every step (softmax and cross-entropy) and its
 * gradients. Each layer's ∂L/∂x⟨t⟩ is the ∂L/∂a⟨t⟩ of the layer below.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param y - the labels, one-hot, (n_y, m) at each step
 * @param parameters - the layers', and Wya and by of the output above the last
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns total and perStep in nats (see `softmaxCrossEntropy`), the states, the predictions and
 *   the gradients, { layers: [{ dW… }, …], dWya, dby }
 * @throws ShapeError, OutOfRangeError when shapes or numbers of steps differ
 */
export function deepLossAndGradients<Layer extends LayerParameters>(
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  parameters: DeepParameters<Layer>,
  mask?: Sequence<"1", "m">,
): DeepLossAndGradients<Layer> {
  requireRecord("deepLossAndGradients", "parameters", parameters);
  const runs = runLayers("deepLossAndGradients", x, parameters.layers, mask, (...inputs) =>
    runLayer<Layer>(...inputs),
  );
  const top = runs.at(-1)!.a;
  const z = outputScores(top, parameters);
  const { da, dWya, dby, ...loss } = outputLossAndGradients(z, y, top, parameters, mask);
  const layers: GradientsOf<Layer>[] = [];
  let dabove = da;
  for (const run of runs.toReversed()) {
    const { dx, gradients } = run.backward(dabove);
    layers.unshift(gradients);
    dabove = dx as Sequence<string, "m">; // da[l−1]⟨t⟩ = dx[l]⟨t⟩
  }
  return { ...loss, a: runs.map((run) => run.a), gradients: { layers, dWya, dby } };
}

/** The layers one above the other, layer 1 first. */
function runLayers<Layer extends LayerParameters, Run extends ReturnType<LayerForward>>(
  caller: string,
  x: Sequence<"n_x", "m">,
  layers: readonly Layer[],
  mask: Sequence<"1", "m"> | undefined,
  runOne: (x: Sequence<"n_x", "m">, parameters: Layer, mask?: Sequence<"1", "m">) => Run,
): readonly Run[] {
  checkMask(caller, mask, "x", x);
  if (!Array.isArray(layers)) {
    throw new OutOfRangeError(`${caller}: expected a list for layers, got ${inWords(layers)}`);
  }
  if (layers.length === 0) {
    throw new OutOfRangeError(`${caller}: expected at least one layer, got none`);
  }
  const runs: Run[] = [];
  for (const layer of layers) {
    const below = (runs.at(-1)?.a ?? x) as Sequence<string, "m">; // a[l−1]⟨t⟩, a[0]⟨t⟩ = x⟨t⟩
    runs.push(requireStates(caller, runOne(below, layer, mask)));
  }
  return runs;
}

/**
 * Parameters to start training from: L layers of one cell, and an output above the last.
 *
 * @param cell - "rnn", "gru" or "lstm"
 * @param sizes - n_x, n_a, n_y, and the number of layers L
 * @param random - where the weights come from
 * @returns L layers, the first one over n_x inputs and the others over n_a, and Wya and by
 * @throws OutOfRangeError for an unknown cell, and for sizes that are no whole numbers of at least 1
 */
export function initializeDeep<Cell extends CellName>(
  cell: Cell,
  sizes: {
    readonly n_x: number;
    readonly n_a: number;
    readonly n_y: number;
    readonly L: number;
  },
  random: Random,
): DeepParameters<LayerParametersByCell[Cell]> {
  requireCell("initializeDeep", cell);
  requireRecord("initializeDeep", "sizes", sizes);
  const { n_x, n_a, n_y, L } = sizes;
  requireSizes("initializeDeep", { n_x, n_a, n_y, L });
  return {
    layers: Array.from({ length: L }, (_, index) =>
      initializeLayer(cell, { n_x: index === 0 ? n_x : n_a, n_a }, random),
    ),
    Wya: randomNormal(n_y, n_a, random, 1 / Math.sqrt(n_a)),
    by: Mat.zeros(n_y, 1),
  };
}
