import { nativeStep, probeNative } from "../setup/native.mjs";
import { setUp } from "../setup/steps.mjs";
import { librarySteps } from "./step-lists.mjs";

/**
 * Makes tfjs-node's native part, once.
 * @returns {Promise<number>}
 */
export async function setupNative() {
  await setUp([...librarySteps, nativeStep], { again: "npm run setup:native" });
  console.log((await probeNative()).says);
  return 0;
}
