/** The engine's node part as nodeParts.ts takes it. */
import { inPack } from "#common/pack-root";
import type { NodeParts } from "../nodeParts.js";
import { findBlas, loadBlas } from "./blas.js";
import { startThreads as threadsOf } from "./threads.js";

/** See {@link NodeParts}. */
export const blasFile: NodeParts["blasFile"] = () => findBlas(inPack(".venv"));

/** See {@link NodeParts}. Here, since this file stays where it is when others are put together for notebooks. */
export const startThreads: NodeParts["startThreads"] = (count, memory, settings) =>
  threadsOf(new URL("./thread.js", import.meta.url), count, memory, settings);

export { loadBlas };
