import process from "node:process";
import { inProject } from "../setup/places.mjs";
import { Problem } from "../setup/problem.mjs";
import { runInTerminal } from "../setup/run.mjs";
import { setUp } from "../setup/steps.mjs";
import { librarySteps, testPythonSteps } from "./step-lists.mjs";

/**
 * Sets up what the tests need and runs them.
 * @param {readonly string[]} args For mocha, such as --grep "gradient" or a built test file.
 * @returns {Promise<number>} The number of failures, as mocha's exit code says it.
 */
export async function test(args) {
  await setUp(librarySteps, { again: "npm test" });
  try {
    await setUp(testPythonSteps, { again: "npm test" });
  } catch (error) {
    // Their tests are skipped one by one, each with its reason, or fail under UNROLLED_REQUIRE_ALL.
    if (!(error instanceof Problem)) throw error;
    console.error(`Tests that need the Python environment can't run. ${error.message}`);
  }
  const mocha = inProject("node_modules", "mocha", "bin", "mocha.js");
  return runInTerminal(process.execPath, [
    mocha,
    ...strictly(),
    ...args,
    ...everyTestUnlessNamed(args),
  ]);
}

/**
 * Sets up what the kernel's measurements need and runs them.
 * @returns {Promise<number>} Their exit code.
 */
export async function kernelTest() {
  await setUp([...librarySteps, ...testPythonSteps], { again: "npm run kernel-test" });
  return runInTerminal(process.execPath, [inProject("dist", "test", "kernel", "table.js")]);
}

/** Under UNROLLED_REQUIRE_ALL=1 a test left out, or none at all, is a failure too. */
function strictly() {
  return process.env.UNROLLED_REQUIRE_ALL === "1"
    ? ["--forbid-only", "--forbid-pending", "--fail-zero"]
    : [];
}

/** A built test file among the arguments means: that one only. */
function everyTestUnlessNamed(args) {
  return args.some((argument) => argument.endsWith(".test.js")) ? [] : ["dist/test/**/*.test.js"];
}
