import { Mat, type RnnStep, Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { ofColumns } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Right ways to let an example that has ended stand still that are not the library's. */
export const honest: readonly Honest<typeof starter.manyToManySynced>[] = [
  {
    style: "example by example; the cell is not asked where one has ended",
    write: (x, a_0, parameters, cell, mask) => {
      const silence = new Float64Array(parameters.by.rows);
      const examples = Array.from({ length: x.cols }, (_, i) => {
        let state: Mat = a_0.column(i);
        return Array.from(x.example(i + 1), (x_t, index) => {
          if (mask.at(index + 1).get(0, i) === 0) return { a: state.data, yhat: silence };
          const { a_next, yhat_t } = cell(x_t, state, parameters);
          state = a_next;
          return { a: a_next.data, yhat: yhat_t.data };
        });
      });
      const step = (key: "a" | "yhat", rows: number, t: number): Mat =>
        ofColumns(
          rows,
          examples.map((steps) => steps[t - 1]![key]),
        );
      return {
        a: Sequence.build(x.T_x, (t) => step("a", a_0.rows, t)),
        yhat: Sequence.build(x.T_x, (t) => step("yhat", parameters.by.rows, t)),
      };
    },
  },
  {
    style: "as a change to the state before: a⟨t−1⟩ + mask (a_next − a⟨t−1⟩)",
    write: (x, a_0, parameters, cell, mask) => {
      const states: Mat[] = [a_0];
      const yhat: Mat[] = [];
      Array.from(x).forEach((x_t, index) => {
        const a_prev = states[index]!;
        const { a_next, yhat_t } = cell(x_t, a_prev, parameters);
        const runs = mask.at(index + 1);
        states.push(a_prev.add(a_next.sub(a_prev).times(runs)));
        yhat.push(yhat_t.sub(yhat_t.times(Mat.filled(1, x.cols, 1).sub(runs))));
      });
      return { a: Sequence.of(states.slice(1)), yhat: Sequence.of(yhat) };
    },
  },
  {
    style: "recursion over t, each entry a question",
    write: (x, a_0, parameters, cell, mask) => {
      const from = (t: number, a_prev: Mat): readonly Pick<RnnStep, "a_next" | "yhat_t">[] => {
        if (t > x.T_x) return [];
        const runs = (i: number): boolean => mask.at(t).get(0, i) !== 0;
        const step = cell(x.at(t), a_prev, parameters);
        const a_next: Mat = step.a_next.map((value, k, i) => (runs(i) ? value : a_prev.get(k, i)));
        const yhat_t: Mat = step.yhat_t.map((value, _k, i) => (runs(i) ? value : 0));
        return [{ a_next, yhat_t }, ...from(t + 1, a_next)];
      };
      const steps = from(1, a_0);
      return {
        a: Sequence.of(steps.map(({ a_next }) => a_next)),
        yhat: Sequence.of(steps.map(({ yhat_t }) => yhat_t)),
      };
    },
  },
  {
    style: "sequences of zeros, filled in place where the mask is 1",
    write: (x, a_0, parameters, cell, mask) => {
      const { T_x, cols: m } = x;
      const a = Sequence.zeros<"n_a", "m">(T_x, a_0.rows, m);
      const yhat = Sequence.zeros<"n_y", "m">(T_x, parameters.by.rows, m);
      for (let t = 1; t <= T_x; t++) {
        const a_prev = t === 1 ? a_0 : a.at(t - 1);
        a.at(t).data.set(a_prev.data);
        const step = cell(x.at(t), a_prev, parameters);
        for (let i = 0; i < m; i++) {
          if (mask.at(t).data[i] === 0) continue;
          for (let n = i; n < a_0.data.length; n += m) a.at(t).data[n] = step.a_next.data[n]!;
          for (let n = i; n < step.yhat_t.data.length; n += m) {
            yhat.at(t).data[n] = step.yhat_t.data[n]!;
          }
        }
      }
      return { a, yhat };
    },
  },
];
