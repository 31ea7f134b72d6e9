import { Session } from "node:inspector";
import type { StopReason } from "./threadMessages.js";

/** Milliseconds that the thread has to answer by itself, as it does when a cell only awaits. */
const patience = 80;

/** Milliseconds between two terminations. */
const pause = 150;

/**
 * Stops the JavaScript of the main thread from another thread, whatever it does: a loop, a loop after an
 * `await`, a timer, a microtask chain, a regular expression. What it made before stays.
 */
export class Interruption {
  readonly #ask: (id: number, reason: StopReason) => void;
  #id = 0;
  #heard = 0;
  #done = 0;
  #running: Promise<void> | undefined;

  /** @param ask - sends a question to the thread, which leads to calls of `heard` and `done` */
  constructor(ask: (id: number, reason: StopReason) => void) {
    this.#ask = ask;
  }

  /** The thread has got the question: it is free. */
  heard(id: number): void {
    this.#heard = Math.max(this.#heard, id);
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
    // A heap that is nearly full leaves no time to wait.
    if (reason === "memory" || !(await within(patience, heard))) await terminateUntil(heard);
    // The last termination may have hit the very code that ends the cell: ask again.
    while (!(await within(2000, () => this.#done >= id))) this.#ask(id, reason);
  }
}

async function terminateUntil(condition: () => boolean): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  try {
    do {
      session.post("Runtime.terminateExecution");
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
