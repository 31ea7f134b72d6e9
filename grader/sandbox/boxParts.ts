/** What the boxes have in common: a started process, what every box is made of, and what Deno is told in it. */
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { OPEN_MODULES } from "../source/nodeModules.js";
import type { Limits } from "./boxLimits.js";
import { BOX_PROGRAM, PACKED_MODULES, PACKED_PACKAGES, SHARED_PARTS, TURN } from "./pack.js";

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started at all. */
  readonly failure?: string;
}

/** A started process. */
export interface BoxedStart {
  /** Its number, where it is a child of this process. */
  readonly pid?: number | undefined;
  /** What it reads. */
  readonly input: Writable;
  /** Its answers. */
  readonly output: Readable;
  /** Its console. */
  readonly words: Readable;
  /** How it ended, once all that it wrote is there. */
  readonly ended: Promise<Ending>;
  /** Ends it, and whatever it started. */
  readonly kill: () => void;
  /** How the process calls a file of the submission. */
  readonly urlOf: (file: string) => string;
  /** Removes what this process left outside the box. */
  readonly clean: () => Promise<void>;
}

/** What is the same for all boxes of a run. */
export interface BoxParts {
  readonly deno: string;
  readonly prlimit: string;
  readonly limits: Limits;
  /** The run's own folder outside the box. */
  readonly folder: string;
  /** What stands for the packages, in it. */
  readonly pack: string;
  /** The file that holds the filter of system calls. */
  readonly filter: string;
  /** The shared libraries that Deno needs. */
  readonly libraries: readonly string[];
}

/** Folders as a process in a box sees them. */
export interface Places {
  readonly pack: string;
  readonly submission: string;
  /** The folder of the import map, where it is not the pack's. */
  readonly maps?: string;
}

/**
 * A folder for one process that sees the machine's own paths, with its import map in it.
 *
 * @param parts - what the box is made of
 * @param submission - the hand-in's folder
 * @returns its path
 */
export async function ownFolder({ folder, pack }: BoxParts, submission: string): Promise<string> {
  const own = await mkdtemp(join(folder, "run-"));
  await writeFile(join(own, "imports.json"), importMap(pack, submission));
  return own;
}

/**
 * What of a child process its conversation needs.
 *
 * @param child - the process, with pipes
 * @param isLeader - whether it leads a process group that has to be ended as a whole
 * @returns its streams and its end
 */
export function runningChild(
  child: ChildProcess,
  isLeader = false,
): Omit<BoxedStart, "urlOf" | "clean"> {
  return {
    pid: child.pid,
    input: child.stdin!,
    output: child.stdout!,
    words: child.stderr!,
    ended: new Promise((resolve) => {
      child.on("error", ({ message }) => {
        resolve({ code: null, signal: null, failure: message });
      });
      child.on("close", (code, signal) => {
        resolve({ code, signal });
      });
    }),
    kill: () => {
      try {
        if (child.pid !== undefined && isLeader) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // it is gone already
      }
    },
  };
}

/**
 * A started process that sees the machine's own paths, and leads a group of its own.
 *
 * @param child - the process
 * @param submission - the hand-in's folder
 * @param own - its folder, which goes with it
 * @returns the start
 */
export function leaderOf(child: ChildProcess, submission: string, own: string): BoxedStart {
  return {
    ...runningChild(child, true),
    urlOf: (file) => pathToFileURL(join(submission, file)).href,
    clean: () => rm(own, { recursive: true, force: true }),
  };
}

/**
 * The variables of a boxed process, and no others.
 *
 * @param cache - the folder of Deno's cache
 * @returns by their names
 */
export function boxEnvironment(cache: string): Readonly<Record<string, string>> {
  return { DENO_DIR: cache, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
}

/**
 * An import map that sends each path but the pack's and the submission's to one that does not exist.
 *
 * @param pack - the packed folder, as the process sees it
 * @param submission - the hand-in's, too
 * @returns its JSON
 */
export function importMap(pack: string, submission: string): string {
  const at = (path: string): string => pathToFileURL(path).href;
  const own = [at(`${pack}/`), at(`${submission}/`)].map((url) => [url, url] as const);
  const packages = Object.entries(PACKED_PACKAGES).map(
    ([name, file]) => [name, at(`${pack}/${file}`)] as const,
  );
  const closed = Object.entries(PACKED_MODULES).flatMap(([name, file]) =>
    [name, `node:${name}`].map((address) => [address, at(`${pack}/${file}`)] as const),
  );
  const open = OPEN_MODULES.map((name) => [name, `node:${name}`] as const);
  const imports = Object.fromEntries([
    ["file:///", "file:///outside/"],
    ...own,
    ...packages,
    ...closed,
    ...open,
  ]);
  return JSON.stringify({ imports }, null, 2);
}

/** What Deno runs, and how. */
export interface DenoRun {
  /** The program, with its arguments; the box's, unless said. */
  readonly last?: readonly string[];
  /** More options of V8's. */
  readonly v8?: readonly string[];
}

/**
 * What Deno is told: no permission but to read the hand-in and what stands for the packages.
 *
 * @param limits - of one box
 * @param places - the folders as the process sees them
 * @param more - in place of the permission to read: by these a test opens Deno's own walls to try the others
 * @param run - what it runs, and how
 * @returns arguments, without Deno itself
 */
export function denoArguments(
  limits: Limits,
  { pack, submission, maps = pack }: Places,
  more: readonly string[],
  { last = [`${pack}/${BOX_PROGRAM}`], v8 = [] }: DenoRun = {},
): readonly string[] {
  const packages = [
    ...[...Object.values(PACKED_PACKAGES), ...Object.values(PACKED_MODULES)],
    ...[...SHARED_PARTS, TURN],
  ].map((file) => `${pack}/${file}`);
  const heap = `--max-old-space-size=${Math.floor(limits.heapBytes / 2 ** 20)}`;
  return [
    "run",
    "--quiet",
    ...["--no-prompt", "--no-remote", "--cached-only", "--no-npm"],
    ...["--no-config", "--no-lock", "--no-code-cache", "--unstable-sloppy-imports"],
    `--v8-flags=${[heap, "--single-threaded", ...v8].join(",")}`,
    ...(more.length > 0 ? more : [`--allow-read=${[submission, ...packages].join(",")}`]),
    `--import-map=${maps}/imports.json`,
    ...last,
  ];
}
