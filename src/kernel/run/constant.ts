/**
 * A constant that a program assigns to, past the type checker (`(c as any) = 2`): it may be read, and not written.
 *
 * @param read - gives its value
 * @returns what stands for it in the assignment
 */
export function constant(read: () => unknown): { value: unknown } {
  return {
    get value() {
      return read();
    },
    set value(_) {
      throw new TypeError("Assignment to constant variable.");
    },
  };
}
