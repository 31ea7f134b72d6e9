import { type Mat, type RnnCache, type RnnStep, Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

function together(steps: readonly RnnStep[]): ReturnType<typeof starter.oneToMany> {
  return {
    a: Sequence.of(steps.map(({ a_next }) => a_next)),
    yhat: Sequence.of(steps.map(({ yhat_t }) => yhat_t)),
    caches: steps.map(({ cache }) => cache),
  };
}

/** Right ways to let the network read what it said that are not the library's. */
export const honest: readonly Honest<typeof starter.oneToMany>[] = [
  {
    style: "by recursion: one step, then those that start from what it gives",
    write: (x_1, a_0, parameters, T_y, cell) => {
      const stepsFrom = (x_t: Mat, a_prev: Mat, left: number): readonly RnnStep[] => {
        if (left <= 0) return [];
        const step = cell(x_t, a_prev, parameters);
        return [step, ...stepsFrom(step.yhat_t, step.a_next, left - 1)];
      };
      return together(stepsFrom(x_1, a_0, T_y));
    },
  },
  {
    style: "an endless generator, of which T_y steps are taken",
    write: (x_1, a_0, parameters, T_y, cell) => {
      function* speech(): Generator<RnnStep, never> {
        for (let x_t: Mat = x_1, a_prev: Mat = a_0; ;) {
          const step = cell(x_t, a_prev, parameters);
          yield step;
          [x_t, a_prev] = [step.yhat_t, step.a_next];
        }
      }
      const said = speech();
      return together(Array.from({ length: T_y }, () => said.next().value));
    },
  },
  {
    style: "a fold over the numbers of the steps, behind a step that was never made",
    write: (x_1, a_0, parameters, T_y, cell) => {
      const before: Pick<RnnStep, "a_next" | "yhat_t"> = { yhat_t: x_1 as Mat, a_next: a_0 };
      const steps = Array.from(Array(T_y).keys()).reduce<readonly RnnStep[]>((made) => {
        const { yhat_t, a_next }: typeof before = made.at(-1) ?? before;
        return made.concat(cell(yhat_t as Mat, a_next, parameters));
      }, []);
      return together(steps);
    },
  },
  {
    style: "the sequence built by a speaker that remembers",
    write: (x_1, a_0, parameters, T_y, cell) => {
      class Speaker {
        readonly caches: RnnCache[] = [];
        readonly states: Mat<"n_a", "m">[] = [];
        private heard: Mat = x_1;
        say(): Mat<"n_y", "m"> {
          const { a_next, yhat_t, cache } = cell(this.heard, this.states.at(-1) ?? a_0, parameters);
          this.states.push(a_next);
          this.caches.push(cache);
          this.heard = yhat_t;
          return yhat_t;
        }
      }
      const speaker = new Speaker();
      const yhat = Sequence.build(T_y, () => speaker.say());
      return { yhat, a: Sequence.of(speaker.states), caches: speaker.caches };
    },
  },
];
