/** The first box: Deno in bubblewrap's empty namespaces. */
import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { prlimitArguments } from "./boxLimits.js";
import {
  type BoxedStart,
  boxEnvironment,
  type BoxParts,
  denoArguments,
  type DenoRun,
  runningChild,
} from "./boxParts.js";

/** What this box is made of. */
export interface BubblewrapParts extends BoxParts {
  readonly bwrap: string;
}

/** What is in a box beside what each has. */
interface Inside extends DenoRun {
  /** The hand-in's folder. */
  readonly submission: string;
  /** More of the machine's files, by bwrap's options. */
  readonly bound?: readonly string[];
  /** In place of Deno's permissions, by a test. */
  readonly more?: readonly string[];
}

/** The packed folder, as a process in the box sees it. */
export const PACK = "/pack";
const SUBMISSION = "/submission";
/** Deno's cache, as a process in the box sees it. */
const CACHE = "/tmp/deno";
/** What Deno makes of TypeScript. */
export const MADE = `${CACHE}/gen`;

/** The whole of the box's world. */
function bwrapArguments(
  { deno, libraries, limits, pack }: BubblewrapParts,
  { submission, bound = [], more = [], ...run }: Inside,
): readonly string[] {
  return [
    ...["--unshare-all", "--unshare-user", "--disable-userns", "--new-session"],
    ...["--die-with-parent", "--clearenv", "--cap-drop", "ALL", "--hostname", "box"],
    ...Object.entries(boxEnvironment(CACHE)).flatMap((variable) => ["--setenv", ...variable]),
    ...libraries.flatMap((path) => ["--ro-bind", path, path]),
    ...["--ro-bind", deno, "/bin/deno"],
    ...["--dir", "/proc/self", "--symlink", "/bin/deno", "/proc/self/exe"],
    ...["--ro-bind", pack, PACK, "--ro-bind", submission, SUBMISSION],
    ...bound,
    ...["--tmpfs", "/tmp"],
    // Deno's caches for a next time, which there is not: a folder where a file should be keeps it from them.
    ...["dep_analysis_cache_v2", "node_analysis_cache_v2"].flatMap((name) => [
      "--dir",
      `${CACHE}/${name}`,
    ]),
    // The one place where something can be written, since Deno tries for a tenth of a second where it can't; so a page's
    // storage and caches, which ask for no permission, have none.
    ...["--size", String(limits.fileBytes), "--tmpfs", MADE, "--remount-ro", "/tmp"],
    ...["--remount-ro", "/", "--chdir", "/tmp"],
    ...["--seccomp", "3", "--"],
    "/bin/deno",
    ...denoArguments(limits, { pack: PACK, submission: SUBMISSION }, more, run),
  ];
}

/**
 * How a process in the box calls a file of the submission.
 *
 * @param file - in the hand-in's folder
 * @returns its address
 */
export function urlInBox(file: string): string {
  return pathToFileURL(`${SUBMISSION}/${file}`).href;
}

/**
 * Starts Deno in bubblewrap.
 *
 * @param parts - what the box is made of
 * @param inside - what is in it
 * @param streams - what stands for its three streams
 * @returns the process; it ends when this one does
 */
export function spawnInBubblewrap(
  parts: BubblewrapParts,
  inside: Inside,
  streams: "pipe" | "ignore" = "pipe",
): ChildProcess {
  const filter = openSync(parts.filter, "r"); // a new one each time: bwrap reads from its position
  try {
    const stdio: StdioOptions = [streams, streams, streams, filter];
    const bwrap = [parts.bwrap, ...bwrapArguments(parts, inside)];
    const args = [...prlimitArguments(parts.limits), ...bwrap];
    return spawn(parts.prlimit, args, { stdio, env: {}, cwd: "/" });
  } finally {
    closeSync(filter);
  }
}

/**
 * Starts the box's program in bubblewrap.
 *
 * @param parts - what the box is made of
 * @param submission - the hand-in's folder
 * @param more - for Deno, by a test
 * @returns the process; it ends when this one does
 */
export function startInBubblewrap(
  parts: BubblewrapParts,
  submission: string,
  more: readonly string[],
): Promise<BoxedStart> {
  return Promise.resolve({
    ...runningChild(spawnInBubblewrap(parts, { submission, more })),
    urlOf: urlInBox,
    clean: () => Promise.resolve(),
  });
}
