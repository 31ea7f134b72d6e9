/** The driver's end of the line to a contestant. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { type Contestant, environment } from "./contestants.js";
import type { BurstAnswer, BurstRequest, Hello, Refusal } from "./protocol.js";
import type { Threads } from "./rows.js";

/** A contestant that runs with a number of threads. */
export class Peer {
  readonly pid: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    child: ChildProcessWithoutNullStreams,
    lines: AsyncIterator<string>,
    hello: Hello,
  ) {
    this.#child = child;
    this.#lines = lines;
    this.pid = child.pid!;
    this.versions = hello.versions;
  }

  /**
   * Starts a contestant and waits until it says hello.
   *
   * @throws Error with what it wrote when it ended instead
   */
  static async start(contestant: Contestant, threads: Threads): Promise<Peer> {
    const [program, ...args] = contestant.argv(threads);
    const child = spawn(program!, args, { env: environment(threads) });
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
    child.on("error", (error) => (complaints += error.message));
    child.stdin.on("error", () => undefined); // it has ended: the missing answer tells
    const reader: Interface = createInterface({ input: child.stdout });
    const lines = reader[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done === true) {
      const reason = complaints.split("\n").find((line) => /Error: /.test(line));
      throw new Error(reason ?? `it ended without a reason: ${complaints.trim().slice(0, 200)}`);
    }
    return new Peer(child, lines, JSON.parse(first.value) as Hello);
  }

  /**
   * Has a burst of repetitions measured.
   *
   * @throws Error when the contestant refuses or ends
   */
  async burst(request: BurstRequest): Promise<BurstAnswer> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error("it ended in the middle of a burst");
    const answer = JSON.parse(line.value) as BurstAnswer | Refusal;
    if ("error" in answer) throw new Error(answer.error.split("\n")[0]);
    return answer;
  }

  /** Lets it end. */
  close(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
