import { NotImplementedError } from "unrolled";

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
  throw new NotImplementedError("shapeOf");
}
