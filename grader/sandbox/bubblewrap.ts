/** The first box: Deno in bubblewrap's empty namespaces. */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { prlimitArguments } from "./boxLimits.js";
import { type BoxedStart, boxEnvironment, type BoxParts, denoArguments } from "./boxParts.js";

/** What this box is made of. */
interface BubblewrapParts extends BoxParts {
  readonly bwrap: string;
}

/** The whole of the box's world. */
function bwrapArguments(
  { deno, libraries, limits, pack }: BubblewrapParts,
  submission: string,
  more: readonly string[],
): readonly string[] {
  return [
    ...["--unshare-all", "--unshare-user", "--disable-userns", "--new-session"],
    ...["--die-with-parent", "--clearenv", "--cap-drop", "ALL", "--hostname", "box"],
    ...Object.entries(boxEnvironment("/tmp/deno")).flatMap((variable) => ["--setenv", ...variable]),
    ...libraries.flatMap((path) => ["--ro-bind", path, path]),
    ...["--ro-bind", deno, "/bin/deno"],
    ...["--dir", "/proc/self", "--symlink", "/bin/deno", "/proc/self/exe"],
    ...["--ro-bind", pack, "/pack", "--ro-bind", submission, "/submission"],
    ...["--size", String(limits.fileBytes), "--tmpfs", "/tmp"],
    // Deno's caches for a next time, which there is not: a folder where a file should be keeps it from them.
    ...["dep_analysis_cache_v2", "node_analysis_cache_v2"].flatMap((name) => [
      "--dir",
      `/tmp/deno/${name}`,
    ]),
    ...["--remount-ro", "/", "--chdir", "/tmp"],
    ...["--seccomp", "3", "--"],
    "/bin/deno",
    ...denoArguments(limits, { pack: "/pack", submission: "/submission" }, more),
  ];
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
  const filter = openSync(parts.filter, "r"); // a new one each time: bwrap reads from its position
  try {
    const child = spawn(
      parts.prlimit,
      [...prlimitArguments(parts.limits), parts.bwrap, ...bwrapArguments(parts, submission, more)],
      { stdio: ["pipe", "pipe", "pipe", filter], env: {}, cwd: "/" },
    );
    return Promise.resolve({
      process: child,
      group: false,
      urlOf: (file) => pathToFileURL(`/submission/${file}`).href,
      clean: () => Promise.resolve(),
    });
  } finally {
    closeSync(filter);
  }
}
