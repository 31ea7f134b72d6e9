import { Mat, Sequence } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { ofColumns } from "../plainLoops.js";
import type * as starter from "./starter.js";

/** Right ways to read everything and then speak that are not the library's. */
export const honest: readonly Honest<typeof starter.encodeDecode>[] = [
  {
    style: "a fold that reads, a generator that speaks",
    write: (x, a_0, { encoder, decoder }, y_0, T_y, cell) => {
      const thought = Array.from(x).reduce((a, x_t) => cell(x_t, a, encoder).a_next, a_0);
      function* spoken(): Generator<Mat> {
        let [heard, state]: [Mat, Mat] = [y_0, thought];
        for (let t = 1; t <= T_y; t++) {
          ({ yhat_t: heard, a_next: state } = cell(heard, state, decoder));
          yield heard;
        }
      }
      return { yhat: Sequence.of(Array.from(spoken())) };
    },
  },
  {
    style: "two recursions, from the last word back and from the last prediction back",
    write: (x, a_0, { encoder, decoder }, y_0, T_y, cell) => {
      const read = (t: number): Mat => (t === 0 ? a_0 : cell(x.at(t), read(t - 1), encoder).a_next);
      const said = (t: number): readonly (readonly [state: Mat, yhat_t: Mat])[] => {
        if (t === 0) return [[read(x.T_x), y_0]];
        const before = said(t - 1);
        const [state, yhat_t] = before[t - 1]!;
        const step = cell(yhat_t, state, decoder);
        return [...before, [step.a_next, step.yhat_t]];
      };
      const all = said(T_y);
      return { yhat: Sequence.build(T_y, (t) => all[t]![1]) };
    },
  },
  {
    style: "example by example, put together at the end; the encoder's states are kept too",
    write: (x, a_0, { encoder, decoder }, y_0, T_y, cell) => {
      const each = Array.from({ length: x.cols }, (_, i) => {
        const states: Mat[] = [a_0.column(i)];
        for (const word of x.example(i + 1)) {
          states.unshift(cell(word, states[0]!, encoder).a_next);
        }
        let [heard, state]: [Mat, Mat] = [y_0.column(i), states[0]!];
        const answer = Array.from({ length: T_y }, () => {
          const step = cell(heard, state, decoder);
          [heard, state] = [step.yhat_t, step.a_next];
          return heard.data;
        });
        return { states, answer };
      });
      const yhat = Sequence.build(T_y, (t) =>
        ofColumns(
          y_0.rows,
          each.map(({ answer }) => answer[t - 1]!),
        ),
      );
      return { yhat, encoded: each.map(({ states }) => states) };
    },
  },
  {
    style: "one loop of T_x + T_y steps that changes sides in the middle, into own memory",
    write: (x, a_0, { encoder, decoder }, y_0, T_y, cell) => {
      const yhat = Sequence.zeros<"n_y", "m">(T_y, y_0.rows, y_0.cols);
      let state: Mat = a_0;
      for (let t = 1; t <= x.T_x + T_y; t++) {
        const own = t - x.T_x; // the decoder's step
        const input: Mat = own < 1 ? x.at(t) : own === 1 ? y_0 : yhat.at(own - 1);
        const step = cell(input, state, own < 1 ? encoder : decoder);
        state = step.a_next;
        if (own >= 1) yhat.at(own).data.set(step.yhat_t.data);
      }
      return { yhat };
    },
  },
];
