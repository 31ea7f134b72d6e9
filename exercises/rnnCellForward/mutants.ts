import {
  type Mat,
  type RnnParameters,
  type RnnStep,
  sigmoid,
  softmax,
  tanh,
} from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to write one step. */
export const mutants: readonly Mutant<typeof starter.rnnCellForward>[] = [
  {
    name: "input-bias-forgotten",
    mistake: "The bias ba is missing from the state.",
    hint: "Count the terms inside tanh: two products and one more.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { ba } = parameters;
      const step = right(x_t, a_prev, { ...parameters, ba: ba.times(0) });
      return withParameters(step, parameters);
    },
  },
  {
    name: "output-bias-forgotten",
    mistake: "The bias by is missing from the prediction.",
    hint: "The output has a bias of its own.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { by } = parameters;
      const step = right(x_t, a_prev, { ...parameters, by: by.times(0) });
      return withParameters(step, parameters);
    },
  },
  {
    name: "prediction-from-the-old-state",
    mistake: "The prediction is made of a⟨t−1⟩ in place of a⟨t⟩.",
    hint: "Which state has already seen x⟨t⟩?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      return { ...step, yhat_t: softmax(scores(a_prev, parameters)) };
    },
  },
  {
    name: "state-transposed",
    mistake: "Waa is transposed.",
    hint: "Read the index pair of W_aa as “to, from”: nothing needs to be turned round here.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, { ...parameters, Waa: parameters.Waa.T });
      return withParameters(step, parameters);
    },
  },
  {
    name: "sigmoid-for-tanh",
    mistake: "The state goes through a sigmoid in place of tanh.",
    hint: "The state lies between −1 and 1, not between 0 and 1.",
    caughtBy: "ordinary sizes",
    wrong: () => (x_t, a_prev, parameters) => {
      const { Wax, Waa, ba } = parameters;
      const a_next = sigmoid(Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba));
      const yhat_t = softmax(scores(a_next, parameters));
      return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } };
    },
  },
  {
    name: "softmax-over-the-examples",
    mistake: "The softmax runs over the examples (each row sums to 1) in place of the classes.",
    hint: "Sum ŷ⟨t⟩ over a column: a column is one example, and its probabilities must sum to 1.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      return { ...step, yhat_t: softmax(scores(step.a_next, parameters).T).T };
    },
  },
  {
    name: "softmax-forgotten",
    mistake: "The prediction is the bare score Wya a⟨t⟩ + by, without the softmax.",
    hint: "What must the numbers of one column sum to?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      return { ...step, yhat_t: scores(step.a_next, parameters) };
    },
  },
  {
    name: "softmax-overflows",
    mistake: "The softmax takes e^z of large scores, which overflows to Infinity and gives NaN.",
    hint: "e^1000 is no number a computer has; the library's softmax subtracts something first.",
    caughtBy: "scores of several thousand",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      const e = scores(step.a_next, parameters).map(Math.exp);
      const totals = e.sumRows();
      return { ...step, yhat_t: e.map((value, _k, i) => value / totals.get(0, i)) };
    },
  },
  {
    name: "input-outside-tanh",
    mistake: "tanh is applied to Waa a⟨t−1⟩ alone, and the input is added outside of it.",
    hint: "Where does the bracket of tanh close?",
    caughtBy: "ordinary sizes",
    wrong: () => (x_t, a_prev, parameters) => {
      const { Wax, Waa, ba } = parameters;
      const a_next = tanh(Waa.dot(a_prev).add(ba)).add(Wax.dot(x_t));
      const yhat_t = softmax(scores(a_next, parameters));
      return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } };
    },
  },
];

/** What the softmax is taken of: Wya a + by. */
function scores(a: Mat<"n_a", "m">, { Wya, by }: RnnParameters): Mat<"n_y", "m"> {
  return Wya.dot(a).add(by);
}

/** The step with the given weights in its cache, whatever it was made with. */
function withParameters(step: RnnStep, parameters: RnnParameters): RnnStep {
  return { ...step, cache: { ...step.cache, parameters } };
}
