/** The weaker box: Deno's own permissions and prlimit, and nothing around them. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { prlimitArguments } from "./boxLimits.js";
import {
  type BoxedStart,
  boxEnvironment,
  type BoxParts,
  denoArguments,
  leaderOf,
  ownFolder,
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
  const { prlimit, deno, limits, pack } = parts;
  const own = await ownFolder(parts, submission);
  const args = denoArguments(limits, { pack, submission, maps: own }, more);
  const child = spawn(prlimit, [...prlimitArguments(limits), deno, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: boxEnvironment(join(own, "deno")),
    cwd: submission,
    detached: true, // its own session: no terminal, and one signal ends all of it
  });
  return leaderOf(child, submission, own);
}
