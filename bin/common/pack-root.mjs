import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The pack's folder, absolute: the one that holds package.json. */
export const packRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * A path inside the pack.
 * @param {string[]} parts
 * @returns {string}
 */
export const inPack = (...parts) => join(packRoot, ...parts);
