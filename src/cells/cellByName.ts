/** The cells by their names: for what takes whichever cell it is told. */
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
