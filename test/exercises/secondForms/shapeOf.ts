/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import type { SecondForms } from "./secondForm.js";

type Sizes = Record<"n_x" | "n_a" | "n_y" | "m" | "T_x", number>;
type Table = Record<string, readonly number[]>;

/** The right shapes but for those that `change` gives; an unknown name throws. */
function table(change: (sizes: Sizes) => Table) {
  return (name: string, sizes: Sizes): readonly number[] => {
    const { n_x, n_a, n_y, m, T_x } = sizes;
    const shapes: Table = {
      x_t: [n_x, m],
      x: [n_x, m, T_x],
      a_t: [n_a, m],
      a: [n_a, m, T_x],
      yhat_t: [n_y, m],
      yhat: [n_y, m, T_x],
      Wax: [n_a, n_x],
      Waa: [n_a, n_a],
      Wya: [n_y, n_a],
      ba: [n_a, 1],
      by: [n_y, 1],
      Wa: [n_a, n_a + n_x],
      ax_t: [n_a + n_x, m],
      ...change(sizes),
    };
    const shape = shapes[name];
    if (shape === undefined) throw new Error(`unknown symbol ${name}`);
    return shape;
  };
}

/** shapeOf as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "wax-in-to-out": ["Wax is (n_x, n_a)", table((s) => ({ Wax: [s.n_x, s.n_a] }))],
    "wya-in-to-out": ["Wya is (n_a, n_y)", table((s) => ({ Wya: [s.n_a, s.n_y] }))],
    "both-in-to-out": [
      "Wax and Wya both as (inputs, outputs), as Keras keeps its kernels",
      table((s) => ({ Wax: [s.n_x, s.n_a], Wya: [s.n_a, s.n_y] })),
    ],
    "bias-row": ["biases are rows (1, n)", table((s) => ({ ba: [1, s.n_a], by: [1, s.n_y] }))],
    "bias-vector": ["biases have one number only", table((s) => ({ ba: [s.n_a], by: [s.n_y] }))],
    "bias-per-example": [
      "biases have a column for each example",
      table((s) => ({ ba: [s.n_a, s.m], by: [s.n_y, s.m] })),
    ],
    "batch-first": [
      "examples are rows: (m, n)",
      table((s) => ({
        x_t: [s.m, s.n_x],
        a_t: [s.m, s.n_a],
        yhat_t: [s.m, s.n_y],
        ax_t: [s.m, s.n_a + s.n_x],
        x: [s.m, s.n_x, s.T_x],
        a: [s.m, s.n_a, s.T_x],
        yhat: [s.m, s.n_y, s.T_x],
      })),
    ],
    "time-first": [
      "time is the first number of a sequence",
      table((s) => ({
        x: [s.T_x, s.n_x, s.m],
        a: [s.T_x, s.n_a, s.m],
        yhat: [s.T_x, s.n_y, s.m],
      })),
    ],
    "time-second": [
      "a sequence is (n, T_x, m)",
      table((s) => ({
        x: [s.n_x, s.T_x, s.m],
        a: [s.n_a, s.T_x, s.m],
        yhat: [s.n_y, s.T_x, s.m],
      })),
    ],
    "no-time": [
      "a sequence has no T_x",
      table((s) => ({ x: [s.n_x, s.m], a: [s.n_a, s.m], yhat: [s.n_y, s.m] })),
    ],
    "states-counted-from-zero": [
      "a has T_x + 1 steps",
      table((s) => ({ a: [s.n_a, s.m, s.T_x + 1] })),
    ],
    "waa-from-input": ["Waa is (n_a, n_x)", table((s) => ({ Waa: [s.n_a, s.n_x] }))],
    "wa-stacked-down": ["Wa is stacked downwards", table((s) => ({ Wa: [s.n_a + s.n_x, s.n_a] }))],
    "wa-doubled": ["Wa is (2 n_a, n_x)", table((s) => ({ Wa: [2 * s.n_a, s.n_x] }))],
    "ax-side-by-side": [
      "ax_t is stacked side by side",
      table((s) => ({ ax_t: [s.n_a, s.n_x + s.m] })),
    ],
    "by-as-long-as-state": ["by is (n_a, 1)", table((s) => ({ by: [s.n_a, 1] }))],
    "yhat-like-the-state": [
      "ŷ has n_a rows",
      table((s) => ({ yhat_t: [s.n_a, s.m], yhat: [s.n_a, s.m, s.T_x] })),
    ],
  },
  pairs: {
    "wax-turned-and-bias-row": [
      "Wax is (n_x, n_a); biases are rows",
      table((s) => ({ Wax: [s.n_x, s.n_a], ba: [1, s.n_a], by: [1, s.n_y] })),
    ],
    "wa-down-and-no-time": [
      "Wa is stacked downwards; sequences have no T_x",
      table((s) => ({
        Wa: [s.n_a + s.n_x, s.n_a],
        x: [s.n_x, s.m],
        a: [s.n_a, s.m],
        yhat: [s.n_y, s.m],
      })),
    ],
    "wya-turned-and-time-first": [
      "Wya is (n_a, n_y); time is first",
      table((s) => ({
        Wya: [s.n_a, s.n_y],
        x: [s.T_x, s.n_x, s.m],
        a: [s.T_x, s.n_a, s.m],
        yhat: [s.T_x, s.n_y, s.m],
      })),
    ],
  },
  right: {
    "by-the-first-letter": [
      "rows from a small table, columns from another",
      (name: string, s: Sizes) => {
        const own: Table = {
          Wax: [s.n_a, s.n_x],
          Waa: [s.n_a, s.n_a],
          Wya: [s.n_y, s.n_a],
          Wa: [s.n_a, s.n_a + s.n_x],
          ba: [s.n_a, 1],
          by: [s.n_y, 1],
        };
        if (own[name] !== undefined) return own[name];
        const rows = { x: s.n_x, a: s.n_a, yhat: s.n_y, ax: s.n_a + s.n_x }[
          name.replace(/_t$/, "")
        ];
        if (rows === undefined) throw new RangeError(name);
        return name.endsWith("_t") ? [rows, s.m] : [rows, s.m, s.T_x];
      },
    ],
  },
};
