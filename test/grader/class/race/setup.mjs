// `node test/grader/class/race/setup.mjs`: an environment with nbgrader and Otter beside it, once.
import { makeEnvironment } from "../../../../bin/setup/environment.mjs";

await makeEnvironment(import.meta.dirname, {
  packages: "nbgrader and Otter",
  then: "npm run class-race",
  more: ["--require-hashes"],
});
