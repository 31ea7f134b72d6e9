/** The engine's node part as nodeParts.ts takes it. */
import { inPack } from "#common/pack-root";
import type { NodeParts } from "../nodeParts.js";
import { findBlas, loadBlas } from "./blas.js";
import { startThreads } from "./threads.js";

/** See {@link NodeParts}. */
export const blasFile: NodeParts["blasFile"] = () => findBlas(inPack(".venv"));

export { loadBlas, startThreads };
