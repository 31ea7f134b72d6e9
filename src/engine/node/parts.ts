/** The engine's node part as nodeParts.ts takes it. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NodeParts } from "../nodeParts.js";
import { findBlas, loadBlas } from "./blas.js";
import { startThreads } from "./threads.js";

/** The pack's folder: this file is dist/src/engine/node/parts.js in it. */
const pack = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");

/** See {@link NodeParts}. */
export const blasFile: NodeParts["blasFile"] = () => findBlas(join(pack, ".venv"));

export { loadBlas, startThreads };
