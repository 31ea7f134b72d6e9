/**
 * A child process for a learner's function, begun before it is needed. Each function has a process
 * of its own, whose loading takes longer than most checks: so one loads while the compiler works,
 * and the next one once a verdict is on the screen.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** A child whose input, outputs and messages (its third stream) are pipes. */
export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const CHILD = fileURLToPath(new URL("./child.js", import.meta.url));

/**
 * Begins a child that waits for its job.
 *
 * @param memoryMb - megabytes of JavaScript objects that it may have
 * @returns the process
 */
export function beginChild(memoryMb: number): Child {
  return spawn(
    process.execPath,
    [`--max-old-space-size=${memoryMb}`, "--enable-source-maps", CHILD],
    { stdio: ["pipe", "pipe", "pipe", "pipe"] },
  ) as Child;
}

/** At most one child that waits. */
export class ReadyChild {
  private readonly memoryMb: number;
  private waiting: Child | undefined;

  /** @param memoryMb - what each child may have */
  constructor(memoryMb: number) {
    this.memoryMb = memoryMb;
  }

  /**
   * Begins a child, unless one waits.
   *
   * @returns the one that waits
   */
  prepare(): Child {
    if (this.waiting !== undefined && isAlive(this.waiting)) return this.waiting;
    const child = beginChild(this.memoryMb);
    child.on("error", () => undefined); // one that can't be begun is not alive when it is wanted
    this.waiting = child;
    return child;
  }

  /**
   * Hands out the child that waits; it is never handed out again.
   *
   * @param memoryMb - what the child must be limited to
   * @returns nothing where none waits, or one with another limit
   */
  take(memoryMb: number): Child | undefined {
    const child = this.waiting;
    if (child === undefined || memoryMb !== this.memoryMb) return undefined;
    this.waiting = undefined;
    return isAlive(child) ? child : undefined;
  }

  /** Ends the child that waits. */
  close(): void {
    this.waiting?.kill("SIGKILL");
    this.waiting = undefined;
  }
}

function isAlive({ pid, exitCode, signalCode }: Child): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}
