/** Runs one compiled exercise file in a child process, with limits, and brings home its verdict. */
import { readFileSync } from "node:fs";
import type { Exercise } from "../../../exercises/exercise.js";
import { verdictOf } from "../../judge/judge.js";
import type { CaseResult, Status, Verdict } from "../../judge/verdict.js";
import { topLevelWords } from "../../source/topLevel.js";
import { type ChildMessage, type Job, UNSETTLED } from "./messages.js";
import { beginChild, type ReadyChild } from "./readyChild.js";

/** What a learner's function may use. */
export interface Limits {
  /** Milliseconds for all cases together. */
  readonly timeMs: number;
  /** Megabytes of JavaScript objects; Node itself and matrices' buffers come on top. */
  readonly memoryMb: number;
  /** Bytes of printed text. */
  readonly outputBytes: number;
}

/** Generous for an exercise, short for a learner who waits. */
export const PRACTICE_LIMITS: Limits = { timeMs: 10_000, memoryMb: 512, outputBytes: 1_000_000 };

/** Megabytes for Node itself and for the buffers behind matrices. */
const BUFFERS_MB = 400;

/** What is told beside a verdict. */
export interface Beside {
  readonly printed: string;
  /** What a statement beside the function threw, which costs nothing. */
  readonly failure?: string;
  /** What the compiler says of the types, which costs nothing. */
  readonly types?: string;
}

/** What came of running a file. */
export type RunResult =
  | ({ readonly kind: "verdict"; readonly verdict: Verdict } & Beside)
  /** The file could not be loaded, or has no such function. */
  | ({ readonly kind: "unusable"; readonly status: Status; readonly message: string } & Beside)
  /** Somebody asked to stop. */
  | { readonly kind: "aborted" };

/** How to run a file. */
export interface RunOptions {
  readonly limits?: Limits;
  readonly signal?: AbortSignal;
  /** Where a process waits that has loaded the judge already; a new one is begun unless said. */
  readonly ready?: ReadyChild;
}

/** Runs the shown cases of `exercise` on the function that the compiled file exports. */
export function runFile(
  exercise: Exercise,
  compiled: { readonly module: URL },
  seed: number,
  options: RunOptions = {},
): Promise<RunResult> {
  const { limits = PRACTICE_LIMITS, signal, ready } = options;
  const run = new Run(exercise, seed, limits);
  return new Promise((resolve, reject) => {
    const child = ready?.take(limits.memoryMb) ?? beginChild(limits.memoryMb);
    const job: Job = { address: compiled.module.href, id: exercise.id, seed };
    child.stdin.on("error", () => undefined); // it has ended already, which "close" tells
    child.stdin.end(JSON.stringify(job));
    const stop = (status: Status): void => {
      run.stoppedFor ??= status;
      child.kill("SIGKILL");
    };
    const timer = setTimeout(() => stop("timeout"), limits.timeMs);
    const watch = setInterval(() => {
      if (residentMb(child.pid) > limits.memoryMb + BUFFERS_MB) stop("memory");
    }, 100);
    const endTimers = (): void => {
      clearTimeout(timer);
      clearInterval(watch);
    };
    const abort = (): void => {
      child.kill("SIGKILL");
    };
    if (signal?.aborted === true) abort();
    signal?.addEventListener("abort", abort);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        if (!run.print(text)) stop("output-limit");
      });
    }
    const messages = child.stdio[3] as NodeJS.ReadableStream;
    messages.setEncoding("utf8");
    messages.on("data", (text: string) => run.receive(text));
    child.on("error", (error) => {
      endTimers();
      reject(error);
    });
    child.on("close", (code, killedBy) => {
      endTimers();
      signal?.removeEventListener("abort", abort);
      resolve(signal?.aborted === true ? { kind: "aborted" } : run.end(code, killedBy));
    });
  });
}

/**
 * The memory that a process really holds; 0 where the system does not tell (macOS). Node's own
 * limit knows nothing of the buffers behind matrices.
 */
function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** What a line of the child says; nothing where the learner's code wrote it. */
function messageIn(line: string): ChildMessage | undefined {
  try {
    return JSON.parse(line) as ChildMessage;
  } catch {
    return undefined;
  }
}

/** What one child has said so far. */
class Run {
  /** Why the parent ended the child, if it did. */
  stoppedFor: Status | undefined;
  private readonly exercise: Exercise;
  private readonly seed: number;
  private readonly limits: Limits;
  private readonly done: CaseResult[] = [];
  private verdict: Verdict | undefined;
  private unusable: Extract<ChildMessage, { kind: "unusable" }> | undefined;
  private failure: string | undefined;
  /** Whether a case began: what ran before is the file itself. */
  private isLoaded = false;
  private printed = "";
  private unread = "";

  constructor(exercise: Exercise, seed: number, limits: Limits) {
    this.exercise = exercise;
    this.seed = seed;
    this.limits = limits;
  }

  /** Takes what the learner's code printed; false when it is too much. */
  print(text: string): boolean {
    this.printed += text;
    return Buffer.byteLength(this.printed) <= this.limits.outputBytes;
  }

  receive(text: string): void {
    const lines = (this.unread + text).split("\n");
    this.unread = lines.pop() ?? "";
    for (const line of lines) {
      const message = messageIn(line);
      if (message === undefined) continue;
      if (message.kind === "start") this.isLoaded = true;
      if (message.kind === "case") this.done.push(message.result);
      if (message.kind === "verdict") this.verdict = message.verdict;
      if (message.kind === "unusable") this.unusable = message;
      if (message.kind === "failure") this.failure = message.message;
    }
  }

  /** What it all comes to, once the child is gone. */
  end(code: number | null, killedBy: NodeJS.Signals | null): RunResult {
    const { exercise, seed, printed, failure, unusable, verdict: whole } = this;
    const beside = failure === undefined ? { printed } : { printed, failure };
    if (unusable !== undefined) return { ...unusable, ...beside };
    if (whole !== undefined) return { kind: "verdict", verdict: whole, ...beside };
    const isOutOfMemory = /heap out of memory|allocation failed/i.test(printed);
    const isWaiting = code === UNSETTLED;
    const status =
      this.stoppedFor ?? (isOutOfMemory ? "memory" : isWaiting ? "timeout" : "crashed");
    const shown = exercise.cases.filter(({ shown = true }) => shown);
    const rest = shown
      .slice(this.done.length)
      .map(({ name }, n): CaseResult =>
        n === 0
          ? { name, shown: true, status, message: this.reason(status, code, killedBy) }
          : { name, shown: true, status: "not-run", message: "not run" },
      );
    const verdict = verdictOf(exercise.id, [...this.done, ...rest], seed);
    return { kind: "verdict", verdict, printed: isOutOfMemory ? "" : printed };
  }

  private reason(status: Status, code: number | null, killedBy: NodeJS.Signals | null): string {
    if (this.isLoaded || code === UNSETTLED) return this.reasonOfCase(status, code, killedBy);
    const { timeMs } = this.limits;
    if (status === "timeout")
      return topLevelWords(`no answer within ${timeMs / 1000} s`, this.exercise.id);
    if (status !== "crashed") return this.reasonOfCase(status, code, killedBy);
    return topLevelWords(this.reasonOfCase(status, code, killedBy), this.exercise.id);
  }

  private reasonOfCase(
    status: Status,
    code: number | null,
    killedBy: NodeJS.Signals | null,
  ): string {
    const { timeMs, memoryMb, outputBytes } = this.limits;
    if (code === UNSETTLED) return "the file never finishes loading: an await waits for ever";
    if (status === "timeout") {
      return `no answer within ${timeMs / 1000} s; is there a loop that never ends?`;
    }
    if (status === "memory") return `more than ${memoryMb} MB; does something grow without end?`;
    if (status === "output-limit") return `more than ${outputBytes} bytes; print less`;
    return `the process ended by itself (${killedBy ?? `exit code ${code ?? "unknown"}`})`;
  }
}
