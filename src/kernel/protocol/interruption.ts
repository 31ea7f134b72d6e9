import { Session } from "node:inspector";
import { endPrograms } from "./programs.js";
import type { StopReason } from "./threadMessages.js";

/** Milliseconds that the thread has to answer by itself, as it does when a cell only awaits. */
const patience = 80;

/** Milliseconds between two terminations. */
const pause = 150;

/** After so many terminations without an answer, the program that the thread waits for is told to end. */
const roundsPerSignal = 5;

/** What it is told, one after the other: as Ctrl-C does, and then as it cannot miss. */
const signals = ["SIGINT", "SIGTERM", "SIGKILL"] as const;

/**
 * Stops the JavaScript of the main thread from another thread, whatever it does: a loop, a loop after an
 * `await`, a timer, a microtask chain, a regular expression, a program that it waits for. What it made before stays.
 */
export class Interruption {
  readonly #ask: (id: number, reason: StopReason) => void;
  #isReady = false;
  #id = 0;
  #heard = 0;
  #done = 0;
  #running: Promise<void> | undefined;
  /** Where the thread waits for a program: those that run beside that one. */
  #others: readonly number[] | undefined;

  /** @param ask - sends a question to the thread, which leads to calls of `heard` and `done` */
  constructor(ask: (id: number, reason: StopReason) => void) {
    this.#ask = ask;
  }

  /** The thread has started: from now on what runs in it is the user's. A start that is terminated would never end. */
  ready(): void {
    this.#isReady = true;
  }

  /** The thread has got the question: it is free. */
  heard(id: number): void {
    this.#heard = Math.max(this.#heard, id);
    this.#others = undefined;
  }

  /** The thread waits for a program, or no longer. */
  waits(others: readonly number[] | undefined): void {
    this.#others = others;
  }

  /** The thread has ended its cell. */
  done(id: number): void {
    this.#done = Math.max(this.#done, id);
  }

  /** Interrupts; resolves when the cell has ended. Calls that overlap are one. */
  run(reason: StopReason): Promise<void> {
    this.#running ??= this.#untilDone(reason).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #untilDone(reason: StopReason): Promise<void> {
    const id = ++this.#id;
    const heard = (): boolean => this.#heard >= id;
    this.#ask(id, reason);
    while (!(await within(2000, () => this.#isReady)));
    // A heap that is nearly full leaves no time to wait.
    if (reason === "memory" || !(await within(patience, heard))) {
      await terminateUntil(heard, (signal) => {
        if (this.#others !== undefined) endPrograms(process.pid, this.#others, signal);
      });
    }
    // The last termination may have hit the very code that ends the cell: ask again.
    while (!(await within(2000, () => this.#done >= id))) this.#ask(id, reason);
  }
}

async function terminateUntil(
  condition: () => boolean,
  signal: (name: (typeof signals)[number]) => void,
): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  try {
    let round = 0;
    do {
      session.post("Runtime.terminateExecution");
      if (++round % roundsPerSignal === 0)
        signal(signals[Math.min(round / roundsPerSignal, signals.length) - 1]!);
    } while (!(await within(pause, condition)));
  } finally {
    session.disconnect();
  }
}

async function within(milliseconds: number, condition: () => boolean): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (!condition() && Date.now() < end) await new Promise((resume) => setTimeout(resume, 5));
  return condition();
}
