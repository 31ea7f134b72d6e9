/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat, type RnnCell, type RnnParameters, Sequence } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type Step = ReturnType<RnnCell>;
interface Slips {
  T?: (T: number) => number;
  next?: (step: Step, x_1: Mat, x: Mat) => Mat;
  carry?: (step: Step, a_0: Mat, a: Mat) => Mat;
  start?: (a_0: Mat) => Mat;
  gather?: (steps: Step[], x_1: Mat) => object;
  checked?: boolean;
}
function say(s: Slips = {}) {
  return (x_1: Mat, a_0: Mat, p: RnnParameters, T_y: number, cell: RnnCell): unknown => {
    if (s.checked !== false && (!Number.isInteger(T_y) || T_y < 1)) throw new Error("bad T_y");
    const steps: Step[] = [];
    let x = x_1;
    let a = s.start?.(a_0) ?? a_0;
    for (let t = 0; t < (s.T?.(T_y) ?? T_y); t++) {
      const step = cell(x, a as never, p);
      steps.push(step);
      x = s.next?.(step, x_1, x) ?? step.yhat_t;
      a = s.carry?.(step, a_0, a) ?? step.a_next;
    }
    return {
      a: Sequence.of(steps.map((v) => v.a_next)),
      yhat: Sequence.of(steps.map((v) => v.yhat_t)),
      caches: steps.map((v) => v.cache),
      ...s.gather?.(steps, x_1),
    };
  };
}
const hard = (y: Mat): Mat => y.map((v, _k, i) => (v === Math.max(...y.column(i).data) ? 1 : 0));
const reversed = (s: Step[]) => ({ caches: s.map((v) => v.cache).reverse() });

/** oneToMany as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "same-input": ["every step reads x_1", say({ next: (_s, x_1) => x_1 })],
    "zero-input": ["later inputs are zero", say({ next: (_s, x_1) => x_1.times(0) })],
    argmax: [
      "the likeliest word, one-hot, is the next input",
      say({ next: (s) => hard(s.yhat_t) }),
    ],
    "input-added": [
      "ŷ is added to the input",
      say({ next: (s, _o, x) => x.add(s.yhat_t as never) }),
    ],
    "plus-x1": [
      "x_1 is added to each input",
      say({ next: (s, x_1) => s.yhat_t.add(x_1 as never) }),
    ],
    rescaled: [
      "ŷ is normalised to sum 1",
      say({
        next: (s) => {
          const sums = s.yhat_t.sumRows();
          return s.yhat_t.map((v, _k, i) => v / sums.get(0, i));
        },
      }),
    ],
    "not-carried": ["every step starts from a_0", say({ carry: (_s, a_0) => a_0 })],
    "state-zeroed": [
      "the state is zero after each step",
      say({ carry: (_s, a_0) => a_0.times(0) }),
    ],
    "zero-start": ["a_0 is not used", say({ start: (a) => a.times(0) })],
    "one-less": ["T_y − 1 steps", say({ T: (T) => Math.max(1, T - 1) })],
    "one-more": ["T_y + 1 steps", say({ T: (T) => T + 1 })],
    "caches-reversed": ["caches reversed", say({ gather: reversed })],
    "x1-in-yhat": [
      "ŷ begins with x_1 (a list of inputs)",
      say({
        gather: (s, x) => ({
          yhat: Sequence.of([x, ...s.slice(0, -1).map((v) => v.yhat_t as Mat)]),
        }),
      }),
    ],
    "yhat-is-a": [
      "ŷ is filled with states",
      say({ gather: (s) => ({ yhat: Sequence.of(s.map((v) => v.a_next)) }) }),
    ],
    "last-only": [
      "ŷ is the last prediction only",
      say({ gather: (s) => ({ yhat: Sequence.of([s.at(-1)!.yhat_t]) }) }),
    ],
    "same-cache": [
      "the first cache for every step",
      say({ gather: (s) => ({ caches: s.map(() => s[0]!.cache) }) }),
    ],
    unchecked: ["T_y = 0 is not refused by itself", say({ checked: false })],
    "first-twice": [
      "x_1 is read twice, then predictions",
      (x_1: Mat, a_0: Mat, p: RnnParameters, T: number, cell: RnnCell) => {
        let n = 0;
        return say({ next: (s) => (n++ === 0 ? x_1 : s.yhat_t) })(x_1, a_0, p, T, cell);
      },
    ],
  },
  pairs: {
    "same-input-zero-start": [
      "every step reads x_1; zero start",
      say({ next: (_s, x) => x, start: (a) => a.times(0) }),
    ],
    "argmax-not-carried": [
      "argmax is fed; state not carried",
      say({ next: (s) => hard(s.yhat_t), carry: (_s, a_0) => a_0 }),
    ],
    "zero-start-one-less": [
      "zero start; T_y − 1 steps",
      say({ start: (a) => a.times(0), T: (T) => Math.max(1, T - 1) }),
    ],
    "same-input-reversed": [
      "every step reads x_1; caches reversed",
      say({ next: (_s, x) => x, gather: reversed }),
    ],
    "argmax-one-more": [
      "argmax is fed; T_y + 1 steps",
      say({ next: (s) => hard(s.yhat_t), T: (T) => T + 1 }),
    ],
  },
  right: { plain: ["a for loop from 0", say()] },
};
