// One file for all, no loops: folds over the sequence.
import { Mat, type RnnCache, type RnnCell, type RnnCellBackward, Sequence, softmax, tanh } from "unrolled";
import type { RnnParameters } from "unrolled";

type State = Mat<"n_a", "m">;
type Step = ReturnType<RnnCell>;

const affine = (...terms: Mat[]): Mat => terms.reduce((sum, term) => sum.add(term));

export const rnnCellForward = (x_t: Mat, a_prev: State, parameters: RnnParameters) => {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const a_next = tanh(affine(Waa.dot(a_prev), Wax.dot(x_t), ba));
  return {
    a_next,
    yhat_t: softmax(affine(Wya.dot(a_next), by)),
    cache: { x_t, a_prev, a_next, parameters },
  };
};

export const rnnForward = (x: Sequence, a_0: State, parameters: RnnParameters, cell: RnnCell) => {
  const steps = Array.from(x).reduce<Step[]>(
    (done, x_t) => [...done, cell(x_t, done.at(-1)?.a_next ?? a_0, parameters)],
    [],
  );
  return {
    a: Sequence.of(steps.map((step) => step.a_next)),
    yhat: Sequence.of(steps.map((step) => step.yhat_t)),
    caches: steps.map((step) => step.cache),
  };
};

export const rnnBackward = (
  da: Sequence<"n_a", "m">,
  caches: readonly RnnCache[],
  cellBackward: RnnCellBackward,
) => {
  const steps = caches.reduceRight<ReturnType<RnnCellBackward>[]>((done, cache, index) => {
    const carried = done[0]?.da_prev;
    const own = da.at(index + 1);
    return [cellBackward(carried === undefined ? own : own.add(carried), cache), ...done];
  }, []);
  const sum = (pick: (step: (typeof steps)[number]) => Mat): Mat => affine(...steps.map(pick));
  return {
    dx: Sequence.of(steps.map((step) => step.dx_t)),
    da_0: steps[0]!.da_prev,
    dWax: sum((step) => step.dWax),
    dWaa: sum((step) => step.dWaa),
    dba: sum((step) => step.dba),
  };
};

export const oneHot = (indices: readonly number[], n_x: number): Mat =>
  indices.every((index) => Number.isInteger(index) && index >= 0 && index < n_x)
    ? Mat.build(n_x, indices.length, (k, i) => Number(indices[i] === k))
    : (() => {
        throw new RangeError("an index outside the vocabulary");
      })();

export const softmaxCrossEntropy = (z: Sequence, y: Sequence, mask?: Sequence<"1", "m">) => {
  const weights = mask ?? z.map(() => Mat.filled<"1", "m">(1, z.cols, 1));
  const m = z.cols;
  const logTotals = (z_t: Mat): Mat => {
    const scores = z_t.T.toArray();
    return Mat.from([
      scores.map((column) => {
        const largest = column.reduce((a, b) => Math.max(a, b));
        return largest + Math.log(column.reduce((total, s) => total + Math.exp(s - largest), 0));
      }),
    ]);
  };
  const perStep = Mat.from([
    Array.from(
      z,
      (z_t, index) =>
        -y
          .at(index + 1)
          .times(z_t.sub(logTotals(z_t)))
          .times(weights.at(index + 1))
          .sum() / m,
    ),
  ]);
  const dz = z.map((z_t, t) =>
    softmax(z_t)
      .sub(y.at(t))
      .times(weights.at(t))
      .times(1 / m),
  );
  return { total: perStep.sum(), perStep, dz };
};
