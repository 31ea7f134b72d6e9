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
 * Each submission gets processes of its own: one for the exercises that share nothing (together.ts), one
 * for each of the others. Where there are many submissions, the first of these is a copy of one that was
 * started before (forkServer.ts), which saves most of what Deno takes to start. An exercise that hangs, hoards
 * or rewires its built-ins can't change what the next one sees: it runs alone, whatever it was to share.
 *
 * Where a container forbids namespaces and the grader is root in it, a user of its own takes bubblewrap's
 * place for each process (otherUser.ts). The weaker sandbox has neither, nor the filter: Deno and prlimit
 * alone; it is used only when the grader is told to accept it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { chmod, link, copyFile, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UnrolledError } from "../../src/core/errors.js";
import { DEFAULT_LIMITS, type Limits } from "./boxLimits.js";
import { type BoxedStart, type BoxParts, importMap } from "./boxParts.js";
import { type BubblewrapParts, startInBubblewrap } from "./bubblewrap.js";
import { startWithDenoAlone } from "./denoAlone.js";
import { startAsOtherUser, type UserTools } from "./otherUser.js";
import { ForkServer } from "./forkServer.js";
import { ForkServers, type OwnBox } from "./forkServers.js";
import { HandInFolder } from "./handInFolder.js";
import { packBox, packMathjs } from "./pack.js";
import { findCommand, findDeno, librariesOf } from "./runtime.js";
import { type Architecture, hasFilter, seccompFilter } from "./seccomp.js";

/** How strong the box is; the strongest first. */
export type SandboxKind = "bubblewrap" | "other-user" | "weaker";

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
  /**
   * Gives a folder for a hand-in, over which a box starts sooner where a fork server is ready.
   *
   * @param work - gets the folder, which is the next one's afterwards or goes, and what starts the box
   * @returns what `work` returns
   */
  inOwnFolder<T>(work: (own: OwnBox) => Promise<T>): Promise<T>;
  /** Where those servers come from; nothing in a sandbox that has none. */
  readonly forkServers?: ForkServers | undefined;
  /** The same with other limits for what is started from now on; it needs no closing. */
  within(limits: Partial<Limits>): Sandbox;
  /** Removes what {@link openSandbox} made. */
  close(): Promise<void>;
}

/** Which box to open. */
export interface SandboxOptions {
  readonly kind: SandboxKind;
  readonly limits?: Limits;
}

/**
 * Makes ready what the boxes of one run share.
 *
 * @param options - the kind of sandbox and its limits
 * @returns a sandbox that has to be closed
 * @throws NoSandboxError when the machine lacks a part of it
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { kind, limits = DEFAULT_LIMITS } = options;
  const tools = await findTools(kind);
  const folder = await realpath(await mkdtemp(join(tmpdir(), "unrolled-box-")));
  try {
    await chmod(folder, kind === "other-user" ? 0o711 : 0o755);
    const pack = join(folder, "pack");
    await packBox(pack);
    const inside = kind === "bubblewrap" ? "/pack" : pack;
    const filter = join(folder, "filter.bpf");
    const shared: BoxParts = { ...tools, limits, folder, pack, filter };
    if (kind === "bubblewrap")
      await writeFile(join(pack, "imports.json"), importMap(inside, "/submission"));
    if (kind !== "weaker") {
      const canWrite = kind === "bubblewrap"; // in a /tmp of its own
      await writeFile(filter, seccompFilter(process.arch as Architecture, { canWrite }));
    }
    const start = await starterOf(kind, tools, shared);
    const servers = kind === "bubblewrap" ? forkServers({ ...shared, ...tools }) : undefined;
    let mathjs: Promise<void> | undefined;
    const limited = (current: BoxParts): Sandbox => ({
      kind,
      limits: current.limits,
      folder,
      packUrlOf: (file) => pathToFileURL(`${inside}/${file}`).href,
      provideMathjs: () => (mathjs ??= packMathjs(pack)),
      start: (submission, more = []) => start(current, submission, more),
      inOwnFolder: (work) => {
        const startIn = (folder: string) => start(current, folder, []);
        return inOwnFolder(folder, startIn, current === shared ? servers : undefined, work);
      },
      forkServers: servers,
      within: (others) => limited({ ...current, limits: { ...current.limits, ...others } }),
      close: async () => {
        await servers?.close();
        await rm(folder, { recursive: true, force: true });
      },
    });
    return limited(shared);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Servers whose boxes may copy themselves; their copies have the filter of each box. */
function forkServers(parts: BubblewrapParts): ForkServers {
  const filter = join(parts.folder, "fork-server.bpf");
  const program = (): Uint8Array =>
    seccompFilter(process.arch as Architecture, { canWrite: true, canFork: true });
  let written: Promise<void> | undefined;
  let count = 0;
  return new ForkServers(async (more) => {
    const own = join(parts.folder, `fork-server-${count++}`);
    await (written ??= writeFile(filter, program())); // once: another server may be reading it
    return ForkServer.start({ ...parts, filter }, own, parts.filter, more);
  });
}

async function inOwnFolder<T>(
  parent: string,
  startIn: (folder: string) => Promise<BoxedStart>,
  servers: ForkServers | undefined,
  work: (own: OwnBox) => Promise<T>,
): Promise<T> {
  const alone = async (): Promise<T> => {
    const folder = new HandInFolder(mkdtempSync(join(parent, "hand-in-")));
    try {
      const start = (): Promise<BoxedStart> => startIn(folder.path);
      return await work({ folder, start, startAnew: start });
    } finally {
      rmSync(folder.path, { recursive: true, force: true });
    }
  };
  if (servers === undefined) return alone();
  return servers.lend((server) => {
    if (server === undefined) return alone();
    const { submission: folder } = server;
    const startAnew = (): Promise<BoxedStart> => startIn(folder.path);
    return work({ folder, start: async () => (await server.copy()) ?? startAnew(), startAnew });
  });
}

type Starter = (
  parts: BoxParts,
  submission: string,
  more: readonly string[],
) => Promise<BoxedStart>;

async function starterOf(kind: SandboxKind, tools: Tools, shared: BoxParts): Promise<Starter> {
  if (kind === "weaker") return startWithDenoAlone;
  if (kind === "bubblewrap")
    return (parts, ...rest) => startInBubblewrap({ ...parts, bwrap: tools.bwrap }, ...rest);
  // The pack's own folder is closed to other users: they get Deno under another name.
  const deno = join(shared.folder, "deno");
  await link(shared.deno, deno).catch(() => copyFile(shared.deno, deno));
  await chmod(deno, 0o755);
  return (parts, ...rest) => startAsOtherUser({ ...parts, ...tools, deno }, ...rest);
}

interface Tools extends UserTools {
  readonly deno: string;
  readonly prlimit: string;
  readonly bwrap: string;
  readonly libraries: readonly string[];
}

const APT = "apt-get install --yes bubblewrap util-linux";

async function findTools(kind: SandboxKind): Promise<Tools> {
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
  const found = (command: string, does: string, mend: string, name = command): string => {
    const path = findCommand(command);
    if (path !== undefined) return path;
    throw new NoSandboxError(
      `sandbox: ${name}, which ${does}, is not installed; install it: ${mend}`,
    );
  };
  const prlimit = found("prlimit", "bounds memory and time", APT);
  const none = { deno, prlimit, bwrap: "", setpriv: "", perl: "", libraries: [] };
  if (kind === "weaker") return none;
  const tools =
    kind === "bubblewrap"
      ? { ...none, bwrap: found("bwrap", "shuts student code in", APT, "bubblewrap") }
      : {
          ...none,
          setpriv: found("setpriv", "runs student code as another user", APT),
          perl: found(
            "perl",
            "puts the filter of system calls on",
            "apt-get install --yes perl-base",
          ),
        };
  if (kind === "other-user" && process.getuid?.() !== 0) {
    throw new NoSandboxError(
      "sandbox: only root can run student code as another user; run it as root, in a container of its own",
    );
  }
  if (!hasFilter(process.arch)) {
    throw new NoSandboxError(
      `sandbox: there is no system call filter for ${process.arch}; grade on an x64 or arm64 machine`,
    );
  }
  return { ...tools, libraries: await librariesOf(deno) };
}
