import { Session } from "node:inspector";

/** Milliseconds that the thread has to answer by itself, as it does when a cell only awaits. */
const patience = 80;

/** Milliseconds between two terminations. */
const pause = 150;

/**
 * Stops the JavaScript of the main thread from another thread, whatever it does: a loop, a loop after an
 * `await`, a timer, a microtask chain, a regular expression. What it made before stays.
 */
export class Interruption {
  readonly #ask: (id: number) => void;
  #id = 0;
  #acknowledged = 0;
  #running: Promise<void> | undefined;

  /** @param ask - sends a question to the thread, which calls for {@link Interruption.acknowledged} */
  constructor(ask: (id: number) => void) {
    this.#ask = ask;
  }

  /** The thread answered: it is free. */
  acknowledged(id: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, id);
  }

  /** Interrupts; resolves when the thread has answered. Calls that overlap are one. */
  run(): Promise<void> {
    this.#running ??= this.#untilFree().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #untilFree(): Promise<void> {
    const id = ++this.#id;
    this.#ask(id);
    if (await this.#answeredWithin(id, patience)) return;
    const session = new Session();
    session.connectToMainThread();
    try {
      do {
        session.post("Runtime.terminateExecution");
      } while (!(await this.#answeredWithin(id, pause)));
    } finally {
      session.disconnect();
    }
  }

  async #answeredWithin(id: number, milliseconds: number): Promise<boolean> {
    const end = Date.now() + milliseconds;
    while (Date.now() < end) {
      if (this.#acknowledged >= id) return true;
      await new Promise((resume) => setTimeout(resume, 5));
    }
    return this.#acknowledged >= id;
  }
}
