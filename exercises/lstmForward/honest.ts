import { type LstmCache, type LstmStep, type Mat, Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

/** Right ways to take the steps of an LSTM in a row that are not the library's. */
export const honest: readonly Honest<typeof starter.lstmForward>[] = [
  {
    style: "recursion to the last step: step t asks for step t − 1",
    write: (x, a_0, parameters, { c_0, cell }) => {
      const until = (t: number): readonly LstmStep[] => {
        if (t === 0) return [];
        const before = until(t - 1);
        const last = before.at(-1);
        return [...before, cell(x.at(t), last?.a_next ?? a_0, last?.c_next ?? c_0, parameters)];
      };
      const steps = until(x.T_x);
      const step = (t: number): LstmStep => steps[t - 1]!;
      return {
        caches: steps.map(({ cache }) => cache),
        yhat: Sequence.build(x.T_x, (t) => step(t).yhat_t),
        c: Sequence.build(x.T_x, (t) => step(t).c_next),
        a: Sequence.build(x.T_x, (t) => step(t).a_next),
      };
    },
  },
  {
    style: "lists that begin with a⟨0⟩ and c⟨0⟩, which are taken off at the end",
    write: (x, a_0, parameters, { c_0, cell }) => {
      const [a, c]: [Mat<"n_a", "m">[], Mat<"n_a", "m">[]] = [[a_0], [c_0]];
      const yhat: Mat<"n_y", "m">[] = [];
      const caches: LstmCache[] = [];
      for (let t = 1; t <= x.T_x; t++) {
        const { a_next, c_next, yhat_t, cache } = cell(x.at(t), a[t - 1]!, c[t - 1]!, parameters);
        a.push(a_next);
        c.push(c_next);
        yhat.push(yhat_t);
        caches.push(cache);
      }
      return {
        a: Sequence.of(a.slice(1)),
        c: Sequence.of(c.slice(1)),
        yhat: Sequence.of(yhat),
        caches,
      };
    },
  },
  {
    style: "the sequence's own map, with state and memory in a closure",
    write: (x, a_0, parameters, { c_0, cell }) => {
      let held = { a: a_0, c: c_0 };
      const kept: (typeof held)[] = [];
      const caches: LstmCache[] = new Array(x.T_x);
      const yhat = x.map<"n_y", "m">((x_t, t) => {
        const { a_next, c_next, yhat_t, cache } = cell(x_t, held.a, held.c, parameters);
        caches[t - 1] = cache;
        kept.push((held = { a: a_next, c: c_next }));
        return yhat_t;
      });
      return {
        a: x.map((_, t) => kept[t - 1]!.a),
        c: x.map((_, t) => kept[t - 1]!.c),
        yhat,
        caches,
      };
    },
  },
];
