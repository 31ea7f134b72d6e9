// `node test/grader/class/release/setup.mjs`: an environment with nbgrader for release.test.ts, once.
import { makeEnvironment } from "../../../../bin/setup/environment.mjs";

await makeEnvironment(import.meta.dirname, {
  packages: "nbgrader",
  then: "npm test",
  more: ["--require-hashes", "--prefer-binary"],
});
