/** What a notebook cell shows ("unrolled/display"). */
export * from "./mimeBundle.js";
export * from "./textBundles.js";
export * from "./chartBundle.js";
export * from "./heatMapSvg.js";
export * from "./latex.js";
export * from "./matrixBundle.js";
export * from "../show.js";
