/**
 * A recurrent layer of any cell: states from inputs, and back. Bidirectional and deep networks are
 * made of layers.
 *
 * A layer's parameters are its cell's without the output's (Wya, by). Which cell they belong to
 * shows in their names: Wf has the LSTM alone, Wr the GRU alone, Wax the basic RNN alone.
 */
import {
  type CellName,
  initializers,
  type ParametersByCell,
  requireCell,
} from "../cells/cellByName.js";
import { requireRecord } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { Mat, requireMat } from "../core/matrix.js";
import { checkMask } from "../notation/padding.js";
import type { Sequence } from "../notation/sequence.js";
import type { GradientsOf } from "../core/parameterSet.js";
import type { Random } from "../core/random.js";
import { gruBackward, gruCellScores, gruForward } from "./gru.js";
import { lstmBackward, lstmCellScores, lstmForward } from "./lstm.js";
import type { OutputParameters } from "./outputLayer.js";
import { rnnBackward, rnnCellScores, rnnForward } from "./rnn.js";

/** A layer's parameters, by the name of its cell. */
export interface LayerParametersByCell {
  /** Wax, Waa, ba. */
  readonly rnn: Omit<ParametersByCell["rnn"], keyof OutputParameters>;
  /** Wu, Wr, Wc, bu, br, bc. */
  readonly gru: Omit<ParametersByCell["gru"], keyof OutputParameters>;
  /** Wf, Wu, Wc, Wo, bf, bu, bc, bo. */
  readonly lstm: Omit<ParametersByCell["lstm"], keyof OutputParameters>;
}

/** The parameters of a layer of whatever cell. */
export type LayerParameters = LayerParametersByCell[CellName];

/** A layer that has run over its inputs. */
export interface LayerRun<P> {
  /** The states a⟨1⟩, …, a⟨T_x⟩, (n_a, m) each; padded steps keep the one before. */
  readonly a: Sequence<"n_a", "m">;
  /** From each step's own part of ∂L/∂a⟨t⟩ to ∂L/∂x⟨t⟩ and the parameters' gradients. */
  readonly backward: (da: Sequence<"n_a", "m">) => {
    readonly dx: Sequence<"n_x", "m">;
    readonly gradients: GradientsOf<P>;
  };
}

/** How one layer is run: {@link runLayer}, or a function of the caller's own that gives its states. */
export type LayerForward = (
  x: Sequence<"n_x", "m">,
  parameters: LayerParameters,
  mask?: Sequence<"1", "m">,
) => Pick<LayerRun<LayerParameters>, "a">;

/**
 * Runs a layer over its inputs, from a⟨0⟩ = 0 (and c⟨0⟩ = 0).
 *
 * @param x - the inputs, (n_x, m) at each step
 * @param parameters - those of an RNN, a GRU or an LSTM, without Wya and by
 * @param mask - 1 where an example has a step, 0 where it is padding and its state stays as it is,
 *   (1, m); all 1 when left out
 * @returns the states, (n_a, m) at each step, and the function that takes their gradients back
 * @throws ShapeError that names both shapes when they do not fit; OutOfRangeError when the names are
 *   no cell's or the mask has another number of steps
 */
export function runLayer<P extends LayerParameters>(
  x: Sequence<"n_x", "m">,
  parameters: P,
  mask?: Sequence<"1", "m">,
): LayerRun<P> {
  checkMask("runLayer", mask, "x", x);
  requireRecord("runLayer", "parameters", parameters);
  return runAnyLayer(x, parameters, mask) as LayerRun<P>; // the gradients' names are those of P's cell
}

function runAnyLayer(
  x: Sequence<"n_x", "m">,
  parameters: LayerParameters,
  mask: Sequence<"1", "m"> | undefined,
): LayerRun<LayerParameters> {
  if ("Wf" in parameters) {
    const { a_0, output } = start(x, parameters.bf);
    const cell = lstmCellScores;
    const { a, caches } = lstmForward(x, a_0, { ...parameters, ...output }, { cell, mask });
    return {
      a,
      backward: (da) => {
        const { dx, da_0: _, dc_0: __, ...gradients } = lstmBackward(da, caches);
        return { dx, gradients };
      },
    };
  }
  if ("Wr" in parameters) {
    const { a_0, output } = start(x, parameters.br);
    const { a, caches } = gruForward(x, a_0, { ...parameters, ...output }, gruCellScores, mask);
    return {
      a,
      backward: (da) => {
        const { dx, da_0: _, ...gradients } = gruBackward(da, caches);
        return { dx, gradients };
      },
    };
  }
  if ("Wax" in parameters) {
    const { a_0, output } = start(x, parameters.ba);
    const { a, caches } = rnnForward(x, a_0, { ...parameters, ...output }, rnnCellScores, mask);
    return {
      a,
      backward: (da) => {
        const { dx, da_0: _, ...gradients } = rnnBackward(da, caches);
        return { dx, gradients };
      },
    };
  }
  throw new OutOfRangeError(
    `runLayer: no cell has these parameters: expected those of an RNN (Wax, Waa, ba), a GRU (Wu, Wr, …) or an LSTM (Wf, Wu, …), got ${Object.keys(parameters).join(", ") || "none"}`,
  );
}

/** What a layer starts with: a⟨0⟩ = 0, and an output of n_y = 0 rows for the cell. */
function start(
  x: Sequence<"n_x", "m">,
  bias: Mat<"n_a", "1">,
): { readonly a_0: Mat<"n_a", "m">; readonly output: OutputParameters } {
  requireMat("runLayer", "the bias", bias);
  const n_a = bias.rows;
  return { a_0: Mat.zeros(n_a, x.cols), output: { Wya: Mat.zeros(0, n_a), by: Mat.zeros(0, 1) } };
}

/**
 * A layer's parameters to start training from, as its cell's initialize function makes them.
 *
 * @param cell - "rnn", "gru" or "lstm"
 * @param sizes - n_x: the rows of the layer's inputs; n_a: of its states
 * @param random - where the weights come from
 * @returns the cell's parameters without Wya and by
 * @throws OutOfRangeError for an unknown cell, and for sizes that are no whole numbers of at least 1
 * @example
 * Object.keys(initializeLayer("gru", { n_x: 3, n_a: 4 }, seededRandom(1))) // → ["Wu", "Wr", "Wc", "bu", "br", "bc"]
 */
export function initializeLayer<Cell extends CellName>(
  cell: Cell,
  sizes: { readonly n_x: number; readonly n_a: number },
  random: Random,
): LayerParametersByCell[Cell] {
  requireCell("initializeLayer", cell);
  requireRecord("initializeLayer", "sizes", sizes);
  const { Wya: _, by: __, ...layer } = initializers[cell]({ ...sizes, n_y: 0 }, random);
  return layer as LayerParametersByCell[Cell];
}
