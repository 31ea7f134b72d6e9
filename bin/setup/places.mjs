// Where everything is. Nothing outside the project's folder is written, but for the cache of
// the native part (native.mjs).
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inPack, packRoot } from "../common/pack-root.mjs";

export { inPack as inProject, packRoot as root };

/** Whether this is the package, which holds what runs and nothing to build it of. */
export const isPackage = !existsSync(inPack("tsconfig.json"));

/** The Python environment, and a program in it. */
export const venv = inPack(".venv");
export const inVenv = (program) => join(venv, "bin", program);

/** The learner's folder, and what the pack itself keeps in it. */
export const myWork = inPack("my-work");
export const inMyWork = (...parts) => join(myWork, ...parts);
