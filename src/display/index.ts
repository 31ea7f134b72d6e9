/** What a notebook cell shows ("unrolled/display"). */
export * from "./bundle.js";
export * from "./bundles.js";
export * from "./chartBundle.js";
export * from "./heatMapSvg.js";
export * from "./latex.js";
export * from "./matrixBundle.js";
export * from "./show.js";
