// The usual slips of a first try at the forward pass.
import { type Mat, type RnnCell, type RnnParameters, Sequence, softmax, stackColumns, tanh } from "unrolled";

/** Forgets the bias ba. */
export function rnnCellForward(x_t: Mat, a_prev: Mat, parameters: RnnParameters) {
  const { Wax, Waa, Wya, by } = parameters;
  const a_next = tanh(Wax.dot(x_t as never).add(Waa.dot(a_prev as never)));
  return {
    a_next,
    yhat_t: softmax(Wya.dot(a_next).add(by)),
    cache: { x_t, a_prev, a_next, parameters },
  };
}

/** Stacks the two the other way round. */
export function stackWeights(Waa: Mat, Wax: Mat): Mat {
  return stackColumns(Wax, Waa);
}

/** Starts from zeros, whatever a⟨0⟩ is. */
export function rnnForward(x: Sequence, a_0: Mat, parameters: RnnParameters, cell: RnnCell) {
  const a: Mat[] = [];
  const yhat: Mat[] = [];
  const caches: unknown[] = [];
  let a_prev = a_0.times(0);
  for (const x_t of x) {
    const step = cell(x_t as never, a_prev as never, parameters);
    a.push(step.a_next);
    yhat.push(step.yhat_t);
    caches.push(step.cache);
    a_prev = step.a_next as never;
  }
  return { a: Sequence.of(a), yhat: Sequence.of(yhat), caches };
}
