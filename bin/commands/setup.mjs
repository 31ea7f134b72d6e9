import { setUp } from "../setup/steps.mjs";
import { lessonSteps } from "./step-lists.mjs";

/**
 * Sets up what `npm start` needs, without starting it.
 * @returns {Promise<number>}
 */
export async function setup() {
  await setUp(lessonSteps, { again: "npx unrolled setup" });
  console.log(
    "All is set up. The lessons: npm start   The exercises in the terminal: npx unrolled learn",
  );
  return 0;
}
