import { Readable } from "node:stream";

/** Who asks the notebook's user. */
export interface Desk {
  readonly ask: (text: string) => Promise<string>;
  /** Throws where nobody can answer: who waits for a callback would wait forever. */
  readonly check: () => void;
  /** Asks no longer. */
  readonly cancel: () => void;
}

/** What a front end answers where its user says that nothing more comes, as Ctrl-D does in a terminal. */
const endOfInput = "\u0004";

/**
 * The standard input of cells: whoever reads it is given lines of the notebook's user, who is asked for one after the
 * other, as long as somebody reads. Readline listens without reading: it asks when it is asked (questions.ts).
 */
export class StandardInput extends Readable {
  /** Whether whoever listens now is readline. */
  static isReadlines = false;
  readonly fd = 0;
  readonly #desk: Desk;
  readonly #readlines = new WeakSet<object>();
  #hasRoom = false;
  #isAsking = false;

  /** @param desk - asks the user */
  constructor(desk: Desk) {
    super();
    this.#desk = desk;
  }

  override on(event: string | symbol, listener: (...values: never[]) => void): this {
    if (StandardInput.isReadlines) this.#readlines.add(listener);
    else if (event === "data" || event === "readable") {
      if (!this.#isAsking) this.#desk.check();
      setImmediate(() => this.#ask());
    }
    return super.on(event, listener as (...values: unknown[]) => void);
  }

  override addListener(event: string | symbol, listener: (...values: never[]) => void): this {
    return this.on(event, listener);
  }

  override _read(): void {
    this.#hasRoom = true;
    this.#ask();
  }

  get #isRead(): boolean {
    const listeners = [...this.rawListeners("data"), ...this.rawListeners("readable")];
    return !this.destroyed && listeners.some((listener) => !this.#readlines.has(listener));
  }

  #ask(): void {
    if (!this.#hasRoom || this.#isAsking || !this.#isRead) return;
    this.#isAsking = true;
    this.#desk.ask("").then(
      (answer) => {
        this.#isAsking = this.#hasRoom = false;
        this.push(answer === endOfInput ? null : `${answer}\n`);
      },
      // Whoever reads was stopped, or a later cell asks: process.stdin is another one from now on.
      () => this.destroy(),
    );
  }
}
