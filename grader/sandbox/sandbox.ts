/**
 * The box in which student code runs: Deno, which has no permissions of its own, inside
 * bubblewrap, which leaves it nothing to reach.
 *
 * Theory of operation, from the outside in:
 * - prlimit bounds processor time, private memory, file sizes and open files;
 * - bubblewrap gives empty namespaces (no network, no other processes, no users), a file system
 *   of a few read-only files and one small /tmp, no environment, no capabilities, no terminal;
 * - a seccomp filter refuses new processes, sockets and administrative calls (seccomp.ts);
 * - Deno may read the submission's folder and what stands for the packages; its import map sends every other
 *   path to a place that does not exist (static imports need no permission);
 * - the grader asks, the box answers, one message at a time (boxedProcess.ts).
 * Each submission gets new processes with a new cache folder: one for the exercises that can share
 * nothing (together.ts), one for each of the others. An exercise that hangs, hoards or rewires its
 * built-ins can't change what the next one sees: it runs alone, whatever it was to share.
 *
 * The weaker sandbox is the same without bubblewrap and seccomp, for machines that have no
 * user namespaces; it is used only when the grader is told to accept it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UnrolledError } from "../../src/core/errors.js";
import { DEFAULT_LIMITS, type Limits, prlimitArguments } from "./boxLimits.js";
import { OPEN_MODULES } from "../source/nodeModules.js";
import { BOX_PROGRAM, packBox, PACKED_MODULES, PACKED_PACKAGES, packMathjs, TURN } from "./pack.js";
import { findCommand, findDeno, librariesOf } from "./runtime.js";
import { hasFilter, seccompFilter } from "./seccomp.js";

/** How strong the box is. */
export type SandboxKind = "bubblewrap" | "weaker";

/** The machine lacks something that the box needs; the message says what, and how to get it. */
export class NoSandboxError extends UnrolledError {
  override name = "NoSandboxError";
}

/** A place that boxed processes can be started in. */
export interface Sandbox {
  readonly kind: SandboxKind;
  readonly limits: Limits;
  /** The run's own folder outside the box: all that a run leaves on the disk is in it. */
  readonly folder: string;
  /** How a boxed process calls a file of the packed folder. */
  readonly packUrlOf: (file: string) => string;
  /** Makes mathjs importable in the box; the first time takes a second. */
  provideMathjs(): Promise<void>;
  /**
   * Starts the box's program over a submission's folder; its streams are pipes.
   *
   * @param submission - the folder; the box may only read it
   * @param moreArguments - for Deno: by these a test opens Deno's own walls to try the others
   */
  start(submission: string, moreArguments?: readonly string[]): Promise<BoxedStart>;
  /** The same with other limits for what is started from now on; it needs no closing. */
  within(limits: Partial<Limits>): Sandbox;
  /** Removes what {@link openSandbox} made. */
  close(): Promise<void>;
}

/** A started process. */
export interface BoxedStart {
  readonly process: ChildProcess;
  /** Whether it leads a process group that has to be ended as a whole. */
  readonly group: boolean;
  /** How the process calls a file of the submission. */
  readonly urlOf: (file: string) => string;
  /** Removes what this process left outside the box. */
  readonly clean: () => Promise<void>;
}

/** Which box to open. */
export interface SandboxOptions {
  readonly kind: SandboxKind;
  readonly limits?: Limits;
}

const APT = "apt-get install --yes bubblewrap util-linux";

/**
 * Makes ready what the boxes of one run share.
 *
 * @param options - the kind of sandbox and its limits
 * @returns a sandbox that has to be closed
 * @throws NoSandboxError when the machine lacks a part of it
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { kind, limits = DEFAULT_LIMITS } = options;
  const parts = await findParts(kind);
  const folder = await realpath(await mkdtemp(join(tmpdir(), "unrolled-box-")));
  try {
    await chmod(folder, 0o755);
    const pack = join(folder, "pack");
    await packBox(pack);
    let mathjs: Promise<void> | undefined;
    const inside = kind === "bubblewrap" ? "/pack" : pack;
    const shared: Shared = { ...parts, limits, folder, pack, filter: join(folder, "filter.bpf") };
    if (kind === "bubblewrap") {
      await writeFile(join(pack, "imports.json"), importMap(inside, "/submission"));
      if (hasFilter(process.arch)) await writeFile(shared.filter, seccompFilter(process.arch));
    }
    const limited = (current: Shared): Sandbox => ({
      kind,
      limits: current.limits,
      folder,
      packUrlOf: (file) => pathToFileURL(`${inside}/${file}`).href,
      provideMathjs: () => (mathjs ??= packMathjs(pack)),
      start: (submission, more = []) =>
        kind === "bubblewrap"
          ? startBoxed(current, submission, more)
          : startWeaker(current, submission, more),
      within: (others) => limited({ ...current, limits: { ...current.limits, ...others } }),
      close: () => rm(folder, { recursive: true, force: true }),
    });
    return limited(shared);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Parts {
  readonly deno: string;
  readonly prlimit: string;
  readonly bwrap: string;
  readonly libraries: readonly string[];
}

interface Shared extends Parts {
  readonly limits: Limits;
  /** The run's own folder outside the box. */
  readonly folder: string;
  readonly pack: string;
  readonly filter: string;
}

async function findParts(kind: SandboxKind): Promise<Parts> {
  if (process.platform !== "linux") {
    throw new NoSandboxError(
      `sandbox: class grading needs Linux: this is ${process.platform}; grade on a Linux machine, in WSL or in a virtual machine`,
    );
  }
  const deno = findDeno();
  if (deno === undefined) {
    throw new NoSandboxError(
      `sandbox: Deno, which runs student code, is not installed for ${process.arch}; install the pack's packages: npm ci --include=optional`,
    );
  }
  const prlimit = findCommand("prlimit");
  if (prlimit === undefined) {
    throw new NoSandboxError(
      `sandbox: prlimit, which bounds memory and time, is not installed; install it: ${APT}`,
    );
  }
  if (kind === "weaker") return { deno, prlimit, bwrap: "", libraries: [] };
  const bwrap = findCommand("bwrap");
  if (bwrap === undefined) {
    throw new NoSandboxError(
      `sandbox: bubblewrap, which shuts student code in, is not installed; install it: ${APT}`,
    );
  }
  if (!hasFilter(process.arch)) {
    throw new NoSandboxError(
      `sandbox: there is no system call filter for ${process.arch}; grade on an x64 or arm64 machine`,
    );
  }
  return { deno, prlimit, bwrap, libraries: await librariesOf(deno) };
}

/** Sends each path but the pack's and the submission's to one that does not exist. */
function importMap(pack: string, submission: string): string {
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

function denoArguments(
  limits: Limits,
  pack: string,
  submission: string,
  more: readonly string[],
): readonly string[] {
  const packages = [...Object.values(PACKED_PACKAGES), ...Object.values(PACKED_MODULES), TURN].map(
    (file) => `${pack}/${file}`,
  );
  return [
    "run",
    "--quiet",
    ...["--no-prompt", "--no-remote", "--cached-only", "--no-npm"],
    ...["--no-config", "--no-lock", "--no-code-cache", "--unstable-sloppy-imports"],
    `--v8-flags=--max-old-space-size=${Math.floor(limits.heapBytes / 2 ** 20)},--single-threaded`,
    ...(more.length > 0 ? more : [`--allow-read=${[submission, ...packages].join(",")}`]),
    `--import-map=${pack}/imports.json`,
    `${pack}/${BOX_PROGRAM}`,
  ];
}

/** The whole of the box's world. */
function bwrapArguments(
  shared: Shared,
  submission: string,
  more: readonly string[],
): readonly string[] {
  const { deno, libraries, limits, pack } = shared;
  return [
    ...["--unshare-all", "--unshare-user", "--disable-userns", "--new-session"],
    ...["--die-with-parent", "--clearenv", "--cap-drop", "ALL", "--hostname", "box"],
    ...["--setenv", "DENO_DIR", "/tmp/deno", "--setenv", "NO_COLOR", "1"],
    ...["--setenv", "DENO_NO_UPDATE_CHECK", "1"],
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
    ...denoArguments(limits, "/pack", "/submission", more),
  ];
}

function startBoxed(
  shared: Shared,
  submission: string,
  more: readonly string[],
): Promise<BoxedStart> {
  const filter = openSync(shared.filter, "r"); // a new one each time: bwrap reads from its position
  try {
    const child = spawn(
      shared.prlimit,
      [
        ...prlimitArguments(shared.limits),
        shared.bwrap,
        ...bwrapArguments(shared, submission, more),
      ],
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

async function startWeaker(
  shared: Shared,
  submission: string,
  more: readonly string[],
): Promise<BoxedStart> {
  const { prlimit, deno, limits, folder, pack } = shared;
  const own = await mkdtemp(join(folder, "run-"));
  const maps = join(own, "pack");
  await mkdir(maps);
  await writeFile(join(maps, "imports.json"), importMap(pack, submission));
  const args = denoArguments(limits, pack, submission, more).map((argument) =>
    argument.startsWith("--import-map=") ? `--import-map=${maps}/imports.json` : argument,
  );
  const child = spawn(prlimit, [...prlimitArguments(limits), deno, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { DENO_DIR: join(own, "deno"), NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
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
