import { Mat, type RnnCellGradients, Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { sumInHalves } from "../plainLoops.js";
import type * as starter from "./starter.js";

type Weight = "dWax" | "dWaa" | "dba";

/** Right ways back through time that are not the library's. */
export const honest: readonly Honest<typeof starter.rnnBackward>[] = [
  {
    style: "every step's gradients kept, and added up from step 1 on",
    write: (da, caches, cellBackward) => {
      const steps: RnnCellGradients[] = [];
      for (let t = da.T_x; t >= 1; t--) {
        const own = da.at(t);
        steps.unshift(cellBackward(steps[0]?.da_prev.add(own) ?? own, caches[t - 1]!));
      }
      const sum = (key: Weight): Mat =>
        steps.map((step): Mat => step[key]).reduce((total, one) => total.add(one));
      return {
        dx: Sequence.of(steps.map(({ dx_t }) => dx_t)),
        da_0: steps[0]!.da_prev,
        dWax: sum("dWax"),
        dWaa: sum("dWaa"),
        dba: sum("dba"),
      };
    },
  },
  {
    style: "recursion: step t asks for the gradients of what comes after it",
    write: (da, caches, cellBackward) => {
      const from = (t: number): readonly RnnCellGradients[] => {
        if (t > da.T_x) return [];
        const later = from(t + 1);
        const flowing: Mat = later[0]?.da_prev ?? Mat.zeros(da.rows, da.cols);
        return [cellBackward(flowing.add(da.at(t)), caches[t - 1]!), ...later];
      };
      const steps = from(1);
      const sum = (key: Weight): Mat =>
        steps[0]![key].map((_value, i, j) => sumInHalves(steps.map((step) => step[key].get(i, j))));
      return {
        da_0: steps[0]!.da_prev,
        dx: Sequence.build(da.T_x, (t) => steps[t - 1]!.dx_t),
        dba: sum("dba"),
        dWaa: sum("dWaa"),
        dWax: sum("dWax"),
      };
    },
  },
  {
    style: "the sequence reversed, mapped with a closure that adds into own memory, reversed again",
    write: (da, caches, cellBackward) => {
      const { Wax, Waa, ba } = caches[0]!.parameters;
      const [dWax, dWaa, dba] = [Wax, Waa, ba].map(({ rows, cols }) => new Mat(rows, cols));
      const addInto = (total: Mat, one: Mat): void =>
        one.data.forEach((value, n) => (total.data[n]! += value));
      const waiting = Array.from(caches);
      const da_next = new Mat(da.rows, da.cols);
      const dx = da
        .reverse()
        .map<"n_x", "m">((own) => {
          addInto(da_next, own);
          const step = cellBackward(da_next.map(Number), waiting.pop()!);
          da_next.data.set(step.da_prev.data);
          addInto(dWax!, step.dWax);
          addInto(dWaa!, step.dWaa);
          addInto(dba!, step.dba);
          return step.dx_t;
        })
        .reverse();
      return { dx, da_0: da_next, dWax: dWax!, dWaa: dWaa!, dba: dba! };
    },
  },
  {
    style: "a fold from the right whose answer so far is the answer of a shorter sequence",
    write: (da, caches, cellBackward) => {
      interface SoFar {
        readonly dx: readonly Mat[];
        readonly last: RnnCellGradients;
      }
      const none = (like: Mat): Mat => like.map(() => 0);
      const { x_t, a_prev, parameters } = caches[0]!;
      const start: SoFar = {
        dx: [],
        last: {
          dx_t: none(x_t),
          da_prev: none(a_prev),
          dWax: none(parameters.Wax),
          dWaa: none(parameters.Waa),
          dba: none(parameters.ba),
        },
      };
      const { dx, last } = caches.reduceRight<SoFar>((later, cache, index) => {
        const step = cellBackward(da.at(index + 1).add(later.last.da_prev), cache);
        return {
          dx: [step.dx_t, ...later.dx],
          last: {
            ...step,
            dWax: later.last.dWax.add(step.dWax),
            dWaa: later.last.dWaa.add(step.dWaa),
            dba: later.last.dba.add(step.dba),
          },
        };
      }, start);
      const { da_prev: da_0, dWax, dWaa, dba } = last;
      return { dx: Sequence.of(dx), da_0, dWax, dWaa, dba };
    },
  },
];
