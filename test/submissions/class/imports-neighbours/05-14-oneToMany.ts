import { Mat, type RnnCell, type RnnParameters, Sequence } from "unrolled";

export function oneToMany(
  x_1: Mat,
  a_0: Mat<"n_a", "m">,
  parameters: RnnParameters,
  T_y: number,
  cell: RnnCell,
) {
  if (!Number.isInteger(T_y) || T_y < 1) throw new RangeError(`no number of steps: ${T_y}`);
  const steps: ReturnType<RnnCell>[] = [];
  let x_t = x_1;
  let a_prev = a_0;
  while (steps.length < T_y) {
    const step = cell(x_t, a_prev, parameters);
    steps.push(step);
    x_t = step.yhat_t;
    a_prev = step.a_next;
  }
  return {
    a: Sequence.of(steps.map(({ a_next }) => a_next)),
    yhat: Sequence.of(steps.map(({ yhat_t }) => yhat_t)),
    caches: steps.map(({ cache }) => cache),
  };
}
