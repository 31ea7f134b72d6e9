// `node bench/setup.mjs [OPTIONS FOR PIP]`: an environment with the benchmark's peers in Python, in
// bench/.venv. The lessons need nothing of it.
import { rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { exitCodes } from "../bin/common/exit-codes.mjs";
import { findPython, withoutPythonSettings } from "../bin/setup/python.mjs";
import { run } from "../bin/setup/run.mjs";

const folder = import.meta.dirname;
const venv = join(folder, ".venv");

async function must(doing, program, args) {
  console.log(doing);
  const { code, output } = await run(program, args, { env: withoutPythonSettings(process.env) });
  if (code === 0) return;
  rmSync(venv, { recursive: true, force: true });
  throw new Error(`${output.trim().split("\n").slice(-5).join("\n")}\n${doing}: failed`);
}

try {
  rmSync(venv, { recursive: true, force: true });
  await must(`making ${venv}`, await findPython(), ["-m", "venv", venv]);
  await must("installing PyTorch and NumPy", join(venv, "bin", "python"), [
    ...["-m", "pip", "install", "-r", join(folder, "requirements.txt")],
    ...["--no-input", "--disable-pip-version-check", "--progress-bar", "off"],
    ...process.argv.slice(2),
  ]);
  console.log("Done: npm run bench");
} catch (error) {
  console.error(error.message);
  process.exitCode = exitCodes.notYet;
}
