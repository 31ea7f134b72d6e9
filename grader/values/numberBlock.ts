/** The numbers of many matrices, one after the other: what goes between processes as bytes, not as text. */

/** Room for so many numbers at first; it doubles. */
const ROOM = 4096;

/** A block that grows. */
export class NumberBlock {
  private numbers: Float64Array;
  private length = 0;
  private start = 0;
  /** Where the current value's matrices lie. */
  private readonly known = new Map<Float64Array, number>();

  /**
   * @param room - for how many numbers there is room at first
   */
  constructor(room: number = ROOM) {
    this.numbers = new Float64Array(room);
  }

  /** Where the current value begins. */
  get from(): number {
    return this.start;
  }

  /**
   * Begins a value: it shares nothing with the ones before.
   *
   * @returns this block
   */
  begin(): this {
    this.start = this.length;
    this.known.clear();
    return this;
  }

  /**
   * Adds a matrix's entries, unless the value has them already.
   *
   * @param data - the entries, which do not change before the next value begins
   * @returns their place, counted from where the value begins
   */
  put(data: Float64Array): number {
    const before = this.known.get(data);
    if (before !== undefined) return before;
    const end = this.length + data.length;
    if (end > this.numbers.length) {
      const larger = new Float64Array(Math.max(2 * this.numbers.length, end));
      larger.set(this.numbers.subarray(0, this.length));
      this.numbers = larger;
    }
    this.numbers.set(data, this.length);
    const at = this.length - this.start;
    this.known.set(data, at);
    this.length = end;
    return at;
  }

  /**
   * All numbers so far; of the block's own memory until it grows.
   *
   * @param from - the first of them
   * @returns a view
   */
  written(from = 0): Float64Array {
    return this.numbers.subarray(from, this.length);
  }

  /**
   * Forgets what was added from here on.
   *
   * @param length - how many numbers stay
   */
  cut(length: number): void {
    this.length = length;
  }
}
