/** The weaker box: Deno's own permissions and prlimit, and nothing around them. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { prlimitArguments } from "./boxLimits.js";
import {
  type BoxedStart,
  boxEnvironment,
  type BoxParts,
  denoArguments,
  importMap,
} from "./boxParts.js";

/**
 * Starts the box's program with Deno's own walls alone.
 *
 * @param parts - what the box is made of
 * @param submission - the hand-in's folder
 * @param more - for Deno, by a test
 * @returns the process, which leads a group of its own
 */
export async function startWithDenoAlone(
  parts: BoxParts,
  submission: string,
  more: readonly string[],
): Promise<BoxedStart> {
  const { prlimit, deno, limits, folder, pack } = parts;
  const own = await mkdtemp(join(folder, "run-"));
  const maps = join(own, "pack");
  await mkdir(maps);
  await writeFile(join(maps, "imports.json"), importMap(pack, submission));
  const args = denoArguments(limits, { pack, submission, maps }, more);
  const child = spawn(prlimit, [...prlimitArguments(limits), deno, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: boxEnvironment(join(own, "deno")),
    cwd: submission,
    detached: true, // its own session: no terminal, and one signal ends all of it
  });
  return {
    process: child,
    group: true,
    urlOf: (file) => pathToFileURL(join(submission, file)).href,
    clean: () => rm(own, { recursive: true, force: true }),
  };
}
