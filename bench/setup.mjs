// `node bench/setup.mjs [OPTIONS FOR PIP]`: an environment with the benchmark's peers in Python, in
// bench/.venv. The lessons need nothing of it.
import process from "node:process";
import { makeEnvironment } from "../bin/setup/environment.mjs";

await makeEnvironment(import.meta.dirname, {
  packages: "PyTorch and NumPy",
  then: "npm run bench",
  more: process.argv.slice(2),
});
