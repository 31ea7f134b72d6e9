import {
  type EncoderDecoderParameters,
  Mat,
  mostLikely,
  oneToMany,
  type RnnCell,
  rnnCellForward,
  rnnForward,
  Sequence,
} from "../../src/index.js";
import { stepsWithin } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
import { plainFactors } from "../otherFunctions.js";
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
  {
    name: "decoder-starts-from-zeros",
    mistake: "The decoder starts from a state of zeros: it knows nothing of x.",
    hint: "Where does the decoder get to know what was read?",
    caughtBy: "one step each",
    wrong: () => (_x, a_0, parameters, y_0, T_y, cell) =>
      decode(a_0.times(0), parameters, y_0, T_y, cell),
  },
  {
    name: "decoder-state-not-carried",
    mistake: "Every step of the decoder starts from the encoder's last state.",
    hint: "The decoder has a state of its own. Who remembers what it has said?",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      const read = a.at(x.T_x);
      return decode(read, parameters, y_0, T_y, (input, _s_prev, shared) =>
        cell(input, read, shared),
      );
    },
  },
  {
    name: "encoder-state-not-carried",
    mistake:
      "Every step of the encoder starts from a⟨0⟩: the decoder hears of the last input alone.",
    hint: "After a step, which state should the next one be given?",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x.slice(x.T_x, x.T_x), a_0, parameters, y_0, T_y, cell),
  },
  {
    name: "encoder-misses-the-last-step",
    mistake: "The encoder's loop ends at T_x − 1: x⟨T_x⟩ is never read.",
    hint: "The last word can change the meaning of the first.",
    caughtBy: "one step each",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      x.T_x === 1
        ? decode(a_0, parameters, y_0, T_y, cell)
        : right(x.slice(1, x.T_x - 1), a_0, parameters, y_0, T_y, cell),
  },
  {
    name: "encoder-misses-the-first-step",
    mistake: "The encoder's loop begins at t = 2: x⟨1⟩ is never read.",
    hint: "How often is the cell called with the encoder's parameters?",
    caughtBy: "one step each",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      x.T_x === 1
        ? decode(a_0, parameters, y_0, T_y, cell)
        : right(x.slice(2, x.T_x), a_0, parameters, y_0, T_y, cell),
  },
  {
    name: "first-input-repeated",
    mistake: "Every step of the encoder reads x⟨1⟩.",
    hint: "Which step's input does the encoder get in the second round?",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(
        x.map(() => x.at(1)),
        a_0,
        parameters,
        y_0,
        T_y,
        cell,
      ),
  },
  {
    name: "decoder-s-parameters-for-both",
    mistake: "The encoder uses the decoder's parameters.",
    hint: "Reading and speaking are two networks with parameters of their own.",
    caughtBy: "inputs like outputs",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x, a_0, { ...parameters, encoder: parameters.decoder }, y_0, T_y, cell),
  },
  {
    name: "networks-exchanged",
    mistake: "The encoder uses the decoder's parameters, and the decoder the encoder's.",
    hint: "Which of the two networks reads x?",
    caughtBy: "inputs like outputs",
    wrong:
      (right) =>
      (x, a_0, { encoder, decoder }, y_0, T_y, cell) =>
        right(x, a_0, { encoder: decoder, decoder: encoder }, y_0, T_y, cell),
  },
  {
    name: "y-0-ignored",
    mistake: "The decoder's first input is zero: y⟨0⟩ is never used.",
    hint: "Which argument tells the decoder to begin?",
    caughtBy: "one step each",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x, a_0, parameters, y_0.times(0), T_y, cell),
  },
  {
    name: "y-0-counted",
    mistake: "yhat begins with y⟨0⟩: every prediction stands one step too late.",
    hint: "ŷ⟨1⟩ is the first thing that the decoder says, not what it is told.",
    caughtBy: "one step each",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) => {
      const { yhat } = right(x, a_0, parameters, y_0, T_y, cell);
      return { yhat: yhat.map((_, t) => (t === 1 ? y_0 : yhat.at(t - 1))) };
    },
  },
  {
    name: "one-step-short",
    mistake: "The decoder's loop ends at T_y − 1: one step is missing.",
    hint: "t runs up to T_y, and T_y is included.",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x, a_0, parameters, y_0, T_y - 1, cell),
  },
  {
    name: "one-step-too-many",
    mistake: "The decoder's loop runs to T_y + 1: there is one step too many.",
    hint: "How many predictions do you return, and how many were asked for?",
    caughtBy: "one step each",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x, a_0, parameters, y_0, T_y + 1, cell),
  },
  {
    name: "answers-while-reading",
    mistake: "The predictions are those of the encoder, made while it reads.",
    hint: "First all is read, then the answer is said. By which network?",
    caughtBy: "one step each",
    wrong: () => (x, a_0, parameters, _y_0, _T_y, cell) => ({
      yhat: rnnForward(x, a_0, parameters.encoder, cell).yhat,
    }),
  },
  {
    name: "most-likely-fed-back",
    mistake: "The most likely class was fed back as a one-hot column, not ŷ itself.",
    hint: "Here the whole of ŷ⟨t⟩ is the next input; choosing one class comes with sampling.",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      let isFirst = true;
      return decode(a.at(x.T_x), parameters, y_0, T_y, (input, s_prev, shared) => {
        const chosen: Mat = isFirst ? input : mostLikely(input as Mat);
        isFirst = false;
        return cell(chosen, s_prev, shared);
      });
    },
  },
  {
    name: "prediction-one-step-late",
    mistake: "The decoder reads the prediction of the step before the last one.",
    hint: "Which line comes first in your loop: handing on what was said, or saying it?",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      let [input, next]: [Mat, Mat] = [y_0, y_0];
      return decode(a.at(x.T_x), parameters, y_0, T_y, (_input, s_prev, shared) => {
        const step = cell(input, s_prev, shared);
        [input, next] = [next, step.yhat_t];
        return step;
      });
    },
  },
  {
    name: "written-into-a-0",
    mistake: "The states were written into a⟨0⟩: the caller's matrix is changed.",
    hint: "Whoever called you may start again from the same a⟨0⟩.",
    caughtBy: "one step each",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) => {
      const start = a_0.times(1);
      return right(x, start, parameters, y_0, T_y, (input, a_prev, shared) => {
        const step = cell(input, a_prev, shared);
        a_0.data.set(step.a_next.data);
        return step;
      });
    },
  },
  {
    name: "answer-reversed",
    mistake: "The decoder's predictions are in reverse: the last one comes first.",
    hint: "Where in the list does a new step belong?",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) => ({
      yhat: right(x, a_0, parameters, y_0, T_y, cell).yhat.reverse(),
    }),
  },
  {
    name: "last-prediction-everywhere",
    mistake: "Every entry of yhat is the last prediction.",
    hint: "What is kept after each step?",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) => {
      const { yhat } = right(x, a_0, parameters, y_0, T_y, cell);
      return { yhat: yhat.map(() => yhat.at(T_y)) };
    },
  },
  {
    name: "begins-with-y-0",
    mistake: "yhat begins with y⟨0⟩, and all predictions follow: there is one entry too many.",
    hint: "Is y⟨0⟩ a prediction?",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) => ({
      yhat: Sequence.of([y_0, ...right(x, a_0, parameters, y_0, T_y, cell).yhat]),
    }),
  },
  {
    name: "first-step-again",
    mistake:
      "The decoder makes its first step again and again: neither its state nor its prediction is handed on.",
    hint: "What two things does a step of the decoder get from the step before it?",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) => {
      const { yhat } = right(x, a_0, parameters, y_0, T_y, cell);
      return { yhat: yhat.map(() => yhat.at(1)) };
    },
  },
  {
    name: "zeros-fed-back",
    mistake: "The decoder reads zeros after its first step.",
    hint: "What could the second step read that the first one has made?",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      let isFirst = true;
      return decode(a.at(x.T_x), parameters, y_0, T_y, (input, s_prev, shared) => {
        const read = isFirst ? input : input.times(0);
        isFirst = false;
        return cell(read, s_prev, shared);
      });
    },
  },
  {
    name: "states-for-predictions",
    mistake: "yhat holds the decoder's states.",
    hint: "What does the cell return beside the state?",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      const start: Mat = y_0;
      return { yhat: oneToMany(start, a.at(x.T_x), parameters.decoder, T_y, cell).a };
    },
  },
  {
    name: "encoder-s-state-added",
    mistake: "The encoder's last state was added to the decoder's state at every step.",
    hint: "What was read is handed over once. Where does the second step of the decoder start from?",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      const read = a.at(x.T_x);
      let isFirst = true;
      return decode(read, parameters, y_0, T_y, (input, s_prev, shared) => {
        const start = isFirst ? s_prev : s_prev.add(read);
        isFirst = false;
        return cell(input, start, shared);
      });
    },
  },
  {
    name: "prediction-negated",
    mistake: "The prediction was fed back with its sign flipped.",
    hint: "What does the next step read: ŷ⟨t⟩, or something made of it?",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      let isFirst = true;
      return decode(a.at(x.T_x), parameters, y_0, T_y, (input, s_prev, shared) => {
        const read = isFirst ? input : input.times(-1);
        isFirst = false;
        return cell(read, s_prev, shared);
      });
    },
  },
  {
    name: "mean-of-the-encoder-s-states",
    mistake: "The decoder starts from the mean of the encoder's states.",
    hint: "Which of the encoder's states has read all of x?",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      const total = Array.from(a).reduce((sum, a_t) => sum.add(a_t));
      return decode(total.times(1 / x.T_x), parameters, y_0, T_y, cell);
    },
  },
  {
    name: "state-before-the-last",
    mistake: "The decoder starts from the encoder's state before the last one, where there is one.",
    hint: "Which of the encoder's states has read all of x?",
    caughtBy: "a longer answer",
    wrong: () => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      return decode(a.at(Math.max(1, x.T_x - 1)), parameters, y_0, T_y, cell);
    },
  },
  {
    name: "decoder-s-bias-in-the-encoder",
    mistake: "The encoder's steps use the decoder's bias ba.",
    hint: "Two networks, two sets of parameters: which of them reads x?",
    caughtBy: "a longer answer",
    wrong: (right) => (x, a_0, parameters, y_0, T_y, cell) => {
      const { encoder, decoder } = parameters;
      return right(x, a_0, { encoder: { ...encoder, ba: decoder.ba }, decoder }, y_0, T_y, cell);
    },
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.encodeDecode>[] = [
  {
    name: "encoder-stopped-after-k",
    mistake: (k) => `The encoder reads ${k} step${k === 1 ? "" : "s"} of x and no more.`,
    hint: "What does the decoder know of the end of x?",
    constants: stepsWithin("T_x"),
    wrong: (right, k) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x.slice(1, Math.min(k, x.T_x)), a_0, parameters, y_0, T_y, cell),
  },
  {
    name: "decoder-stopped-after-k",
    mistake: (k) => `The decoder makes ${k} step${k === 1 ? "" : "s"} at the most.`,
    hint: "How many predictions were asked for?",
    constants: stepsWithin("T_y"),
    wrong: (right, k) => (x, a_0, parameters, y_0, T_y, cell) =>
      right(x, a_0, parameters, y_0, Math.min(k, T_y), cell),
  },
  {
    name: "prediction-scaled",
    mistake: (k) => `The prediction was multiplied by ${k} before it was fed back.`,
    hint: "What does the next step read: ŷ⟨t⟩, or something made of it?",
    constants: plainFactors,
    wrong: (_right, k) => (x, a_0, parameters, y_0, T_y, cell) => {
      const { a } = rnnForward(x, a_0, parameters.encoder, cell);
      let isFirst = true;
      return decode(a.at(x.T_x), parameters, y_0, T_y, (input, s_prev, shared) => {
        const read = isFirst ? input : input.times(k);
        isFirst = false;
        return cell(read, s_prev, shared);
      });
    },
  },
];
