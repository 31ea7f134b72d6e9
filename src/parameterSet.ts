/** Parameter sets and their gradients: the gradient of "Wax" stands under "dWax". */
import type { Mat } from "./matrix.js";

/** Matrices by name, such as RnnParameters. */
export type MatricesOf<P> = { readonly [Name in keyof P]: Mat };

/** The gradients of a parameter set: one for each name, of its shape, with a d in front. */
export type GradientsOf<P> = { readonly [Name in keyof P & string as `d${Name}`]: P[Name] };

/** A parameter set with each matrix replaced by what `change` makes of it. */
export function mapMatrices<P extends MatricesOf<P>>(
  set: P,
  change: (matrix: Mat, name: keyof P & string) => Mat,
): P {
  const names = Object.keys(set) as (keyof P & string)[];
  return Object.fromEntries(names.map((name) => [name, change(set[name], name)])) as unknown as P;
}
