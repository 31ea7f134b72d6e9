export { type EnginePath } from "./computing.js";
export { Engine, openEngine, type EngineOptions } from "./engine.js";
export { Network } from "./network.js";
export { type AdamStepOptions } from "./adamSettings.js";
export { type NetworkOptions } from "./networkOptions.js";
export * from "./lossAndGradients.js";
