/** What a network of the engine can be asked to be, and what is refused. */
import { inWords } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import type { CellName } from "../cells/cellByName.js";
import type { ModelSpec } from "./models.js";

/** What a network is. */
export interface NetworkOptions {
  /** "tagger": an output at every step; "classifier": one in all; "translator": encoder and decoder. */
  readonly form?: ModelSpec["form"];
  readonly cell: CellName;
  readonly n_x: number;
  readonly n_a: number;
  readonly n_y: number;
  /** Examples in a batch. */
  readonly m: number;
  /** Steps of the input. */
  readonly T_x: number;
  /** Steps of a translator's output; T_x unless said. */
  readonly T_y?: number;
  /** Layers one upon the other, their parameters under "layers"; one layer without that name unless said. */
  readonly layers?: number;
  readonly bidirectional?: boolean;
  /** Inputs are dense columns (unless said), or indices of one-hot columns. */
  readonly inputs?: ModelSpec["inputs"];
  /** Labels are indices (unless said), or columns that sum to 1. */
  readonly targets?: ModelSpec["targets"];
  /**
   * Keep only about √T_x states of a tagger and compute the others anew on the way back: memory O(√T_x) for one
   * more forward pass.
   */
  readonly checkpoints?: boolean;
}

/** More of anything does not fit into 32-bit addresses, and a list of so many layers not into JavaScript. */
const mostOf = 2 ** 31;
const mostLayers = 1024;

/**
 * What a model is made of, from what was asked for.
 *
 * @param options - form, cell and sizes
 * @returns the whole specification
 * @throws OutOfRangeError when a size is no whole number in its range, a name is not known, or options exclude
 * each other
 */
export function specOf(options: NetworkOptions): ModelSpec {
  const { form = "tagger", cell, n_x, n_a, n_y, m, T_x, T_y = T_x, layers = 1 } = options;
  const { inputs = "columns", targets = "labels" } = options;
  const { bidirectional = false, checkpoints = false } = options;
  requireOneOf("form", form, ["tagger", "classifier", "translator"]);
  requireOneOf("cell", cell, ["rnn", "gru", "lstm"]);
  requireOneOf("inputs", inputs, ["columns", "indices"]);
  requireOneOf("targets", targets, ["labels", "columns"]);
  for (const [name, size] of Object.entries({ n_x, n_a, n_y, m, T_x, T_y, layers })) {
    const most = name === "layers" ? mostLayers : mostOf;
    if (Number.isInteger(size) && size >= 1 && size <= most) continue;
    const range = Number.isInteger(size) && size > most ? `1 to ${most}` : "at least 1";
    throw new OutOfRangeError(
      `Engine.network: expected a whole number ${name} of ${range}, got ${inWords(size)}`,
    );
  }
  for (const [name, value] of Object.entries({ bidirectional, checkpoints })) {
    if (typeof value === "boolean") continue;
    throw new OutOfRangeError(
      `Engine.network: expected true or false for ${name}, got ${inWords(value)}`,
    );
  }
  const refuse = (what: string): never => {
    throw new OutOfRangeError(`Engine.network: ${what}`);
  };
  if (bidirectional && layers > 1) refuse("bidirectional networks have one layer here");
  if (form === "translator" && (bidirectional || layers > 1))
    refuse("a translator has one layer in one direction here");
  if (form === "translator" && inputs === "indices") refuse("a translator's inputs are columns");
  if (form === "tagger" && T_y !== T_x)
    refuse(`a tagger answers at each of its ${T_x} steps, got T_y ${T_y}; leave T_y out`);
  if (checkpoints && (bidirectional || form !== "tagger"))
    refuse("checkpoints are for taggers in one direction");
  const block = checkpoints ? Math.ceil(Math.sqrt(T_x)) : T_x;
  return {
    form,
    cell,
    n_x,
    n_a,
    n_y,
    T_x,
    T_y,
    layers,
    listed: options.layers !== undefined,
    bidirectional,
    inputs,
    targets,
    block,
  };
}

function requireOneOf(name: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new OutOfRangeError(
    `Engine.network: no ${name} is called ${inWords(value)}: expected ${known.join(", ")}`,
  );
}
