/** The cells by their names: for what takes whichever cell it is told. */
import { OutOfRangeError } from "../core/errors.js";
import { type GruParameters, initializeGru } from "./gru.js";
import { initializeLstm, type LstmParameters } from "./lstm.js";
import { initializeRnn, type RnnParameters } from "./rnn.js";

/** A cell's parameters, by its name. */
export interface ParametersByCell {
  readonly rnn: RnnParameters;
  readonly gru: GruParameters;
  readonly lstm: LstmParameters;
}

/** The name of a cell. */
export type CellName = keyof ParametersByCell;

/** What makes a cell's parameters to start training from, by its name. */
export const initializers = { rnn: initializeRnn, gru: initializeGru, lstm: initializeLstm };

/**
 * Asks that a cell is one of those there are.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param cell - what came as the cell's name
 * @throws OutOfRangeError for any other value
 */
export function requireCell(caller: string, cell: unknown): asserts cell is CellName {
  if (typeof cell === "string" && Object.hasOwn(initializers, cell)) return;
  const names = Object.keys(initializers).map((name) => `"${name}"`);
  throw new OutOfRangeError(
    `${caller}: expected a cell, one of ${names.join(", ")}, got ${typeof cell === "string" ? `"${cell}"` : typeof cell}`,
  );
}
