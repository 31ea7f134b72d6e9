import { Mat, type RnnCell, type RnnParameters, type Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { ofColumns } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Every step's prediction for the whole batch, whether an example has the step or not. */
function predictions(
  x: Sequence,
  a_0: Mat,
  parameters: RnnParameters,
  cell: RnnCell,
): readonly Mat[] {
  let a_prev = a_0;
  return Array.from(x, (x_t) => {
    const { a_next, yhat_t } = cell(x_t, a_prev, parameters);
    a_prev = a_next;
    return yhat_t;
  });
}

/** Right ways to answer once that are not the library's. */
export const honest: readonly Honest<typeof starter.manyToOne>[] = [
  {
    style: "example by example, each as long as it is: nothing is padded",
    write: (x, a_0, parameters, cell, mask) => {
      const answers = Array.from({ length: x.cols }, (_, i) => {
        const own = Array.from(x.example(i + 1)).filter(
          (_word, index) => mask?.at(index + 1).get(0, i) !== 0,
        );
        let [state, answer]: [Mat, ArrayLike<number>] = [a_0.column(i), []];
        for (const word of own) {
          const step = cell(word, state, parameters);
          [state, answer] = [step.a_next, step.yhat_t.data];
        }
        return answer;
      });
      return { yhat: ofColumns(parameters.by.rows, answers) };
    },
  },
  {
    style: "the lengths counted first, then each entry from its own step",
    write: (x, a_0, parameters, cell, mask) => {
      const length = (i: number): number =>
        mask === undefined ? x.T_x : Array.from(mask).filter((step) => step.get(0, i) === 1).length;
      const yhat = predictions(x, a_0, parameters, cell);
      const { rows, cols } = yhat[0]!;
      return { yhat: Mat.build(rows, cols, (k, i) => yhat[length(i) - 1]!.get(k, i)) };
    },
  },
  {
    style: "a sum over the steps: Σ_t (mask⟨t⟩ − mask⟨t+1⟩) ŷ⟨t⟩",
    write: (x, a_0, parameters, cell, mask) => {
      const runs = (t: number): Mat => {
        if (t > x.T_x) return Mat.zeros(1, x.cols);
        return mask?.at(t) ?? Mat.filled(1, x.cols, 1);
      };
      return {
        yhat: predictions(x, a_0, parameters, cell)
          .map((yhat_t, index) => yhat_t.times(runs(index + 1).sub(runs(index + 2))))
          .reduce((sum, one) => sum.add(one)),
      };
    },
  },
  {
    style: "an answer of its own memory, overwritten while an example runs",
    write: (x, a_0, parameters, cell, mask) => {
      class Reader {
        state: Mat = a_0;
        yhat = new Mat(parameters.by.rows, x.cols);
        read(x_t: Mat, runs: (i: number) => boolean): void {
          const { a_next, yhat_t } = cell(x_t, this.state, parameters);
          this.state = a_next;
          yhat_t.data.forEach((value, n) => {
            if (runs(n % x.cols)) this.yhat.data[n] = value;
          });
        }
      }
      const reader = new Reader();
      for (let t = 1; t <= x.T_x; t++) {
        reader.read(x.at(t), (i) => mask === undefined || mask.at(t).get(0, i) > 0);
      }
      return { yhat: reader.yhat };
    },
  },
];
