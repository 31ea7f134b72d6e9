/** Whether this machine can shut student code in: tried for real, not guessed. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BoxedProcess } from "./boxedProcess.js";
import { NoSandboxError, openSandbox, type Sandbox, type SandboxOptions } from "./sandbox.js";

/** What `doctor` says about the sandbox. */
export interface SandboxStatus {
  readonly works: boolean;
  /** What works; or what does not, why, and how to mend it. */
  readonly message: string;
}

/**
 * Opens the full sandbox, greets it, and closes it again.
 *
 * @returns whether it works; a NoSandboxError becomes the message
 * @throws any other error of starting it, such as a full disk
 */
export async function sandboxStatus(): Promise<SandboxStatus> {
  try {
    const sandbox = await openWorkingSandbox({ kind: "bubblewrap" });
    await sandbox.close();
    return { works: true, message: "Deno in bubblewrap answered from inside the box" };
  } catch (error) {
    if (error instanceof NoSandboxError) return { works: false, message: error.message };
    throw error;
  }
}

/**
 * A sandbox that has answered a greeting from inside.
 *
 * @param options - the kind of sandbox and its limits
 * @returns a sandbox that has to be closed
 * @throws NoSandboxError with the reason and how to mend it
 */
export async function openWorkingSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await openSandbox(options);
  const empty = await mkdtemp(join(tmpdir(), "unrolled-hello-"));
  try {
    const process = await BoxedProcess.start(sandbox, empty);
    const hello = await process.ask({ ask: "hello" });
    await process.close();
    if (hello.kind !== "reply") throw new NoSandboxError(reasonOf(hello.message));
    return sandbox;
  } catch (error) {
    await sandbox.close();
    throw error;
  } finally {
    await rm(empty, { recursive: true, force: true });
  }
}

/** What a box that did not start said, and what usually mends it. */
function reasonOf(words: string): string {
  const mends: readonly (readonly [RegExp, string])[] = [
    [
      /namespace|uid map|Operation not permitted|clone/i,
      "this system forbids user namespaces: allow them (as root: sysctl -w kernel.unprivileged_userns_clone=1, on Ubuntu: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0; in a container: start it with --security-opt seccomp=unconfined)",
    ],
    [/unknown option/i, "update bubblewrap to 0.8 or newer"],
    [/no answer/, "the machine is too busy or too slow: try again"],
  ];
  const mend = mends.find(([pattern]) => pattern.test(words))?.[1];
  return `sandbox: the box does not start: ${words}; ${mend ?? "run bwrap --version and npx unrolled doctor"}`;
}
