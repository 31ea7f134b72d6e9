/** The sandbox of a command that grades a class: opened, and cleaned up after when the command is stopped. */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { packRoot } from "#common/pack-root";
import { asUser, unusedUser } from "../sandbox/otherUser.js";
import { findCommand } from "../sandbox/runtime.js";
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

/** What a box is opened for. */
export interface WantedSandbox {
  /** The command, for its messages. */
  readonly command: string;
  /** Whether Deno's own walls alone will do, where there are no others. */
  readonly acceptsWeaker: boolean;
  /** Files and folders that student code must not be able to read, besides the pack's own. */
  readonly secrets: readonly string[];
}

/**
 * The strongest sandbox that this machine can have: bubblewrap; as root, where there are no namespaces, another user;
 * where less is accepted, Deno alone. What is not the first is told.
 *
 * @param wanted - by which command, and what is secret
 * @returns a sandbox that has to be closed
 * @throws NoSandboxError with the reason and the mend
 */
export async function openSandboxFor(wanted: WantedSandbox): Promise<Sandbox> {
  const refusals: string[] = [];
  for (const kind of ["bubblewrap", "other-user", "weaker"] as const) {
    if (kind === "weaker" && !wanted.acceptsWeaker) break;
    if (kind === "other-user" && process.getuid?.() !== 0) continue;
    try {
      if (kind === "other-user") refuseReadable(wanted.secrets);
      const sandbox = await openWorkingSandbox({ kind });
      if (kind !== "bubblewrap") console.error(`${wanted.command}: ${IN_USE[kind]}`);
      return sandbox;
    } catch (error) {
      if (!(error instanceof NoSandboxError)) throw error;
      refusals.push(error.message);
    }
  }
  const [first, ...others] = refusals;
  const also = others.map((other) => `; nor can another user's account: ${other}`).join("");
  const hint = "or accept less: --accept-weaker-sandbox (Deno without bubblewrap)";
  throw new NoSandboxError(`${first!}${also}; ${hint}`);
}

const IN_USE = {
  "other-user":
    "bubblewrap does not work here; student code runs as another user, who can read nothing of the grader's and write nothing at all",
  weaker:
    "a weaker sandbox is in use: Deno without bubblewrap. Student code has no permissions, but only Deno itself keeps it from this account's files and processes.",
} as const;

/** What the grader reads must be closed to the users whose student code is. */
function refuseReadable(secrets: readonly string[]): void {
  const setpriv = findCommand("setpriv");
  if (setpriv === undefined) return; // opening the sandbox says so
  const [command, ...args] = asUser({ setpriv }, unusedUser());
  const test = 'for f; do [ ! -r "$f" ] || echo "$f"; done';
  const files = [packRoot, ...secrets].filter((file) => existsSync(file));
  const { stdout, status } = spawnSync(command!, [...args, "/bin/sh", "-c", test, "sh", ...files], {
    encoding: "utf8",
    env: {},
  });
  const [open] = stdout.split("\n");
  if (status === 0 && open === "") return;
  throw new NoSandboxError(
    open === ""
      ? "sandbox: no other user can be looked through; grade as root of the machine or of its container"
      : `sandbox: every user of this machine can read ${open!}: close it: chmod 700 ${shellWord(open!)}`,
  );
}

/** A path as a shell takes it. */
function shellWord(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
