/**
 * Which cell what runs belongs to: the one that is running, or, in a timer and in what follows from it, the one that set
 * the timer. Node's own AsyncLocalStorage cannot serve: with its hooks, code that is terminated ends the process.
 */
export class CellContext {
  /** The cell that is running, or ran last. */
  #running: string | undefined;
  #now: string | undefined;

  constructor() {
    const { setTimeout, setInterval, setImmediate } = globalThis;
    const follow = (callback: unknown): unknown => {
      if (typeof callback !== "function") return callback;
      const own = this.#now;
      return (...values: unknown[]): unknown => {
        this.#now = own;
        // Promises that the timer settles go on before this.
        setImmediate(() => (this.#now = this.#running));
        return Reflect.apply(callback, undefined, values) as unknown;
      };
    };
    for (const [name, original] of Object.entries({ setTimeout, setInterval, setImmediate })) {
      const timer = (callback: unknown, ...rest: unknown[]): unknown =>
        Reflect.apply(original, globalThis, [follow(callback), ...rest]) as unknown;
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
}
