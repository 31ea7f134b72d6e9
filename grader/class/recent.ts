/** So many values by their keys: what was not asked for longest goes first. */
export class Recent<T> {
  private readonly most: number;
  private readonly values = new Map<string, T>();

  /**
   * @param most - how many stay
   */
  constructor(most: number) {
    this.most = most;
  }

  /**
   * A value.
   *
   * @param key - its key
   * @returns undefined where it is not there, or no longer
   */
  get(key: string): T | undefined {
    const value = this.values.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  /**
   * Keeps a value.
   *
   * @param key - its key
   * @param value - the newest under that key
   */
  set(key: string, value: T): void {
    this.values.delete(key);
    this.values.set(key, value);
    const [oldest] = this.values.keys();
    if (this.values.size > this.most && oldest !== undefined) this.values.delete(oldest);
  }
}
