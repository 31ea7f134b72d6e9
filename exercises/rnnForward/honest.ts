import { type Mat, type RnnCache, type RnnStep, Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

/** Right ways to take the steps in a row that are not the library's. */
export const honest: readonly Honest<typeof starter.rnnForward>[] = [
  {
    style: "a list of steps, each from the last one of the list",
    write: (x, a_0, parameters, cell) => {
      const steps: RnnStep[] = [];
      for (const x_t of x) steps.push(cell(x_t, steps.at(-1)?.a_next ?? a_0, parameters));
      return {
        a: Sequence.of(steps.map(({ a_next }) => a_next)),
        yhat: Sequence.of(steps.map(({ yhat_t }) => yhat_t)),
        caches: steps.map(({ cache }) => cache),
      };
    },
  },
  {
    style: "recursion to the last step: step t asks for step t − 1",
    write: (x, a_0, parameters, cell) => {
      const until = (t: number): readonly RnnStep[] => {
        if (t === 0) return [];
        const before = until(t - 1);
        return [...before, cell(x.at(t), before[t - 2]?.a_next ?? a_0, parameters)];
      };
      const steps = until(x.T_x);
      const step = (t: number): RnnStep => steps[t - 1]!;
      return {
        caches: steps.map(({ cache }) => cache),
        yhat: Sequence.build(x.T_x, (t) => step(t).yhat_t),
        a: Sequence.build(x.T_x, (t) => step(t).a_next),
      };
    },
  },
  {
    style: "a generator of steps",
    write: (x, a_0, parameters, cell) => {
      function* steps(): Generator<RnnStep> {
        let a_prev = a_0;
        for (const x_t of x) {
          const step = cell(x_t, a_prev, parameters);
          ({ a_next: a_prev } = step);
          yield step;
        }
      }
      const [a, yhat, caches] = Array.from(steps()).reduce<
        [Mat<"n_a", "m">[], Mat<"n_y", "m">[], RnnCache[]]
      >(
        ([states, predictions, kept], step) => [
          [...states, step.a_next],
          [...predictions, step.yhat_t],
          [...kept, step.cache],
        ],
        [[], [], []],
      );
      return { a: Sequence.of(a), yhat: Sequence.of(yhat), caches };
    },
  },
  {
    style: "the sequence's own map, with the state in a closure",
    write: (x, a_0, parameters, cell) => {
      let state = a_0;
      const caches: RnnCache[] = new Array(x.T_x);
      const states: Mat<"n_a", "m">[] = [];
      const yhat = x.map<"n_y", "m">((x_t, t) => {
        const { a_next, yhat_t, cache } = cell(x_t, state, parameters);
        caches[t - 1] = cache;
        states[t - 1] = state = a_next;
        return yhat_t;
      });
      return { a: Sequence.of(states), yhat, caches };
    },
  },
];
