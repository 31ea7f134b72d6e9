import { executionAsyncId } from "node:async_hooks";

/** A cell may replace it. */
const { apply } = Reflect;

type Anything = (...values: never[]) => unknown;

/**
 * Which cell what runs belongs to: the one that is running, or, in what the system calls later and in what follows from
 * it, the one that asked for the call. Node's own AsyncLocalStorage cannot serve: where it is made of hooks (before Node
 * 24), code that is terminated ends the process. So each source of calls (asyncSources.ts) says when a call comes in.
 */
export class CellContext {
  /** The cell that is running, or ran last. */
  #running: string | undefined;
  #now: string | undefined;
  /** The call of the system's in which `#now` was set; 0 for what runs by itself: cells, and promises. */
  #call = 0;
  #returns = false;
  readonly #setImmediate: typeof setImmediate = globalThis.setImmediate;

  /** The cell that what runs now belongs to. */
  get now(): string | undefined {
    return this.#now;
  }

  /** A cell begins. */
  begin(cell: string | undefined): void {
    this.#running = cell;
    this.#now = cell;
    this.#call = 0;
  }

  /** The cell that began goes on, whatever the system has called since. */
  goOn(): void {
    this.#now = this.#running;
    this.#call = 0;
  }

  /**
   * Makes a function that runs as a part of the cell that runs now.
   *
   * @param callback - what the system calls later
   * @returns what it is to call
   */
  follow<F extends Anything>(callback: F): F {
    const own = this.#now;
    const enter = (): void => this.enter(own);
    return function (this: unknown, ...values: unknown[]): unknown {
      enter();
      return apply(callback, this, values) as unknown;
    } as unknown as F;
  }

  /** What the system does from here on, it does for that cell. */
  enter(cell: string | undefined): void {
    this.#now = cell;
    this.#call = executionAsyncId();
    if (this.#returns) return;
    this.#returns = true;
    // Promises that are settled until then go on before this.
    this.#setImmediate.call(globalThis, () => {
      this.#returns = false;
      this.goOn();
    });
  }

  /** Like `enter`, unless this is a part of something that runs already. */
  enterFromSystem(cell: string | undefined): void {
    const call = executionAsyncId();
    if (call !== 0 && call !== this.#call) this.enter(cell);
  }
}
