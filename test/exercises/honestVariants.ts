/**
 * Right functions, written in other ways than the library's: sums in another order, loops over raw
 * numbers, buffers that are filled in place. No tolerance may be too tight for them.
 */
import type { AnyFunction } from "../../exercises/exercise.js";
import {
  Mat,
  type RnnCache,
  type RnnCell,
  type RnnCellBackward,
  type RnnParameters,
  Sequence,
  stackColumns,
  stackRows,
} from "../../src/index.js";

/** The sum of f(k) for k = n − 1, …, 0: the other way round than the library's. */
function sumDown(n: number, f: (k: number) => number): number {
  let total = 0;
  for (let k = n - 1; k >= 0; k--) total += f(k);
  return total;
}

/** A product whose inner sums run downwards. */
function product(left: Mat, right: Mat): Mat {
  return Mat.build(left.rows, right.cols, (i, j) =>
    sumDown(left.cols, (k) => left.get(i, k) * right.get(k, j)),
  );
}

/** log Σ_k e^(z_ki) of column i. */
function logTotal(z: Mat, i: number): number {
  const column = Array.from(z.column(i).data);
  const largest = Math.max(...column);
  return largest + Math.log(sumDown(column.length, (k) => Math.exp(column[k]! - largest)));
}

/** Softmax as the exponential of log softmax. */
function softmaxByLogs(z: Mat): Mat {
  return z.map((value, _k, i) => Math.exp(value - logTotal(z, i)));
}

function cellStacked(x_t: Mat, a_prev: Mat, parameters: RnnParameters): unknown {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const z = product(stackColumns<string, string, string>(Wax, Waa), stackRows(x_t, a_prev));
  const a_next = z.map((value, k) => {
    const e = Math.exp(-2 * Math.abs(value + ba.get(k, 0))); // tanh by its exponentials
    return (Math.sign(value + ba.get(k, 0)) * (1 - e)) / (1 + e);
  });
  const yhat_t = softmaxByLogs(product(Wya, a_next).add(by));
  return { yhat_t, a_next, cache: { x_t, a_prev, a_next, parameters } };
}

function cellBackwardByLoops(da_next: Mat, cache: RnnCache): unknown {
  const { x_t, a_prev, a_next, parameters } = cache;
  const { Wax, Waa } = parameters;
  const m = da_next.cols;
  const dz = da_next.map((d, k, i) => d * (1 - a_next.get(k, i)) * (1 + a_next.get(k, i)));
  const [n_a, n_x] = Wax.shape;
  return {
    dba: Mat.build(n_a, 1, (k) => sumDown(m, (i) => dz.get(k, i))),
    dWax: Mat.build(n_a, n_x, (k, r) => sumDown(m, (i) => dz.get(k, i) * x_t.get(r, i))),
    dWaa: Mat.build(n_a, n_a, (k, r) => sumDown(m, (i) => dz.get(k, i) * a_prev.get(r, i))),
    dx_t: Mat.build(n_x, m, (r, i) => sumDown(n_a, (k) => Wax.get(k, r) * dz.get(k, i))),
    da_prev: Mat.build(n_a, m, (r, i) => sumDown(n_a, (k) => Waa.get(k, r) * dz.get(k, i))),
  };
}

/** Collects every step's gradients first, and adds them up from step 1 on. */
function backwardThenSum(
  da: Sequence,
  caches: readonly RnnCache[],
  cellBackward: RnnCellBackward,
): unknown {
  const steps: ReturnType<RnnCellBackward>[] = [];
  let carried: Mat | undefined;
  for (let t = da.T_x; t >= 1; t--) {
    const own: Mat = da.at(t);
    const step = cellBackward(carried === undefined ? own : carried.add(own), caches[t - 1]!);
    steps.unshift(step);
    carried = step.da_prev;
  }
  const sum = (key: "dWax" | "dWaa" | "dba"): Mat =>
    steps.map((step): Mat => step[key]).reduce((total, one) => total.add(one));
  return {
    dx: Sequence.of(steps.map((step) => step.dx_t)),
    da_0: carried,
    dWax: sum("dWax"),
    dWaa: sum("dWaa"),
    dba: sum("dba"),
  };
}

function lossByLoops(z: Sequence, y: Sequence, mask?: Sequence): unknown {
  const { T_x: T, rows: n_y, cols: m } = z;
  const counts = (t: number, i: number): number => mask?.at(t).get(0, i) ?? 1;
  const perStep = Mat.zeros(1, T);
  for (let t = T; t >= 1; t--) {
    for (let i = 0; i < m; i++) {
      if (counts(t, i) === 0) continue;
      const label = Array.from(y.at(t).column(i).data).indexOf(1);
      perStep.data[t - 1]! += (logTotal(z.at(t), i) - z.at(t).get(label, i)) / m;
    }
  }
  const dz = Sequence.build(T, (t) => {
    const yhat = softmaxByLogs(z.at(t));
    return Mat.build(n_y, m, (k, i) => (counts(t, i) / m) * (yhat.get(k, i) - y.at(t).get(k, i)));
  });
  return { total: sumDown(T, (index) => perStep.get(0, index)), perStep, dz };
}

function binaryByLoops(yhat_t: Mat, y_t: Mat): Mat {
  return Mat.build(1, y_t.cols, (_, i) =>
    sumDown(y_t.rows, (k) => {
      const right = y_t.get(k, i) === 1 ? yhat_t.get(k, i) : 1 - yhat_t.get(k, i);
      return Math.min(-Math.log(right), 100);
    }),
  );
}

/** One buffer, moved and put back entry by entry. */
function differencesInPlace(f: (theta: Mat) => number, theta: Mat, h: number): Mat {
  const moved = new Mat(theta.rows, theta.cols, theta.data);
  const result = Mat.zeros(theta.rows, theta.cols);
  for (let n = moved.data.length - 1; n >= 0; n--) {
    moved.data[n] = theta.data[n]! - h;
    const below = f(moved);
    moved.data[n] = theta.data[n]! + h;
    result.data[n] = f(moved) / (2 * h) - below / (2 * h);
    moved.data[n] = theta.data[n]!;
  }
  return result;
}

function checkByHypot(f: (theta: Mat) => number, theta: Mat, g: Mat, h: number): unknown {
  const n = differencesInPlace(f, theta, h);
  const distances = Array.from(n.data, (value, index) => Math.abs(value - g.data[index]!));
  const worst = distances.indexOf(Math.max(...distances));
  const lengths = Math.hypot(...n.data) + Math.hypot(...g.data);
  return {
    relativeError: lengths === 0 ? 0 : Math.hypot(...distances) / lengths,
    row: 1 + Math.floor(worst / theta.cols),
    column: 1 + (worst % theta.cols),
  };
}

function unrolled(x: readonly Mat[], a_0: Mat, parameters: RnnParameters, cell: RnnCell): Steps {
  const steps: ReturnType<RnnCell>[] = [];
  for (const x_t of x) steps.push(cell(x_t, steps.at(-1)?.a_next ?? a_0, parameters));
  return {
    a: Sequence.of<string, string>(steps.map((step) => step.a_next)),
    yhat: Sequence.of<string, string>(steps.map((step) => step.yhat_t)),
    caches: steps.map((step) => step.cache),
  };
}

interface Steps {
  readonly a: Sequence;
  readonly yhat: Sequence;
  readonly caches: readonly RnnCache[];
}

/** Example by example, each as long as it is: nothing is padded. */
function oneByOne(
  x: Sequence,
  a_0: Mat,
  parameters: RnnParameters,
  cell: RnnCell,
  mask: Sequence | undefined,
): readonly Steps[] {
  return Array.from({ length: x.cols }, (_, i) => {
    const own = Array.from(x.example(i + 1)).filter((_x_t, t) => mask?.at(t + 1).get(0, i) !== 0);
    return unrolled(own, a_0.column(i), parameters, cell);
  });
}

function lastOfEach(
  x: Sequence,
  a_0: Mat,
  parameters: RnnParameters,
  cell: RnnCell,
  mask?: Sequence,
): unknown {
  const columns = oneByOne(x, a_0, parameters, cell, mask).map(({ yhat }) => yhat.at(yhat.T_y));
  return {
    yhat: columns.reduce((left, right) => stackColumns<string, string, string>(left, right)),
  };
}

function syncedOneByOne(
  x: Sequence,
  a_0: Mat,
  parameters: RnnParameters,
  cell: RnnCell,
  mask: Sequence,
): unknown {
  const examples = oneByOne(x, a_0, parameters, cell, mask);
  const [n_y] = parameters.by.shape;
  return {
    a: Sequence.build(x.T_x, (t) =>
      Mat.build(a_0.rows, x.cols, (k, i) => {
        const { a } = examples[i]!;
        return a.at(Math.min(t, a.T_x)).get(k, 0);
      }),
    ),
    yhat: Sequence.build(x.T_x, (t) =>
      Mat.build(n_y, x.cols, (k, i) => {
        const { yhat } = examples[i]!;
        return t <= yhat.T_y ? yhat.at(t).get(k, 0) : 0;
      }),
    ),
  };
}

/** By recursion: one step, then those that start from what it gives. */
function stepsFrom(
  x_t: Mat,
  a_prev: Mat,
  parameters: RnnParameters,
  left: number,
  cell: RnnCell,
): readonly ReturnType<RnnCell>[] {
  if (left === 0) return [];
  const step = cell(x_t, a_prev, parameters);
  return [step, ...stepsFrom(step.yhat_t, step.a_next, parameters, left - 1, cell)];
}

function generatedByRecursion(
  x_1: Mat,
  a_0: Mat,
  parameters: RnnParameters,
  T_y: number,
  cell: RnnCell,
): Steps {
  if (!Number.isInteger(T_y) || T_y < 1) throw new RangeError(`no number of steps: ${T_y}`);
  const steps = stepsFrom(x_1, a_0, parameters, T_y, cell);
  return {
    a: Sequence.of<string, string>(steps.map((step) => step.a_next)),
    yhat: Sequence.of<string, string>(steps.map((step) => step.yhat_t)),
    caches: steps.map((step) => step.cache),
  };
}

/** Word by word: each entry asks whether it is the one. */
function oneHotByQuestion(indices: readonly number[], n_x: number): Mat {
  const wrong = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= n_x);
  if (wrong !== undefined) throw new RangeError(`no such word: ${wrong}`);
  return Mat.build(n_x, indices.length, (k, i) => Number(indices[i] === k));
}

/** Right functions by exercise; most that only put numbers in their places are left out. */
export const honestVariants: Readonly<Record<string, AnyFunction>> = {
  rnnCellForward: cellStacked,
  rnnForward: (x: Sequence, a_0: Mat, parameters: RnnParameters, cell: RnnCell) =>
    unrolled(Array.from(x), a_0, parameters, cell),
  binaryCrossEntropy: binaryByLoops,
  softmaxCrossEntropy: lossByLoops,
  rnnCellBackward: cellBackwardByLoops,
  rnnBackward: backwardThenSum,
  numericalGradient: differencesInPlace,
  gradientCheck: checkByHypot,
  oneHot: oneHotByQuestion,
  oneToMany: generatedByRecursion,
  manyToOne: lastOfEach,
  manyToManySynced: syncedOneByOne,
};
