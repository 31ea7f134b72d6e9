/** The `require` of cells, in whose place another one can stand for a while. */
type Require = (name: string) => unknown;

/** A `require` that stays the same function. */
export class ExchangeableRequire {
  /** What cells call. */
  readonly require: NodeJS.Require;
  #now: Require;

  /** @param own - what is called unless another one stands in its place */
  constructor(own: NodeJS.Require) {
    this.#now = own;
    this.require = Object.assign((name: string): unknown => this.#now(name), own);
  }

  /**
   * Puts another one in its place.
   *
   * @param valueOf - gives that, of the one that is called now
   * @returns what puts the earlier one back
   */
  exchange(valueOf: (own: unknown) => unknown): () => void {
    const own = this.#now;
    this.#now = valueOf(own) as Require;
    return () => {
      this.#now = own;
    };
  }
}
