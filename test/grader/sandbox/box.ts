/** A sandbox for the tests of one file, and small things that they share. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import type { Limits } from "../../../grader/sandbox/boxLimits.js";
import { DEFAULT_LIMITS } from "../../../grader/sandbox/boxLimits.js";
import { NoSandboxError, type Sandbox, type SandboxKind } from "../../../grader/sandbox/sandbox.js";
import { openWorkingSandbox } from "../../../grader/sandbox/status.js";
import { requireOrSkip } from "../../requirements.js";

/** The hand-ins of the small class. */
export const SUBMISSIONS: string = inPack("test/submissions");

/** Limits that end a hanging process soon, and still are far from what honest code needs. */
export const TEST_LIMITS: Limits = { ...DEFAULT_LIMITS, cpuSeconds: 2, requestSeconds: 5 };

/** The boxes that shut hostile code in; the second is root's alone. */
export const STRONG: readonly SandboxKind[] = ["bubblewrap", "other-user"];

/** A working sandbox, or a skip that names what is missing. */
export async function sandboxOrSkip(
  context: Mocha.Context,
  kind: SandboxKind = "bubblewrap",
): Promise<Sandbox> {
  if (kind === "other-user")
    requireOrSkip(context, "root's rights", process.getuid?.() === 0, "sudo npm test");
  try {
    return await openWorkingSandbox({ kind, limits: TEST_LIMITS });
  } catch (error) {
    if (!(error instanceof NoSandboxError)) throw error;
    requireOrSkip(context, "a sandbox", false, `apt-get install bubblewrap (${error.message})`);
    throw error;
  }
}

/** A folder of its own for one test, removed afterwards. */
export async function inFolder<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "unrolled-test-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
