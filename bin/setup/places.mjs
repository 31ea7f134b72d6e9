// Where everything is. Nothing outside the project's folder is written, but for the cache of
// the native part (native.mjs).
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, absolute. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path inside the project. */
export const inProject = (...parts) => join(root, ...parts);

/** The Python environment, and a program in it. */
export const venv = inProject(".venv");
export const inVenv = (program) => join(venv, "bin", program);

/** The learner's folder, and what the pack itself keeps in it. */
export const myWork = inProject("my-work");
export const inMyWork = (...parts) => join(myWork, ...parts);
