/**
 * The library's losses and gradients, computed by the engine: the same names, arguments and results as the readable
 * functions, in float32 (agreement: loss and predictions to 1e-5, gradients to 1e-4 of their norm). Import them
 * from "unrolled/engine" in place of "unrolled" to train faster.
 *
 * Networks are kept for the sizes that were used last, so that a training loop lays out its memory once.
 */
import { requireName, requireOptions, requireRecord } from "../core/arguments.js";
import { EngineError, ShapeError } from "../core/errors.js";
import { checkShapes, isMat, Mat, splitRows } from "../core/matrix.js";
import { checkMask, checkSteps, masked } from "../notation/padding.js";
import { requireSequences } from "../notation/requireSequence.js";
import { Sequence } from "../notation/sequence.js";
import type { GradientsOf } from "../core/parameterSet.js";
import type {
  BidirectionalLossAndGradients,
  BidirectionalParameters,
} from "../sequence/bidirectional.js";
import type { DeepLossAndGradients, DeepParameters } from "../sequence/deep.js";
import type * as gru from "../sequence/gru.js";
import type { CellName } from "../cells/cellByName.js";
import type { LayerParameters } from "../sequence/recurrentLayer.js";
import type * as lstm from "../sequence/lstm.js";
import { allValid, lastStepWeights, meanWeights } from "../sequence/masks.js";
import { delayed } from "../sequence/teacherForcing.js";
import type * as rnn from "../sequence/rnn.js";
import type * as training from "../sequence/fiveTypesLosses.js";
import { type Engine, openEngine } from "./engine.js";
import { nodeProcess } from "./nodeParts.js";
import type { Network } from "./network.js";
import type { NetworkOptions } from "./networkOptions.js";

/** Networks that stay laid out. */
const mostNetworks = 8;

let engine: Engine | undefined;
const networks = new Map<string, Network>();

/**
 * The engine that these functions compute with: the fastest path that works, one thread.
 *
 * @returns always the same engine, opened at the first call
 * @throws EngineError when the path that UNROLLED_ENGINE asks for does not work here
 */
export function sharedEngine(): Engine {
  if (engine === undefined) {
    engine = openEngine();
    // Said once, and only where something can be mended: in a browser there is no BLAS to install.
    if (engine.isFallback && nodeProcess() !== undefined)
      warn(`unrolled/engine computes with ${engine.reason}`);
  }
  return engine;
}

function warn(line: string): void {
  (globalThis as unknown as { readonly console: { warn(text: string): void } }).console.warn(line);
}

/** The network for these options, laid out now or before. */
function networkFor(options: NetworkOptions): Network {
  const key = JSON.stringify(options);
  const network = networks.get(key) ?? sharedEngine().network(options);
  networks.delete(key);
  networks.set(key, network); // the last one used is the last one closed
  if (networks.size > mostNetworks) {
    const [oldest] = networks.keys();
    networks.get(oldest!)!.close();
    networks.delete(oldest!);
  }
  return network;
}

/** The readable rnnLossAndGradients (sequence/rnn.ts). */
export const rnnLossAndGradients: typeof rnn.rnnLossAndGradients = (
  x,
  y,
  a_0,
  parameters,
  mask,
) => {
  const network = tagger("rnnLossAndGradients", "rnn", x, y, a_0, parameters, mask);
  return { ...run(network, parameters), a: network.states() };
};

/** The readable gruLossAndGradients (sequence/gru.ts). */
export const gruLossAndGradients: typeof gru.gruLossAndGradients = (
  x,
  y,
  a_0,
  parameters,
  mask,
) => {
  const network = tagger("gruLossAndGradients", "gru", x, y, a_0, parameters, mask);
  return { ...run(network, parameters), a: network.states() };
};

/** The readable lstmLossAndGradients (sequence/lstm.ts). */
export const lstmLossAndGradients: typeof lstm.lstmLossAndGradients = (
  x,
  y,
  a_0,
  parameters,
  mask,
  c_0,
) => {
  const network = tagger("lstmLossAndGradients", "lstm", x, y, a_0, parameters, mask, c_0);
  return { ...run(network, parameters), a: network.states(), c: network.memories() };
};

/** The readable oneToManyLossAndGradients (sequence/fiveTypesLosses.ts). */
export const oneToManyLossAndGradients: typeof training.oneToManyLossAndGradients = (
  x_1,
  y,
  a_0,
  parameters,
  mask,
) => {
  checkMask("oneToManyLossAndGradients", mask, "y", y);
  return rnnLossAndGradients(delayed(y, x_1, mask), y, a_0, parameters, mask);
};

/** The readable manyToOneLossAndGradients (sequence/fiveTypesLosses.ts). */
export const manyToOneLossAndGradients: typeof training.manyToOneLossAndGradients = (
  x,
  y,
  a_0,
  parameters,
  options = {},
) => {
  const caller = "manyToOneLossAndGradients";
  requireOptions(caller, options, ["read", "mask"]);
  const { read = "last", mask } = options;
  requireName(caller, "read", read, ["last", "mean"]);
  checkMask(caller, mask, "x", x);
  checkShapes(caller, { x: [x.at(1), "n_x", "m"], y: [y, "n_y", "m"], a_0: [a_0, "n_a", "m"] });
  const network = networkFor({
    form: "classifier",
    cell: "rnn",
    n_x: x.rows,
    n_a: a_0.rows,
    n_y: y.rows,
    m: x.cols,
    T_x: x.T_x,
    targets: "columns",
  });
  network.setParameters(parameters);
  network.setInputs(x, mask);
  network.setInitialState(a_0);
  const weights = read === "last" ? lastStepWeights : meanWeights;
  network.setReading(weights(mask ?? allValid(x)));
  network.setTargets(Sequence.of([y]));
  const { total, yhat, gradients } = run(network, parameters);
  return { total, yhat: yhat.at(1), a: network.states(), gradients };
};

/** The readable encodeDecodeLossAndGradients (sequence/fiveTypesLosses.ts). */
export const encodeDecodeLossAndGradients: typeof training.encodeDecodeLossAndGradients = (
  x,
  y,
  a_0,
  parameters,
  y_0,
  masks = {},
) => {
  const caller = "encodeDecodeLossAndGradients";
  requireOptions(caller, masks, ["input", "output"], "masks");
  checkMask(caller, masks.input, "x", x);
  checkMask(caller, masks.output, "y", y);
  checkShapes(caller, {
    x: [x.at(1), "n_x", "m"],
    y: [y.at(1), "n_y", "m"],
    y_0: [y_0, "n_y", "m"],
    a_0: [a_0, "n_a", "m"],
  });
  const network = networkFor({
    form: "translator",
    cell: "rnn",
    n_x: x.rows,
    n_a: a_0.rows,
    n_y: y.rows,
    m: x.cols,
    T_x: x.T_x,
    T_y: y.T_y,
    targets: "columns",
  });
  network.setParameters(parameters);
  network.setInputs(x, masks.input);
  network.setInitialState(a_0);
  network.setReading(lastStepWeights(masks.input ?? allValid(x)));
  network.setDecoderInputs(delayed(y, y_0, masks.output), masks.output);
  network.setTargets(y, masks.output);
  return run(network, parameters);
};

/**
 * The readable bidirectionalLossAndGradients (sequence/bidirectional.ts).
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param y - the labels, one-hot, (n_y, m) at each step
 * @param parameters - both layers', and Wya and by of the output
 * @param mask - 1 where an example has an input, 0 where it is padding, (1, m); all 1 when left out
 * @param answered - 1 where a prediction is asked for, (1, m); the mask when left out
 * @returns as the readable function, in float32
 * @throws ShapeError, OutOfRangeError when shapes do not fit or an example has no step
 */
export function bidirectionalLossAndGradients<Layer extends LayerParameters>(
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  parameters: BidirectionalParameters<Layer>,
  mask?: Sequence<"1", "m">,
  answered?: Sequence<"1", "m">,
): BidirectionalLossAndGradients<Layer> {
  checkBatch("bidirectionalLossAndGradients", x, y, mask);
  requireRecord("bidirectionalLossAndGradients", "parameters", parameters);
  const n_a = biasOf(parameters.forward).rows;
  const network = networkFor({
    cell: cellOf(parameters.forward),
    ...sizesOf(x, y),
    n_a,
    bidirectional: true,
    targets: "columns",
  });
  network.setParameters(parameters);
  network.setInputs(x, mask);
  network.setTargets(y, answered === undefined ? mask : masked(answered, mask));
  const { gradients, ...loss } = run(network, parameters);
  const both: Sequence = masked<string>(network.states(), mask);
  const halves = Array.from(both, (both_t) => splitRows<"n_a", "n_a", "m">(both_t, n_a));
  return {
    ...loss,
    a: {
      forward: Sequence.of(halves.map(([top]) => top)),
      backward: Sequence.of(halves.map(([, bottom]) => bottom)),
    },
    gradients: gradients as BidirectionalLossAndGradients<Layer>["gradients"],
  };
}

/**
 * The readable deepLossAndGradients (sequence/deep.ts), for layers of one cell and size.
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param y - the labels, one-hot, (n_y, m) at each step
 * @param parameters - the layers', and Wya and by of the output above the last
 * @param mask - 1 where an example has a step, 0 where it is padding, (1, m); all 1 when left out
 * @returns as the readable function, in float32
 * @throws ShapeError, OutOfRangeError when shapes do not fit; EngineError when the layers differ
 */
export function deepLossAndGradients<Layer extends LayerParameters>(
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  parameters: DeepParameters<Layer>,
  mask?: Sequence<"1", "m">,
): DeepLossAndGradients<Layer> {
  checkBatch("deepLossAndGradients", x, y, mask);
  requireRecord("deepLossAndGradients", "parameters", parameters);
  const layers: readonly Layer[] = Array.isArray(parameters.layers) ? parameters.layers : [];
  const kinds = new Set(layers.map((layer) => `${cellOf(layer)} ${biasOf(layer).rows}`));
  const [first] = layers;
  if (first === undefined || kinds.size > 1) {
    throw new EngineError(
      `deepLossAndGradients: expected layers of one cell and size, got ${[...kinds].join(", ") || "none"}; the function of the same name from "unrolled" takes any`,
    );
  }
  const network = networkFor({
    cell: cellOf(first),
    ...sizesOf(x, y),
    n_a: biasOf(first).rows,
    layers: layers.length,
    targets: "columns",
  });
  network.setParameters(parameters);
  network.setInputs(x, mask);
  network.setTargets(y, mask);
  return { ...run(network, parameters), a: layers.map((_, l) => network.states(l)) };
}

/** A network with an output at every step, made ready to run. */
function tagger(
  caller: string,
  cell: CellName,
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: object,
  mask: Sequence<"1", "m"> | undefined,
  c_0?: Mat<"n_a", "m">,
): Network {
  checkBatch(caller, x, y, mask);
  checkShapes(caller, { x: [x.at(1), "n_x", "m"], a_0: [a_0, "n_a", "m"] });
  const network = networkFor({ cell, ...sizesOf(x, y), n_a: a_0.rows, targets: "columns" });
  network.setParameters(parameters);
  network.setInputs(x, mask);
  network.setInitialState(a_0, c_0);
  network.setTargets(y, mask);
  return network;
}

/** Loss, predictions (zeros where the outputs are padding) and gradients. */
function run<P extends object>(
  network: Network,
  parameters: P,
): {
  readonly total: number;
  readonly perStep: Mat<"1", "T_y">;
  readonly yhat: Sequence<"n_y", "m">;
  readonly gradients: GradientsOf<P>;
} {
  const total = network.lossAndGradients();
  const perStep = network.perStep();
  return {
    total,
    perStep: new Mat(1, perStep.length, perStep),
    yhat: network.predictions(),
    gradients: nested(parameters, network.gradients()) as GradientsOf<P>,
  };
}

/** The gradients in the form of the readable set; zeros for parameters that take no part (an encoder's outputs). */
function nested(set: object, flat: Readonly<Record<string, Mat>>, path = ""): unknown {
  if (Array.isArray(set))
    return set.map((inner: object, index) => nested(inner, flat, `${path}${index}.`));
  return Object.fromEntries(
    Object.entries(set).map(([name, inner]: [string, object]) =>
      isMat(inner)
        ? [`d${name}`, flat[`${path}d${name}`] ?? Mat.zeros(inner.rows, inner.cols)]
        : [name, nested(inner, flat, `${path}${name}.`)],
    ),
  );
}

function sizesOf(x: Sequence, y: Sequence): Pick<NetworkOptions, "n_x" | "n_y" | "m" | "T_x"> {
  return { n_x: x.rows, n_y: y.rows, m: x.cols, T_x: x.T_x };
}

function checkBatch(
  caller: string,
  x: Sequence<"n_x", "m">,
  y: Sequence<"n_y", "m">,
  mask: Sequence<"1", "m"> | undefined,
): void {
  requireSequences(caller, { x, y });
  checkShapes(caller, { x: [x.at(1), "n_x", "m"], y: [y.at(1), "n_y", "m"] });
  checkSteps(caller, { x, y });
  checkMask(caller, mask, "x", x);
}

function cellOf(layer: LayerParameters): CellName {
  requireRecord("unrolled/engine", "a layer's parameters", layer);
  return "Wf" in layer ? "lstm" : "Wr" in layer ? "gru" : "rnn";
}

const biasNames = { rnn: "ba", gru: "br", lstm: "bf" } as const;

/** A layer's bias, whose rows are n_a. */
function biasOf(layer: LayerParameters): Mat {
  const bias = (layer as Readonly<Record<string, unknown>>)[biasNames[cellOf(layer)]];
  if (isMat(bias)) return bias;
  throw new ShapeError(
    "unrolled/engine: a layer has no bias: expected ba of an RNN, br of a GRU or bf of an LSTM, (n_a, 1)",
  );
}
