/**
 * Which cell what runs belongs to: the one that is running, or, in a timer and in what follows from it, the one that set
 * the timer. Node's own AsyncLocalStorage cannot serve: with its hooks, code that is terminated ends the process.
 */
export class CellContext {
  /** The cell that is running, or ran last. */
  #running: string | undefined;
  #now: string | undefined;
  #returns = false;
  readonly #setImmediate: typeof setImmediate;

  constructor() {
    const { setTimeout, setInterval, setImmediate } = globalThis;
    this.#setImmediate = setImmediate;
    for (const [name, original] of Object.entries({ setTimeout, setInterval, setImmediate })) {
      const timer = (callback: unknown, ...rest: unknown[]): unknown =>
        Reflect.apply(original, globalThis, [
          typeof callback === "function" ? this.follow(callback as () => unknown) : callback,
          ...rest,
        ]) as unknown;
      // util.promisify finds there how to wait for a timer.
      Object.defineProperties(timer, Object.getOwnPropertyDescriptors(original));
      Object.defineProperty(globalThis, name, {
        value: timer,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }

  /** The cell that what runs now belongs to. */
  get now(): string | undefined {
    return this.#now;
  }

  /** A cell begins. */
  begin(cell: string | undefined): void {
    this.#running = cell;
    this.#now = cell;
  }

  /**
   * Makes a function that runs as a part of the cell that runs now.
   *
   * @param callback - what the system calls later
   * @returns what it is to call
   */
  follow<F extends (...values: never[]) => unknown>(callback: F): F {
    const own = this.#now;
    const enter = (): void => this.#enter(own);
    return function (this: unknown, ...values: unknown[]): unknown {
      enter();
      return Reflect.apply(callback, this, values) as unknown;
    } as unknown as F;
  }

  #enter(cell: string | undefined): void {
    this.#now = cell;
    if (this.#returns) return;
    this.#returns = true;
    // Promises that are settled until then go on before this.
    this.#setImmediate.call(globalThis, () => {
      this.#returns = false;
      this.#now = this.#running;
    });
  }
}
