/** How a change of one state reaches a later one: the product that makes gradients vanish or explode. */
import { requireWhole } from "../core/arguments.js";
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import { checkShapes, Mat, requireMat, shapeText } from "../core/matrix.js";
import { requireSequences } from "../notation/requireSequence.js";
import type { Sequence } from "../notation/sequence.js";

/**
 * ∂a⟨t⟩/∂a⟨k⟩ of an RNN with a⟨s⟩ = tanh(Waa a⟨s−1⟩ + …): the product of one factor a step,
 * diag(1 − a⟨s⟩²) Waa for s = t, t − 1, …, k + 1, that of step t on the left.
 *
 * Source: Pascanu, Mikolov and Bengio (2013), equation 5.
 *
 * @param a - the states a⟨1⟩ … a⟨T_x⟩ of one example, (n_a, 1) each
 * @param Waa - from state to state, (n_a, n_a)
 * @param k - the earlier step, from 0 (the state before the first step)
 * @param t - the later step, from k to T_x
 * @returns (n_a, n_a): entry (i, j) is the slope of unit i of a⟨t⟩ by unit j of a⟨k⟩; the identity for t = k
 * @throws ShapeError when a holds more than one example or shapes differ; OutOfRangeError when k or t is no such step
 * @example
 * const a = Sequence.of([Mat.column([0]), Mat.column([0.5])]);
 * jacobianProduct(a, Mat.from([[2]]), 0, 2).toArray() // → [[3]]
 */
export function jacobianProduct(
  a: Sequence<"n_a", "1">,
  Waa: Mat<"n_a", "n_a">,
  k: number,
  t: number,
): Mat<"n_a", "n_a"> {
  requireSequences("jacobianProduct", { a });
  requireMat("jacobianProduct", "Waa", Waa);
  if (a.cols !== 1) {
    throw new ShapeError(
      `jacobianProduct: the states are ${shapeText(a.at(1))}: expected one example, (n_a, 1); take one with a.example(i)`,
    );
  }
  checkShapes("jacobianProduct", { "a⟨t⟩": [a.at(1), "n_a", "1"], Waa: [Waa, "n_a", "n_a"] });
  requireWhole("jacobianProduct", "k", k);
  requireWhole("jacobianProduct", "t", t, k);
  if (t > a.T_x) {
    throw new OutOfRangeError(
      `jacobianProduct: expected a step t of at most T_x = ${a.T_x}, got ${t}`,
    );
  }
  let product = Mat.build<"n_a", "n_a">(a.rows, a.rows, (i, j) => (i === j ? 1 : 0));
  for (let s = k + 1; s <= t; s++) {
    const slope = a.at(s).map((value) => 1 - value * value); //     tanh′ = 1 − a²
    product = Waa.dot(product).times(slope); //                     diag(1 − a⟨s⟩²) Waa · (…)
  }
  return product;
}
