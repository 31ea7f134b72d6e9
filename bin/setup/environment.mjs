// A Python environment for measurements beside programs of others: neither lessons nor tests need one.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { exitCodes } from "../common/exit-codes.mjs";
import { findPython, withoutPythonSettings } from "./python.mjs";
import { run } from "./run.mjs";

/**
 * Makes the environment `.venv` in a folder, with the packages of the folder's requirements.txt, or
 * leaves it as it is where these are in it; says what it does, and with the exit code that it could not.
 *
 * @param {string} folder
 * @param {{ packages: string, then: string, more?: readonly string[] }} options
 *   packages: what is installed, in words; then: the command that needs it; more: options for pip
 */
export async function makeEnvironment(folder, { packages, then, more = [] }) {
  const venv = join(folder, ".venv");
  const requirements = join(folder, "requirements.txt");
  const stamp = join(venv, ".requirements.txt");
  const wanted = readFileSync(requirements, "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  try {
    rmSync(venv, { recursive: true, force: true });
    await must(`making ${venv}`, await findPython(), ["-m", "venv", venv]);
    await must(`installing ${packages}`, join(venv, "bin", "python"), [
      ...["-m", "pip", "install", "-r", requirements],
      ...["--no-input", "--disable-pip-version-check", "--progress-bar", "off"],
      ...more,
    ]);
    writeFileSync(stamp, wanted);
    console.log(`Done: ${then}`);
  } catch (error) {
    rmSync(venv, { recursive: true, force: true });
    console.error(error.message);
    process.exitCode = exitCodes.notYet;
  }
}

async function must(doing, program, args) {
  console.log(doing);
  const { code, output } = await run(program, args, { env: withoutPythonSettings(process.env) });
  if (code !== 0)
    throw new Error(`${output.trim().split("\n").slice(-5).join("\n")}\n${doing}: failed`);
}
