import { type LstmBackward, type LstmCellGradients, Mat, Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { sumInHalves } from "../plainLoops.js";
import type * as starter from "./starter.js";

const names = ["dWf", "dWu", "dWc", "dWo", "dbf", "dbu", "dbc", "dbo"] as const;

/** The answer, from every step's gradients and the sum of each under a name. */
function answerOf(
  steps: readonly LstmCellGradients[],
  sum: (name: (typeof names)[number]) => Mat,
): LstmBackward {
  const sums = Object.fromEntries(names.map((name) => [name, sum(name)]));
  const first = steps[0]!;
  return {
    ...(sums as unknown as LstmBackward),
    dx: Sequence.of(steps.map(({ dx_t }) => dx_t)),
    da_0: first.da_prev,
    dc_0: first.dc_prev,
  };
}

/** Right ways back through time with a memory that are not the library's. */
export const honest: readonly Honest<typeof starter.lstmBackward>[] = [
  {
    style: "recursion: step t asks for the gradients of what comes after it",
    write: (da, caches, cellBackward) => {
      const from = (t: number): readonly LstmCellGradients[] => {
        if (t > da.T_x) return [];
        const later = from(t + 1);
        const flowing: Mat = later[0]?.da_prev ?? Mat.zeros(da.rows, da.cols);
        const memory = later[0]?.dc_prev ?? Mat.zeros(da.rows, da.cols);
        return [cellBackward(flowing.add(da.at(t)), memory, caches[t - 1]!), ...later];
      };
      const steps = from(1);
      return answerOf(steps, (name) =>
        steps[0]![name].map((_value, i, j) =>
          sumInHalves(steps.map((step) => step[name].get(i, j))),
        ),
      );
    },
  },
  {
    style: "every step's gradients kept, and added up from step 1 on",
    write: (da, caches, cellBackward) => {
      const steps: LstmCellGradients[] = [];
      for (let t = da.T_x; t >= 1; t--) {
        const own = da.at(t);
        const into = steps[0]?.da_prev.add(own) ?? own;
        steps.unshift(cellBackward(into, steps[0]?.dc_prev ?? own.times(0), caches[t - 1]!));
      }
      return answerOf(steps, (name) =>
        steps.map((step): Mat => step[name]).reduce((total, one) => total.add(one)),
      );
    },
  },
  {
    style: "a fold from the right that adds into own memory as it goes",
    write: (da, caches, cellBackward) => {
      const totals = new Map<string, Mat>();
      const steps = caches.reduceRight<readonly LstmCellGradients[]>((later, cache, index) => {
        const zero = new Mat(da.rows, da.cols);
        const { da_prev = zero, dc_prev = zero }: Partial<LstmCellGradients> = later[0] ?? {};
        const step = cellBackward(da_prev.add(da.at(index + 1)), dc_prev.map(Number), cache);
        for (const name of names) {
          const { rows, cols, data } = step[name] as Mat;
          if (!totals.has(name)) totals.set(name, new Mat(rows, cols));
          data.forEach((value, n) => (totals.get(name)!.data[n]! += value));
        }
        return [step, ...later];
      }, []);
      return answerOf(steps, (name) => totals.get(name)!);
    },
  },
];
