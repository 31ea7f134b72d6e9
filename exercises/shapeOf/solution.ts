/** The sizes that shapes are made of. */
interface Sizes {
  n_x: number;
  n_a: number;
  n_y: number;
  m: number;
  T_x: number;
}

/**
 * The shape of a symbol of the course.
 *
 * @param name - x_t, x, a_t, a, yhat_t, yhat, Wax, Waa, Wya, ba, by, Wa, or ax_t (the
 *   stack [a; x])
 * @param sizes - n_x, n_a, n_y, m, T_x
 * @returns (rows, columns), and T_x as the third number for a whole sequence (x, a,
 *   yhat)
 */
export function shapeOf(name: string, sizes: Sizes): readonly number[] {
  const { n_x, n_a, n_y, m, T_x } = sizes;
  switch (name) {
    case "x":
      return [n_x, m, T_x];
    case "a":
      return [n_a, m, T_x];
    case "yhat":
      return [n_y, m, T_x];
    case "x_t":
      return [n_x, m];
    case "a_t":
      return [n_a, m];
    case "yhat_t":
      return [n_y, m];
    case "ax_t":
      return [n_a + n_x, m];
    case "Wax":
      return [n_a, n_x];
    case "Waa":
      return [n_a, n_a];
    case "Wya":
      return [n_y, n_a];
    case "Wa":
      return [n_a, n_a + n_x];
    case "ba":
      return [n_a, 1];
    case "by":
      return [n_y, 1];
    default:
      throw new RangeError(`shapeOf: the course has no symbol ${name}`);
  }
}
