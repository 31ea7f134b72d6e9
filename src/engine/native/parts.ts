/** The engine's native part as nativeParts.ts takes it. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NativeParts } from "../nativeParts.js";
import { findBlas, loadBlas } from "./blas.js";
import { startThreads } from "./threads.js";

/** The pack's folder: this file is dist/src/engine/native/parts.js in it. */
const pack = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");

/** See {@link NativeParts}. */
export const blasFile: NativeParts["blasFile"] = () => findBlas(join(pack, ".venv"));

export { loadBlas, startThreads };
