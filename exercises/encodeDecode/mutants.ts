import {
  type EncoderDecoderParameters,
  Mat,
  oneToMany,
  type RnnCell,
  rnnCellForward,
  rnnForward,
  Sequence,
} from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type A = Mat<"n_a", "m">;
type Y = Mat<"n_y", "m">;
type P = EncoderDecoderParameters;
interface Answer {
  readonly yhat: Sequence<"n_y", "m">;
}

/** The decoder alone, from a given state. */
function decode(s_0: A, { decoder }: P, y_0: Y, T_y: number, cell: RnnCell): Answer {
  const start: Mat = y_0;
  return { yhat: oneToMany(start, s_0, decoder, T_y, cell).yhat };
}

/** The wrong ways to join the two networks. */
export const mutants: readonly Mutant<typeof starter.encodeDecode>[] = [
  {
    name: "encoder-not-handed-over",
    mistake: "The decoder starts from a⟨0⟩: it knows nothing of x.",
    hint: "Where does the decoder get to know what was read?",
    caughtBy: "a longer answer",
    wrong: () => (_x, a_0, parameters, y_0, T_y, cell) => decode(a_0, parameters, y_0, T_y, cell),
  },
  {
    name: "encoder-stopped-early",
    mistake: "The decoder starts from the encoder's first state: the rest of x was not read.",
    hint: "The last word can change the meaning of the first.",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      return decode(a.at(1), parameters, y_0, T_y, cell);
    },
  },
  {
    name: "prediction-not-fed-back",
    mistake: "The decoder reads y⟨0⟩ again at every step.",
    hint: "After the first word, what has the decoder said already?",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      const start: Mat = y_0;
      const again = Sequence.build(T_y, () => start);
      return { yhat: rnnForward(again, a.at(a.T_x), parameters.decoder, cell).yhat };
    },
  },
  {
    name: "one-network-for-both",
    mistake: "The decoder uses the encoder's parameters.",
    hint: "Reading and speaking are two networks with parameters of their own.",
    caughtBy: "inputs like outputs",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x, a_0, { ...parameters, decoder: parameters.encoder }, y_0, T_y, cell),
  },
  {
    name: "starts-with-the-last-input",
    mistake: "The decoder's first input is x⟨T_x⟩ in place of y⟨0⟩.",
    hint: "Which argument tells the decoder to begin?",
    caughtBy: "inputs like outputs",
    wrong: () => (x, a_0, parameters, _y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      const start: Mat = x.at(x.T_x);
      return decode(a.at(a.T_x), parameters, start, T_y, cell);
    },
  },
  {
    name: "source-read-backwards",
    mistake:
      "The encoder reads x from its end (some systems do that on purpose; here it was not asked for).",
    hint: "In which order does the encoder get the steps?",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x.reverse(), a_0, parameters, y_0, T_y, cell),
  },
  {
    name: "own-cell",
    mistake: "The RNN's own cell was called in place of the one that was handed in.",
    hint: "The cell is an argument: another one must work as well.",
    caughtBy: "one step each",
    wrong: (right) => (x, a_0, parameters, y_0, T_y) =>
      right(x, a_0, parameters, y_0, T_y, rnnCellForward),
  },

  {
    name: "a-0-ignored",
    mistake: "The encoder starts from zeros: the given a⟨0⟩ is ignored.",
    hint: "a⟨0⟩ is usually zero, but it is an argument: where do you use it?",
    caughtBy: "one step each",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x, a_0.times(0), parameters, y_0, T_y, cell),
  },
  {
    name: "as-many-as-were-read",
    mistake: "The decoder makes T_x steps in place of T_y.",
    hint: "A translation need not be as long as its original: which argument says how long it is?",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, _T_y, cell) =>
      right(x, a_0, parameters, y_0, x.T_x, cell),
  },
];
