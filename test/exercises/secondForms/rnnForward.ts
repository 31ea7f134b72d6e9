/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat, type RnnCell, type RnnParameters, Sequence } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type Step = ReturnType<RnnCell>;
type Steps = Sequence<"n_x", "m">;
type State = Mat<"n_a", "m">;
const answer = (steps: readonly Step[]) => ({
  a: Sequence.of(steps.map((s) => s.a_next)),
  yhat: Sequence.of(steps.map((s) => s.yhat_t)),
  caches: steps.map((s) => s.cache),
});

/** A loop over t in `order`, with input, state and what is carried as told. */
function loop(
  change: {
    order?: (T: number) => number[];
    input?: (x: Steps, t: number) => Mat<"n_x", "m">;
    start?: (a_0: State) => State;
    carry?: (step: Step, before: State, a_0: State, t: number) => State;
    gather?: (steps: Step[]) => unknown;
  } = {},
) {
  return (x: Steps, a_0: State, parameters: RnnParameters, cell: RnnCell): unknown => {
    const order = change.order?.(x.T_x) ?? Array.from({ length: x.T_x }, (_, i) => i + 1);
    let a = change.start?.(a_0) ?? a_0;
    const steps: Step[] = [];
    for (const t of order) {
      const step = cell(change.input?.(x, t) ?? x.at(t), a, parameters);
      steps.push(step);
      a = change.carry?.(step, a, a_0, t) ?? step.a_next;
    }
    return (change.gather ?? answer)(steps);
  };
}
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const swapped = (s: Step[]) => ({ ...answer(s), caches: s.map((v) => v.cache).reverse() });

/** rnnForward as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "zero-start": ["the first state is zero, a_0 unused", loop({ start: (a) => a.times(0) })],
    "state-not-carried": ["every step starts from a_0", loop({ carry: (_s, _b, a_0) => a_0 })],
    "stops-early": [
      "the loop ends before T_x (t < T_x)",
      loop({ order: (T) => count(Math.max(1, T - 1)) }),
    ],
    "starts-late": [
      "the loop starts at t = 2",
      loop({ order: (T) => (T === 1 ? [1] : count(T).slice(1)) }),
    ],
    backwards: ["the sequence is read from the end", loop({ order: (T) => count(T).reverse() })],
    "first-input": ["every step reads x⟨1⟩", loop({ input: (x) => x.at(1) })],
    "last-input": ["every step reads the last input", loop({ input: (x) => x.at(x.T_x) })],
    "input-late": ["x⟨t−1⟩ for x⟨t⟩", loop({ input: (x, t) => x.at(Math.max(1, t - 1)) })],
    "input-early": ["x⟨t+1⟩ for x⟨t⟩", loop({ input: (x, t) => x.at(Math.min(x.T_x, t + 1)) })],
    "caches-reversed": ["caches are in the reverse order", loop({ gather: swapped })],
    "unshifted-all": [
      "all lists are filled from the front",
      loop({ gather: (s) => answer([...s].reverse()) }),
    ],
    "states-before": [
      "a holds the states before each step, from a_0",
      (x: Steps, a_0: State, p: RnnParameters, cell: RnnCell) => {
        const a: State[] = [];
        const steps: Step[] = [];
        let now = a_0;
        for (const x_t of x) {
          a.push(now);
          const step = cell(x_t, now, p);
          steps.push(step);
          now = step.a_next;
        }
        return { ...answer(steps), a: Sequence.of(a) };
      },
    ],
    "a0-included": [
      "a has a_0 as its first step, T_x + 1 in all",
      (x: Steps, a_0: State, p: RnnParameters, cell: RnnCell) => {
        const a: State[] = [a_0];
        const steps: Step[] = [];
        for (const x_t of x) {
          const step = cell(x_t, a.at(-1)!, p);
          steps.push(step);
          a.push(step.a_next);
        }
        return { ...answer(steps), a: Sequence.of(a) };
      },
    ],
    "last-only": [
      "only the last step's cache is kept",
      loop({ gather: (s) => ({ ...answer(s), caches: [s.at(-1)!.cache] }) }),
    ],
    "last-for-all": [
      "the last prediction stands for all",
      loop({ gather: (s) => ({ ...answer(s), yhat: Sequence.of(s.map(() => s.at(-1)!.yhat_t)) }) }),
    ],
    "yhat-is-a": [
      "ŷ is filled with the states",
      loop({ gather: (s) => ({ ...answer(s), yhat: Sequence.of(s.map((v) => v.a_next)) }) }),
    ],
    "same-cache": [
      "the first cache is pushed each time",
      loop({ gather: (s) => ({ ...answer(s), caches: s.map(() => s[0]!.cache) }) }),
    ],
    "averaged-state": [
      "the state is averaged with the one before",
      loop({ carry: (s, b) => s.a_next.add(b).times(0.5) }),
    ],
    "state-summed": ["states are summed up", loop({ carry: (s, b) => s.a_next.add(b) })],
    "final-state": [
      "a is the last state only",
      loop({ gather: (s) => ({ ...answer(s), a: Sequence.of([s.at(-1)!.a_next]) }) }),
    ],
    stale: [
      "the state is carried one step late",
      (x: Steps, a_0: State, p: RnnParameters, cell: RnnCell) => {
        const steps: Step[] = [];
        for (let t = 1; t <= x.T_x; t++)
          steps.push(cell(x.at(t), t < 3 ? a_0 : steps[t - 3]!.a_next, p));
        return answer(steps);
      },
    ],
  },
  pairs: {
    "zero-and-early-stop": [
      "zero start; ends early",
      loop({ start: (a) => a.times(0), order: (T) => count(Math.max(1, T - 1)) }),
    ],
    "zero-and-reversed-caches": [
      "zero start; caches reversed",
      loop({ start: (a) => a.times(0), gather: swapped }),
    ],
    "zero-and-first-input": [
      "zero start; every step reads x⟨1⟩",
      loop({ start: (a) => a.times(0), input: (x) => x.at(1) }),
    ],
    "not-carried-and-late": [
      "state not carried; input one step late",
      loop({ carry: (_s, _b, a_0) => a_0, input: (x, t) => x.at(Math.max(1, t - 1)) }),
    ],
    "backwards-and-zero": [
      "read from the end; zero start",
      loop({ order: (T) => count(T).reverse(), start: (a) => a.times(0) }),
    ],
    "not-carried-yhat-is-a": [
      "state not carried; ŷ is filled with the states",
      loop({
        carry: (_s, _b, a_0) => a_0,
        gather: (s) => ({ ...answer(s), yhat: Sequence.of(s.map((v) => v.a_next)) }),
      }),
    ],
  },
  right: {
    reduce: [
      "a fold",
      (x: Steps, a_0: State, p: RnnParameters, cell: RnnCell) =>
        answer(
          Array.from(x).reduce<Step[]>(
            (done, x_t) => [...done, cell(x_t, done.at(-1)?.a_next ?? a_0, p)],
            [],
          ),
        ),
    ],
    recursion: [
      "a recursion",
      (x: Steps, a_0: State, p: RnnParameters, cell: RnnCell) => {
        const from = (t: number, a: State): Step[] => {
          if (t > x.T_x) return [];
          const step = cell(x.at(t), a, p);
          return [step, ...from(t + 1, step.a_next)];
        };
        return answer(from(1, a_0));
      },
    ],
  },
};
