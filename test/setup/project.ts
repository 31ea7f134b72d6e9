/** A copy of this project in a temporary folder, and its command run there as a user runs it. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packRoot } from "#common/pack-root";

/** This project's folder. */
export const root: string = packRoot;

const notCopied = new Set([".git", "my-work", "coverage", "node_modules", ".venv"]);

/** Large folders whose files nobody writes in place: linked, not copied. */
const linked = ["node_modules", join(".venv", "lib")];

/**
 * Copies the project, in about a second.
 *
 * @param parts What of the set-up comes along: "all"; "linked packages" for a project where Python is
 *   not yet set up (nothing may be installed into it: its npm packages are this project's); "none" for
 *   a fresh clone.
 * @returns The copy's folder.
 */
export function copyProject(parts: "all" | "linked packages" | "none"): string {
  const copy = mkdtempSync(join(realpathSync(tmpdir()), "unrolled-test-"));
  for (const name of readdirSync(root)) {
    if (notCopied.has(name) || (parts === "none" && name === "dist")) continue;
    run("cp", ["-a", join(root, name), copy]);
  }
  if (parts === "none") return copy;
  if (parts === "linked packages") {
    mkdirSync(join(copy, "node_modules"));
    for (const name of readdirSync(join(root, "node_modules"))) {
      // What the copy's set-up caches is the copy's own.
      if (name !== ".cache")
        symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
    }
    return copy;
  }
  const linking = process.platform === "linux" ? "-al" : "-ac";
  for (const folder of linked) {
    if (!existsSync(join(root, folder))) continue;
    mkdirSync(join(copy, folder, ".."), { recursive: true });
    run("cp", [linking, join(root, folder), join(copy, folder)]);
  }
  if (existsSync(join(root, ".venv"))) {
    for (const name of readdirSync(join(root, ".venv"))) {
      if (name !== "lib") run("cp", ["-a", join(root, ".venv", name), join(copy, ".venv")]);
    }
  }
  return copy;
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
}

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** A program that runs, and what it has said until now. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits for a line of standard output that matches. */
  readonly line: (pattern: RegExp) => Promise<RegExpMatchArray>;
}

/**
 * Starts a program with an environment of its own: nothing of npm's or of a test run's is passed on.
 *
 * @param env Variables beside PATH and HOME.
 */
export function start(
  program: string,
  args: readonly string[],
  { cwd = root, env = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Running {
  const started = Date.now();
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr, seconds: (Date.now() - started) / 1000 });
    });
  });
  const line = async (pattern: RegExp): Promise<RegExpMatchArray> => {
    for (;;) {
      const found = pattern.exec(stdout);
      if (found !== null) return found;
      if (child.exitCode !== null) throw new Error(`ended without ${pattern.source}:\n${stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { process: child, ended, line };
}

/** Runs the project's command to its end. */
export function unrolled(
  project: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return start(process.execPath, [join(project, "bin", "unrolled.mjs"), ...args], {
    cwd: project,
    env,
  }).ended;
}
