export { type EnginePath } from "./computing.js";
export { Engine, openEngine, type EngineOptions } from "./engine.js";
export { Network, type AdamStepOptions, type NetworkOptions } from "./network.js";
export * from "./lossAndGradients.js";
