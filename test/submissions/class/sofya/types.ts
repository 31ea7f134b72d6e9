// The usual slips with losses and with the five types.
import { Mat, type RnnCell, type RnnParameters, Sequence, softmax } from "unrolled";

/** Goes by the first example alone. */
export function classifyTask([first]: { T_x: number; T_y: number }[]): string {
  const { T_x, T_y } = first!;
  if (!(Number.isInteger(T_x) && Number.isInteger(T_y) && T_x >= 0 && T_y >= 1)) {
    throw new RangeError("no lengths");
  }
  if (T_x <= 1) return T_y === 1 ? "one-to-one" : "one-to-many";
  if (T_y === 1) return "many-to-one";
  return T_x === T_y ? "many-to-many-equal" : "many-to-many-unequal";
}

/** Takes the logarithm of the softmax, which may be zero by then. */
export function softmaxCrossEntropy(z: Sequence, y: Sequence, mask?: Sequence<"1", "m">) {
  const m = z.cols;
  const weights = mask ?? z.map(() => Mat.filled<"1", "m">(1, m, 1));
  const losses = Array.from(z, (z_t, index) => {
    const logs = softmax(z_t).map(Math.log);
    return -y.at(index + 1).times(logs).times(weights.at(index + 1)).sum() / m;
  });
  const dz = z.map((z_t, t) => softmax(z_t).sub(y.at(t)).times(weights.at(t)).times(1 / m));
  return { total: losses.reduce((a, b) => a + b, 0), perStep: Mat.from([losses]), dz };
}

/** Feeds the first input in again at every step. */
export function oneToMany(x_1: Mat, a_0: Mat, parameters: RnnParameters, T_y: number, cell: RnnCell) {
  if (!(Number.isInteger(T_y) && T_y >= 1)) throw new RangeError("no number of steps");
  const steps: ReturnType<RnnCell>[] = [];
  let a_prev = a_0;
  for (let t = 1; t <= T_y; t++) {
    const step = cell(x_1 as never, a_prev as never, parameters);
    steps.push(step);
    a_prev = step.a_next as never;
  }
  return {
    a: Sequence.of(steps.map((step) => step.a_next)),
    yhat: Sequence.of(steps.map((step) => step.yhat_t)),
    caches: steps.map((step) => step.cache),
  };
}

/** Takes no notice of the mask. */
export function manyToManySynced(x: Sequence, a_0: Mat, parameters: RnnParameters, cell: RnnCell) {
  const steps: ReturnType<RnnCell>[] = [];
  for (const x_t of x) {
    steps.push(cell(x_t as never, (steps.at(-1)?.a_next ?? a_0) as never, parameters));
  }
  return {
    a: Sequence.of(steps.map((step) => step.a_next)),
    yhat: Sequence.of(steps.map((step) => step.yhat_t)),
    caches: steps.map((step) => step.cache),
  };
}
