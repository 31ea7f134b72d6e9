export * from "./activations.js";
export * from "./cells/rnn.js";
export * from "./display/index.js";
export * from "./errors.js";
export * from "./matrix.js";
export * from "./notation/sequence.js";
export * from "./random.js";
