/** The sandbox of a command that grades a class: opened, and cleaned up after when the command is stopped. */
import { rmSync } from "node:fs";
import { NoSandboxError, type Sandbox } from "../sandbox/sandbox.js";
import { openWorkingSandbox } from "../sandbox/status.js";

/**
 * A run that is stopped (Ctrl-C, a closed terminal) takes its folder with it; boxed processes end
 * with us. The gradebook holds every hand-in that was finished.
 */
export function cleanWhenStopped(folder: string, message: string): () => void {
  const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
  const handlers = Object.entries(exitCodes).map(([signal, code]) => {
    const stop = (): void => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      console.error(message);
      process.exit(code);
    };
    process.once(signal, stop);
    return { signal, stop };
  });
  return () => {
    for (const { signal, stop } of handlers) process.off(signal, stop);
  };
}

/** The full sandbox where it works, although less would be accepted. */
async function weakest(): Promise<"bubblewrap" | "weaker"> {
  try {
    await (await openWorkingSandbox({ kind: "bubblewrap" })).close();
    return "bubblewrap";
  } catch (error) {
    if (error instanceof NoSandboxError) return "weaker";
    throw error;
  }
}

/** The sandbox that this machine can have, where less would be accepted with a word about it. */
export async function openSandboxFor(command: string, acceptsWeaker: boolean): Promise<Sandbox> {
  try {
    const kind = acceptsWeaker ? await weakest() : "bubblewrap";
    const sandbox = await openWorkingSandbox({ kind });
    if (sandbox.kind === "weaker") console.error(`${command}: ${WEAKER}`);
    return sandbox;
  } catch (error) {
    if (!(error instanceof NoSandboxError)) throw error;
    const hint = "or accept less: --accept-weaker-sandbox (Deno without bubblewrap)";
    throw new NoSandboxError(`${error.message}; ${hint}`);
  }
}

const WEAKER =
  "a weaker sandbox is in use: Deno without bubblewrap. Student code has no permissions, but only Deno itself keeps it from this account's files and processes.";
