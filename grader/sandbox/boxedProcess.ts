/**
 * The grader's end of a conversation with one boxed process.
 *
 * Strict lock-step: one request, one reply. The process is ended at the first byte that was not
 * asked for, at a reply that is too long, too late, not JSON, or not the reply to this request.
 * What comes after is "ended", with the reason; there is no way back to a process that broke
 * the rule.
 */
import { isPlainRecord } from "../values/describe.js";
import { decodeBody, encodeFrame, type FrameHeader, HEADER_BYTES, readHeader } from "./frames.js";
import type { Limits } from "./boxLimits.js";
import type { BoxedStart, Ending } from "./boxParts.js";
import type { Request } from "./messages.js";
import type { Sandbox } from "./sandbox.js";

/** Why a process is no longer there. */
export type EndKind = "timeout" | "memory" | "output-limit" | "tampered" | "crashed";

/** What came of a request: a reply (any JSON object, any numbers), or the end of the process. */
export type Answered =
  | {
      readonly kind: "reply";
      readonly reply: Readonly<Record<string, unknown>>;
      readonly numbers: Float64Array;
    }
  | Ended;

/** How a question is asked, where it is not by its words alone. */
export interface AskOptions {
  /** What the request points into. */
  readonly numbers?: Float64Array;
  /** Time on the clock for the reply; the limits' unless said. */
  readonly seconds?: number;
}

/** The end of a process, in words for the student. */
export interface Ended {
  readonly kind: EndKind;
  readonly message: string;
}

/** A running process in the box. */
export class BoxedProcess {
  private readonly started: BoxedStart;
  private readonly limits: Limits;
  private readonly deadline: number;
  private readonly closed: Promise<void>;
  private lastId = 0;
  private waiting: ((answered: Answered) => void) | undefined;
  private ended: Ended | undefined;
  private chunks: Buffer[] = [];
  private received = 0;
  private said = "";
  private saidBytes = 0;

  private constructor(started: BoxedStart, limits: Limits) {
    this.started = started;
    this.limits = limits;
    this.deadline = performance.now() + limits.totalSeconds * 1000;
    const { input, output, words, ended } = started;
    input.on("error", () => undefined); // a process that ended takes no more: its end says why
    output.on("data", (chunk: Buffer) => {
      this.take(chunk);
    });
    words.on("data", (chunk: Buffer) => {
      this.hear(chunk);
    });
    this.closed = ended.then((ending) => {
      this.endWith(this.reasonOf(ending));
    });
  }

  /** Starts a process over a submission's folder. */
  static async start(sandbox: Sandbox, submission: string): Promise<BoxedProcess> {
    return BoxedProcess.of(await sandbox.start(submission), sandbox.limits);
  }

  /** The conversation with a started process. */
  static of(started: BoxedStart, limits: Limits): BoxedProcess {
    return new BoxedProcess(started, limits);
  }

  /** How the process calls a file of the submission. */
  urlOf(file: string): string {
    return this.started.urlOf(file);
  }

  /** What the process wrote to its console, as far as the limit allows. */
  get console(): string {
    return this.said;
  }

  /** Asks, with a request or its JSON text, and waits for the one reply. */
  async ask(request: Request | string, options: AskOptions = {}): Promise<Answered> {
    if (this.ended !== undefined) return this.ended;
    const seconds = Math.min(
      options.seconds ?? this.limits.requestSeconds,
      (this.deadline - performance.now()) / 1000,
    );
    const timer = setTimeout(
      () => {
        this.stop({ kind: "timeout", message: `no answer after ${seconds.toFixed(0)} s` });
      },
      Math.max(0, seconds * 1000),
    );
    const answered = new Promise<Answered>((resolve) => {
      this.waiting = resolve;
    });
    this.lastId++;
    const text = typeof request === "string" ? request : JSON.stringify(request);
    this.started.input.write(encodeFrame(this.lastId, text, options.numbers));
    try {
      return await answered;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Says goodbye, and gives back what was wrong with the conversation's end, if anything: a
   * process that goes on talking was not answering the questions.
   */
  async close(): Promise<Ended | undefined> {
    const before = this.ended;
    this.started.input.end();
    const timer = setTimeout(() => {
      this.started.kill();
    }, 1000);
    await this.closed;
    clearTimeout(timer);
    await this.started.clean();
    return before === undefined && this.ended?.kind === "tampered" ? this.ended : undefined;
  }

  /** Ends the process without a goodbye, once its last answer is there: nothing more is asked of it. */
  async end(): Promise<void> {
    this.started.kill();
    await this.closed;
    await this.started.clean();
  }

  private take(chunk: Buffer): void {
    if (this.ended !== undefined) return;
    if (this.waiting === undefined) {
      this.stop({ kind: "tampered", message: UNASKED });
      return;
    }
    this.chunks.push(chunk);
    this.received += chunk.length;
    if (this.received < HEADER_BYTES) return;
    const bytes = this.chunks[0]!.length >= HEADER_BYTES ? this.chunks[0]! : this.joined();
    const header = readHeader(bytes);
    const length = header.bodyBytes;
    if (length > this.limits.frameBytes) {
      const message = `an answer of ${length} bytes: the limit is ${this.limits.frameBytes}; or something else wrote to standard output`;
      this.stop({ kind: "output-limit", message });
    } else if (this.received > HEADER_BYTES + length) {
      this.stop({ kind: "tampered", message: UNASKED });
    } else if (this.received === HEADER_BYTES + length) {
      this.read(header, this.joined().subarray(HEADER_BYTES));
    }
  }

  private joined(): Buffer {
    const all = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    this.chunks = [all];
    return all;
  }

  private read(header: FrameHeader, body: Buffer): void {
    this.chunks = [];
    this.received = 0;
    try {
      const { json: reply, numbers } = decodeBody(header, body);
      if (header.id === this.lastId && isPlainRecord(reply)) {
        this.answer({ kind: "reply", reply, numbers });
        return;
      }
    } catch {
      this.stop({ kind: "tampered", message: "an answer that is no JSON" });
      return;
    }
    this.stop({ kind: "tampered", message: "an answer to a question that was not asked" });
  }

  private hear(chunk: Buffer): void {
    this.saidBytes += chunk.length;
    if (this.saidBytes > this.limits.consoleBytes) {
      const message = `more than ${this.limits.consoleBytes} bytes of console output`;
      this.stop({ kind: "output-limit", message });
    } else {
      this.said += chunk.toString("utf8");
    }
  }

  private stop(reason: Ended): void {
    this.endWith(reason);
    this.started.kill();
  }

  private endWith(reason: Ended): void {
    if (this.ended !== undefined) return;
    this.ended = reason;
    this.answer(reason);
  }

  private answer(answered: Answered): void {
    const resolve = this.waiting;
    this.waiting = undefined;
    resolve?.(answered);
  }

  /** Why a process ended by itself; bubblewrap reports a signal as 128 + its number. */
  private reasonOf({ code, signal, failure }: Ending): Ended {
    if (failure !== undefined) return { kind: "crashed", message: failure };
    const lastWords = withoutOurFrames(this.said).split("\n").slice(-8).join("\n").slice(-2000);
    const how = signal ?? (code === null ? "" : (SIGNALS.get(code) ?? ""));
    if (how === "SIGXCPU") {
      return { kind: "timeout", message: `more than ${this.limits.cpuSeconds} s of computing` };
    }
    if (lastWords.includes("Top-level await promise never resolved")) {
      return {
        kind: "timeout",
        message: "the file never finishes loading: an await waits for ever",
      };
    }
    if (/out of memory|allocation failed|Cannot allocate memory/i.test(lastWords)) {
      return { kind: "memory", message: "more memory than an exercise may use" };
    }
    const ended = `${ENDED_ITSELF}${how === "" ? ` (code ${String(code)})` : ` (${how})`}`;
    return { kind: "crashed", message: lastWords === "" ? ended : `${ended}: ${lastWords}` };
  }
}

/** A process's last words without the lines that are about the box's own program. */
function withoutOurFrames(words: string): string {
  return words
    .split("\n")
    .filter((line) => !/^\s+at .*\/(grader|exercises|src)\/.*\.js/.test(line))
    .join("\n")
    .trim();
}

/** How it is said that a process ended without an answer. */
export const ENDED_ITSELF = "the process ended before it answered";

const UNASKED =
  "bytes on standard output that nobody asked for: it is the grader's line; use console.log";

const SIGNALS: ReadonlyMap<number, string> = new Map([
  [128 + 6, "SIGABRT"],
  [128 + 9, "SIGKILL"],
  [128 + 11, "SIGSEGV"],
  [128 + 24, "SIGXCPU"],
  [128 + 31, "SIGSYS"],
]);
