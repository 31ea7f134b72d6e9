/**
 * Mistakes that were silent or wrongly told when someone who had not seen the known mistakes wrote them from the
 * statements alone, as learners do: one symbol for another of its shape, a value copied to the wrong place, another
 * arrangement. They hold the mechanisms that need no list of an exercise's mistakes.
 */
import type { AnyFunction } from "../../../exercises/exercise.js";
import {
  type GruParameters,
  lstmCellBackward,
  type LstmParameters,
  Mat,
  type RnnCache,
  type RnnCell,
  type RnnCellBackward,
  type RnnParameters,
  Sequence,
  sigmoid,
  softmax,
  stackRows,
  tanh,
} from "../../../src/index.js";

/** A mistake as a teacher would tell it, in words that must be among those told. */
export interface StrangersForm {
  readonly exercise: string;
  readonly made: string;
  readonly told: RegExp;
  /** What must not be told: names that were once wrong. */
  readonly notTold?: RegExp;
  readonly write: AnyFunction;
}

/** An LSTM step by hand; `slip` is what the learner's hand did to it. */
function lstm(
  slip: { bf?: "bu"; o?: (z: Mat) => Mat; shown?: (c: Mat) => Mat; cached?: "c_next" } = {},
) {
  return (x_t: Mat, a_prev: Mat, c_prev: Mat, parameters: LstmParameters): unknown => {
    const concat = stackRows(a_prev, x_t);
    const score = (W: "Wf" | "Wu" | "Wo" | "Wc", b: "bf" | "bu" | "bo" | "bc"): Mat =>
      (parameters[W] as Mat).dot(concat).add(parameters[b]);
    const ft = sigmoid(score("Wf", slip.bf ?? "bf"));
    const it = sigmoid(score("Wu", "bu"));
    const ot = (slip.o ?? sigmoid)(score("Wo", "bo"));
    const cct = tanh(score("Wc", "bc"));
    const c_next = ft.times(c_prev).add(it.times(cct));
    const a_next = ot.times((slip.shown ?? tanh)(c_next));
    const gates = { gamma_f: ft, gamma_u: it, gamma_o: ot, c_tilde: cct };
    return {
      a_next,
      c_next,
      yhat_t: softmax((parameters.Wya as Mat).dot(a_next).add(parameters.by)),
      cache: {
        x_t,
        a_prev,
        c_prev: slip.cached === undefined ? c_prev : c_next,
        ...gates,
        c_next,
        parameters,
      },
    };
  };
}

/** An RNN step by hand, with what becomes of its scores and of its cache's parameters. */
function rnn(
  said: (scores: Mat) => Mat,
  kept: (parameters: RnnParameters) => unknown = (parameters) => parameters,
) {
  return (x_t: Mat, a_prev: Mat, parameters: RnnParameters): unknown => {
    const { Wax, Waa, Wya, ba, by } = parameters as Record<keyof RnnParameters, Mat>;
    const a_next = tanh(Waa.dot(a_prev).add(Wax.dot(x_t)).add(ba));
    const yhat_t = said(Wya.dot(a_next).add(by));
    return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters: kept(parameters) } };
  };
}

/** The way back by hand, with the da that step t gets and what is given out as da_0. */
function back(
  given: (da: Sequence, t: number) => Mat,
  first: (carry: Mat, da: Sequence) => Mat = (carry) => carry,
) {
  return (da: Sequence, caches: readonly RnnCache[], cellBackward: RnnCellBackward): unknown => {
    let carry: Mat = Mat.zeros(da.rows, da.cols);
    const dx: Mat[] = [];
    const sums: Record<string, Mat> = {};
    for (let t = da.T_x; t >= 1; t--) {
      const step = cellBackward(
        given(da, t).add(carry) as Mat<"n_a", "m">,
        caches[t - 1]!,
      ) as unknown as Record<string, Mat>;
      carry = step["da_prev"]!;
      dx.unshift(step["dx_t"]!);
      for (const key of ["dWax", "dWaa", "dba"])
        sums[key] = sums[key]?.add(step[key]!) ?? step[key]!;
    }
    return { dx: Sequence.of(dx), da_0: first(carry, da), ...sums };
  };
}

/** The forms, each with what a teacher would say. */
export const strangersForms: readonly StrangersForm[] = [
  {
    exercise: "gruCellForward",
    made: "Wu for Wr",
    told: /^Wu was used where Wr belongs\.$/,
    write: (x_t: Mat, a_prev: Mat, p: GruParameters): unknown => {
      const { Wu, Wc, Wya, bu, br, bc, by } = p as Record<keyof GruParameters, Mat>;
      const both = stackRows(a_prev, x_t);
      const [u, r] = [sigmoid(Wu.dot(both).add(bu)), sigmoid(Wu.dot(both).add(br))];
      const c_tilde = tanh(Wc.dot(stackRows(r.times(a_prev), x_t)).add(bc));
      const a_next = u.times(c_tilde).add(a_prev).sub(u.times(a_prev));
      const cache = { x_t, a_prev, gamma_u: u, gamma_r: r, c_tilde, parameters: p };
      return { a_next, yhat_t: softmax(Wya.dot(a_next).add(by)), cache };
    },
  },
  {
    exercise: "lstmCellForward",
    made: "bu for bf, and tanh of the memory missing",
    told: /bu was used where bf belongs\. And: tanh is missing on the way to the state/,
    write: lstm({ bf: "bu", shown: (c) => c }),
  },
  {
    exercise: "lstmCellForward",
    made: "tanh for σ in the output gate",
    told: /^Γo is made with tanh z in place of σ\(z\)\.$/,
    write: lstm({ o: tanh }),
  },
  {
    exercise: "lstmCellForward",
    made: "the cache's c_prev is c_next",
    told: /^cache: Inside, c_prev holds what c_next should hold\.$/,
    write: lstm({ cached: "c_next" }),
  },
  {
    exercise: "lstmCellBackward",
    made: "dWo copied from dWc, all else right",
    told: /^dWo: There stands dWc's right value, unchanged\.$/,
    notTold: /exchanged/,
    write: (...args: Parameters<typeof lstmCellBackward>): unknown => {
      const answer = lstmCellBackward(...args);
      return { ...answer, dWo: answer.dWc };
    },
  },
  {
    exercise: "rnnCellForward",
    made: "σ before the softmax",
    told: /^The scores went through σ before the softmax\.$/,
    write: rnn((scores) => softmax(sigmoid(scores))),
  },
  {
    exercise: "rnnCellForward",
    made: "by is missing from the cache's parameters",
    told: /^/,
    notTold: /lacks parameters/,
    write: rnn(softmax, ({ Wax, Waa, Wya, ba }) => ({ Wax, Waa, Wya, ba })),
  },
  {
    exercise: "rnnForward",
    made: "the caches hold whole steps",
    told: /^caches: What belongs there stands one level deeper, under cache, in every entry\.$/,
    write: (x: Sequence, a_0: Mat, parameters: RnnParameters, cell: RnnCell): unknown => {
      const steps: ReturnType<RnnCell>[] = [];
      let a_prev = a_0;
      for (let t = 1; t <= x.T_x; t++) {
        const step = cell(x.at(t), a_prev as never, parameters);
        a_prev = step.a_next;
        steps.push(step);
      }
      const of = (key: "a_next" | "yhat_t"): Sequence =>
        Sequence.of(steps.map((step) => step[key] as Mat));
      return { a: of("a_next"), yhat: of("yhat_t"), caches: steps };
    },
  },
  {
    exercise: "rnnBackward",
    made: "da of the step after",
    told: /^da is read one step early: step t gets that of t \+ 1, and the last one zeros\.$/,
    write: back((da, t) => (t < da.T_x ? da.at(t + 1) : da.at(t).times(0))),
  },
  {
    exercise: "rnnBackward",
    made: "da⟨1⟩ is added to da_0 as well",
    told: /^da⟨0⟩: Right but for da⟨1⟩, which was added as well\.$/,
    write: back(
      (da, t) => da.at(t),
      (carry, da) => carry.add(da.at(1)),
    ),
  },
];
