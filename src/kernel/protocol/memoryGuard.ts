import { Session } from "node:inspector";
import { totalmem } from "node:os";
import { constrainedMemory, memoryUsage } from "node:process";

/** Milliseconds between two looks; a cell can fill some ten megabytes in that time. */
const interval = 20;

/**
 * The part of the heap, and of the machine's memory, at which a cell is stopped. V8 collects garbage at the latest
 * when the heap is half-way from what lives to its limit, so at 80 % of the limit 60 % of it lives.
 */
const full = 0.8;

/**
 * Bytes of the heap's limit that old objects can't have: V8 keeps them for new ones. 48, 96 or 192 MB, by its version
 * and the machine; V8 doesn't tell.
 */
const young = 192 * 2 ** 20;

/**
 * Watches the memory of the main thread from another thread while cells run. V8 ends the whole process when the
 * heap is full; a cell that gets there is stopped before.
 */
export class MemoryGuard {
  readonly #limit: number;
  readonly #onFull: () => void;
  #timer: NodeJS.Timeout | undefined;
  #session: Session | undefined;
  #asked = false;

  /**
   * @param heapLimit - the main thread's `heap_size_limit`, in bytes
   * @param onFull - stops the cell
   */
  constructor(heapLimit: number, onFull: () => void) {
    this.#limit = Math.max(heapLimit - young, heapLimit / 2);
    this.#onFull = onFull;
  }

  /** A cell begins. */
  start(): void {
    this.#timer ??= setInterval(() => this.#look(), interval);
  }

  /** The cell has ended. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#session?.disconnect();
    this.#session = undefined;
    this.#asked = false;
  }

  #look(): void {
    const resident = memoryUsage.rss();
    if (resident > machineMemory * full) {
      this.#onFull();
      return;
    }
    if (resident < this.#limit / 2) return;
    // The question interrupts the thread's JavaScript for some microseconds; one at a time.
    if (this.#asked) return;
    this.#asked = true;
    this.#session ??= connected();
    this.#session.post("Runtime.getHeapUsage", (error, usage) => {
      this.#asked = false;
      if (error !== null || this.#timer === undefined) return;
      const { usedSize } = usage as { usedSize: number };
      if (usedSize > this.#limit * full) this.#onFull();
    });
  }
}

/** What the process may have: less than the machine's memory in a container. */
const machineMemory =
  constrainedMemory() > 0 ? Math.min(constrainedMemory(), totalmem()) : totalmem();

function connected(): Session {
  const session = new Session();
  session.connectToMainThread();
  return session;
}
