import { availableParallelism } from "node:os";
import process from "node:process";
import { inProject } from "../setup/places.mjs";
import { Problem } from "../setup/problem.mjs";
import { run, runInTerminal } from "../setup/run.mjs";
import { setUp } from "../setup/steps.mjs";
import { librarySteps, testPythonSteps } from "./step-lists.mjs";

const every = "dist/test/**/*.test.js";
/** These compute, the others wait for kernels and browsers: side by side both take little more than half of their sum. */
const computing = ["dist/test/exercises/**/*.test.js", "dist/test/grader/**/*.test.js"];

/**
 * Sets up what the tests need and runs them: in two processes where there are two processors and no file is named. What
 * the second one says is printed when both have ended.
 * @param {readonly string[]} args For mocha, such as --grep "gradient" or a built test file.
 * @returns {Promise<number>} 0 where all passed.
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
  const mocha = [inProject("node_modules", "mocha", "bin", "mocha.js"), ...strictly(), ...args];
  if (args.some((argument) => argument.endsWith(".test.js")))
    return runInTerminal(process.execPath, mocha);
  if (availableParallelism() === 1) return runInTerminal(process.execPath, [...mocha, every]);
  const others = computing.flatMap((files) => ["--ignore", files]);
  const [second, code] = await Promise.all([
    run(process.execPath, [...mocha, ...computing]),
    runInTerminal(process.execPath, [...mocha, ...others, every]),
  ]);
  process.stdout.write(second.output);
  return code === 0 ? second.code : code;
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
