/**
 * The grader's end of a fork server (box/forkServer.ts): a box that makes a copy of itself for each hand-in.
 *
 * It only saves time. Where one is not there yet, or fails in any way, a hand-in gets a box of its own as
 * it would have without; and no more than a run without anything unusual is taken from a copy (together.ts).
 */
import type { ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { constants } from "node:os";
import type { BoxedStart, Ending } from "./boxParts.js";
import { type BubblewrapParts, MADE, PACK, spawnInBubblewrap, urlInBox } from "./bubblewrap.js";
import { HandInFolder } from "./handInFolder.js";
import { FORK_SERVER } from "./pack.js";

/** What the server is asked: to copy itself, to end the copy. */
const [COPY, END] = ["+", "-"];
/** Where the server finds the grader's socket. */
const CHANNEL = "/channel";
/** A copy that has not ended this long after it was to is ended with the server. */
const LEAVE_MS = 500;
/** A copy connects within this time, or none will. */
const CONNECT_MS = 1000;
/** The server's own processor time is bounded as a box's is: a copy takes some 3 ms of it. */
const COPIES = 500;
/** A server that ended before so many was of no use. */
const FEW = 20;
/**
 * Options of V8's for a copy, which runs for some hundredths of a second. A page costs when it is first written, and where
 * objects begin in a small place (of so many MiB) each is soon used again. What the slowest of the compilers makes better costs more
 * than it saves.
 */
const V8 = ["--max-semi-space-size=1", "--no-opt"];

/** A server that copies itself, one copy at a time. */
export class ForkServer {
  /** What each copy sees as its submission. */
  readonly submission: HandInFolder;
  private readonly channel: string;
  private readonly waiting: ((socket: Socket | undefined) => void)[] = [];
  private child: ChildProcess | undefined;
  private control: Socket | undefined;
  private listening: Server | undefined;
  private said: (() => void) | undefined;
  private status: Ending = { code: 1, signal: null };
  private copies = 0;
  private isReady = false;
  private hasEnded = false;

  private constructor(folder: string) {
    this.submission = new HandInFolder(join(folder, "submission"));
    this.channel = join(folder, "channel");
  }

  /**
   * Starts a server; it is ready after some tenths of a second.
   *
   * @param parts - what boxes are made of, but for the filter, which lets it copy itself
   * @param folder - the server's own, not there yet
   * @param copyFilter - the file that holds the filter of its copies: each box's
   * @param more - for Deno, by a test
   * @returns the server
   */
  static async start(
    parts: BubblewrapParts,
    folder: string,
    copyFilter: string,
    more: readonly string[] = [],
  ): Promise<ForkServer> {
    const server = new ForkServer(folder);
    mkdirSync(server.channel, { mode: 0o700 }); // nobody else's connection is taken for a box's
    const library = parts.libraries.find((path) => /\/libc\.so[.\d]*$/.test(path));
    if (library === undefined) server.end();
    else await server.run(parts, library, await readFile(copyFilter), more);
    return server;
  }

  private async run(
    parts: BubblewrapParts,
    library: string,
    filter: Buffer,
    more: readonly string[],
  ): Promise<void> {
    const listening = createServer((socket) => {
      const waits = this.waiting.shift();
      if (waits === undefined) socket.destroy();
      else waits(socket);
    });
    this.listening = listening;
    await new Promise<void>((resolve) => {
      listening.on("error", () => {
        this.end(); // the path is too long for a socket's, perhaps
        resolve();
      });
      listening.listen(join(this.channel, "s"), resolve);
    });
    if (this.hasEnded) return;
    listening.unref();
    const inside = {
      submission: this.submission.path,
      bound: ["--ro-bind", this.channel, CHANNEL],
      more,
      v8: V8,
      last: [
        ...[`--allow-ffi=${library}`, `--allow-read=${MADE}`, `--allow-write=${MADE}`],
        `${PACK}/${FORK_SERVER}`,
        ...[library, `${CHANNEL}/s`, MADE, filter.toString("base64")],
      ],
    };
    void this.connection().then((control) => {
      this.listenTo(control);
    });
    const child = spawnInBubblewrap(parts, inside, "ignore");
    this.child = child;
    for (const event of ["error", "close"]) {
      child.on(event, () => {
        this.end();
      });
    }
  }

  /** The server's own connection, its first: it says there that it is ready, and how each copy ended. */
  private listenTo(control: Socket | undefined): void {
    this.control = control;
    control
      ?.on("error", () => undefined)
      .on("data", (status: Buffer) => {
        this.isReady = true;
        this.status = endingOf(status);
        this.said?.();
      });
  }

  /** The number of bubblewrap's process, once it runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Whether it can make a copy now. */
  get isFree(): boolean {
    return this.isReady && !this.hasEnded && this.said === undefined;
  }

  /** Whether it makes no copies any more. */
  get isOver(): boolean {
    return this.hasEnded;
  }

  /** Whether another has to be ready soon. */
  get isOld(): boolean {
    return this.copies > 0.8 * COPIES;
  }

  /** Whether it ended, and was of no use. */
  get hasFailed(): boolean {
    return this.hasEnded && this.copies < FEW;
  }

  /** A copy, which sees what is in {@link submission} now; undefined where none came. */
  async copy(): Promise<BoxedStart | undefined> {
    if (!this.isFree) return undefined;
    const connections = [this.connection(), this.connection()];
    let hasLeft = false;
    const left = new Promise<void>((resolve) => {
      this.said = () => {
        hasLeft = true;
        this.said = undefined;
        resolve();
      };
    });
    this.copies++;
    this.control!.write(COPY);
    const late = setTimeout(() => {
      this.end();
    }, CONNECT_MS);
    const [talk, words] = await Promise.all(connections);
    clearTimeout(late);
    if (talk === undefined || words === undefined) {
      this.end();
      return undefined;
    }
    const closed = [talk, words].map(
      (socket) =>
        new Promise((resolve) => socket.on("close", resolve).on("error", () => undefined)),
    );
    return {
      input: talk,
      output: talk,
      words,
      ended: Promise.all([left, ...closed]).then(() => {
        const { status } = this;
        if (this.copies >= COPIES) this.end();
        return status;
      }),
      kill: () => {
        if (hasLeft || this.hasEnded) return;
        this.control!.write(END);
        setTimeout(() => {
          if (!hasLeft) this.end();
        }, LEAVE_MS).unref();
      },
      urlOf: urlInBox,
      clean: () => Promise.resolve(),
    };
  }

  private connection(): Promise<Socket | undefined> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Ends it, and the copy that is there. */
  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.child?.kill("SIGKILL");
    this.control?.destroy();
    this.listening?.close();
    this.status = { code: null, signal: "SIGKILL" };
    this.said?.();
    for (const waits of this.waiting.splice(0)) waits(undefined);
  }
}

/** What waitpid says. */
function endingOf(status: Buffer): Ending {
  const word = status.length >= 4 ? status.readInt32LE(0) : 1 << 8;
  const number = word & 0x7f;
  if (number === 0) return { code: (word >> 8) & 0xff, signal: null };
  const signals = Object.entries(constants.signals);
  const found = signals.find(([, value]) => value === number)?.[0];
  return { code: null, signal: (found ?? "SIGKILL") as NodeJS.Signals };
}
