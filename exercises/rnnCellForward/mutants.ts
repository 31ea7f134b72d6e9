import {
  type Mat,
  mostLikely,
  type RnnCache,
  type RnnParameters,
  type RnnStep,
  sigmoid,
  softmax,
  tanh,
} from "../../src/index.js";
import type { Family, Mutant } from "../exercise.js";
import {
  forExponential,
  otherSoftmax,
  forTanh,
  placesOf,
  plainFactors,
} from "../otherFunctions.js";
import type * as starter from "./starter.js";

type X = Mat<"n_x", "m">;
type A = Mat<"n_a", "m">;
type Y = Mat<"n_y", "m">;

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
    wrong: () => withState((x_t, a_prev, parameters) => sigmoid(sum(x_t, a_prev, parameters))),
  },
  {
    name: "softmax-over-the-examples",
    mistake: "The softmax runs over the examples (each row sums to 1) in place of the classes.",
    hint: "Sum ŷ⟨t⟩ over a column: a column is one example, and its probabilities must sum to 1.",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, (z) => softmax(z.T).T),
  },
  {
    name: "softmax-forgotten",
    mistake: "The prediction is the bare score Wya a⟨t⟩ + by, without the softmax.",
    hint: "What must the numbers of one column sum to?",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, (z) => z),
  },
  {
    name: "softmax-overflows",
    mistake: "The softmax takes e^z of large scores, which overflows to Infinity and gives NaN.",
    hint: "e^1000 is no number a computer has; the library's softmax subtracts something first.",
    caughtBy: "scores of several thousand",
    wrong: (right) => withPrediction(right, (z) => shares(z.map(Math.exp))),
  },
  {
    name: "input-outside-tanh",
    mistake: "tanh is applied to Waa a⟨t−1⟩ alone, and the input is added outside of it.",
    hint: "Where does the bracket of tanh close?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) => tanh(Waa.dot(a_prev).add(ba)).add(Wax.dot(x_t))),
  },
  {
    name: "tanh-forgotten",
    mistake: "The state is the bare sum: tanh is missing.",
    hint: "Between which bounds must every unit of the state lie?",
    caughtBy: "ordinary sizes",
    wrong: () => withState(sum),
  },
  {
    name: "relu-for-tanh",
    mistake: "The state goes through ReLU, max(0, z), in place of tanh.",
    hint: "A unit of the state can be negative, and never beyond 1.",
    caughtBy: "ordinary sizes",
    wrong: () => withState((...args) => sum(...args).map((z) => Math.max(0, z))),
  },
  {
    name: "hard-tanh",
    mistake: "The sum was cut off at −1 and 1 in place of going through tanh.",
    hint: "tanh bends the sum everywhere, not only where it is large.",
    caughtBy: "ordinary sizes",
    wrong: () => withState((...args) => sum(...args).map((z) => Math.max(-1, Math.min(1, z)))),
  },
  {
    name: "tanh-twice",
    mistake: "tanh was applied twice.",
    hint: "How often does the sum go through the activation?",
    caughtBy: "ordinary sizes",
    wrong: () => withState((...args) => tanh(tanh(sum(...args)))),
  },
  {
    name: "tanh-per-term",
    mistake: "tanh was taken of each term by itself, and the three results were added.",
    hint: "What is added first: the terms, or what the activation makes of them?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) =>
        tanh(Wax.dot(x_t))
          .add(tanh(Waa.dot(a_prev)))
          .add(tanh(ba)),
      ),
  },
  {
    name: "state-outside-tanh",
    mistake: "tanh is applied to the input's part alone, and Waa a⟨t−1⟩ is added outside of it.",
    hint: "Can your state grow beyond 1? Then something escapes the activation.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) => tanh(Wax.dot(x_t).add(ba)).add(Waa.dot(a_prev))),
  },
  {
    name: "bias-outside-tanh",
    mistake: "The bias ba is added outside of tanh.",
    hint: "Can your state grow beyond 1? Then something escapes the activation.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) => tanh(Wax.dot(x_t).add(Waa.dot(a_prev))).add(ba)),
  },
  {
    name: "bias-added-twice",
    mistake: "The bias ba was added to both products: it counts twice in the state.",
    hint: "How many biases does the state have?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) =>
      withParameters(right(x_t, a_prev, { ...parameters, ba: parameters.ba.times(2) }), parameters),
  },
  {
    name: "old-state-ignored",
    mistake: "The term Waa a⟨t−1⟩ is missing: the step remembers nothing.",
    hint: "What would tell this step about the ones before it?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { Waa } = parameters;
      const step = right(x_t, a_prev, { ...parameters, Waa: Waa.times(0) });
      return withParameters(step, parameters);
    },
  },
  {
    name: "input-ignored",
    mistake: "The term Wax x⟨t⟩ is missing: the step reads nothing.",
    hint: "Two things go into a new state: one from before, and one from outside.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { Wax } = parameters;
      const step = right(x_t, a_prev, { ...parameters, Wax: Wax.times(0) });
      return withParameters(step, parameters);
    },
  },
  {
    name: "weights-exchanged",
    mistake: "Wax multiplies the state and Waa the input.",
    hint: "The second letter of an index pair says what the matrix is multiplied with.",
    caughtBy: "inputs, units and outputs alike",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) =>
        tanh(
          (Wax as Mat)
            .dot(a_prev)
            .add((Waa as Mat).dot(x_t))
            .add(ba) as A,
        ),
      ),
  },
  {
    name: "input-weights-transposed",
    mistake: "Wax is transposed.",
    hint: "Wax is (n_a, n_x) already: does it need to be turned round to make a state of an input?",
    caughtBy: "inputs, units and outputs alike",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) =>
        tanh((Wax.T as Mat).dot(x_t).add(Waa.dot(a_prev)).add(ba) as A),
      ),
  },
  {
    name: "output-weights-transposed",
    mistake: "Wya is transposed.",
    hint: "Wya is (n_y, n_a) already: does it need to be turned round to make an output of a state?",
    caughtBy: "inputs, units and outputs alike",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      const z = (parameters.Wya.T as Mat).dot(step.a_next).add(parameters.by);
      return { ...step, yhat_t: softmax(z as Y) };
    },
  },
  {
    name: "state-bias-in-the-prediction",
    mistake: "The prediction was given the state's bias ba in place of its own.",
    hint: "Each of the two formulas has a bias of its own. Which letter does the output's carry?",
    caughtBy: "inputs, units and outputs alike",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      const z = parameters.Wya.dot(step.a_next).add(parameters.ba as Mat);
      return { ...step, yhat_t: softmax(z) };
    },
  },
  {
    name: "prediction-before-tanh",
    mistake: "The prediction is made of the sum, before tanh made the state of it.",
    hint: "Wya multiplies a state. Is what you gave it between −1 and 1?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => ({
      ...right(x_t, a_prev, parameters),
      yhat_t: softmax(scores(sum(x_t, a_prev, parameters), parameters)),
    }),
  },
  {
    name: "sigmoid-for-softmax",
    mistake: "The prediction goes through a sigmoid in place of a softmax.",
    hint: "One class of many: what must the numbers of one column sum to?",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, sigmoid),
  },
  {
    name: "bias-after-softmax",
    mistake: "The bias by was added behind the softmax, not to the scores.",
    hint: "After the softmax, a column sums to 1. What happens to that sum in your code?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      const { Wya, by } = parameters;
      return { ...step, yhat_t: softmax(Wya.dot(step.a_next)).add(by) };
    },
  },
  {
    name: "softmax-twice",
    mistake: "The softmax was applied twice.",
    hint: "A softmax makes probabilities of scores. What does yours get?",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, (z) => softmax(softmax(z))),
  },
  {
    name: "softmax-over-the-whole-matrix",
    mistake: "The exponentials were divided by the sum of the whole matrix, all examples together.",
    hint: "Each example's probabilities sum to 1; what do yours sum to?",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withPrediction(right, (z) => {
        const largest = Math.max(...z.data);
        const e = z.map((value) => Math.exp(value - largest));
        return e.times(1 / e.sum());
      }),
  },
  {
    name: "one-maximum-for-the-batch",
    mistake:
      "The largest score of the whole batch was subtracted: an example whose scores are all far below it becomes 0/0.",
    hint: "Whose largest score must not overflow: the batch's, or each example's?",
    caughtBy: "scores of several thousand",
    wrong: (right) =>
      withPrediction(right, (z) => {
        const largest = Math.max(...z.data);
        return shares(z.map((value) => Math.exp(value - largest)));
      }),
  },
  {
    name: "log-softmax",
    mistake: "The prediction is the logarithm of the softmax.",
    hint: "A probability is never negative.",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, (z) => softmax(z).map(Math.log)),
  },
  {
    name: "most-likely-class",
    mistake: "The prediction is 1 for the most likely class and 0 for the others.",
    hint: "ŷ⟨t⟩ says how sure the network is; the choice of one class comes later.",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, mostLikely),
  },
  {
    name: "new-state-twice-in-the-cache",
    mistake: "The cache holds the new state as a_prev too.",
    hint: "The way back will ask which state this step came from. What does your cache answer?",
    caughtBy: "ordinary sizes",
    wrong: (right) => withCache(right, ({ a_next }) => ({ a_prev: a_next })),
  },
  {
    name: "old-state-twice-in-the-cache",
    mistake: "The cache holds the old state as a_next too.",
    hint: "The way back will ask what came out of tanh. What does your cache answer?",
    caughtBy: "ordinary sizes",
    wrong: (right) => withCache(right, ({ a_prev }) => ({ a_next: a_prev })),
  },
  {
    name: "states-exchanged-in-the-cache",
    mistake: "a_prev and a_next stand in each other's place in the cache.",
    hint: "Read the cache aloud: which of its states has seen x⟨t⟩?",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withCache(right, ({ a_prev, a_next }) => ({ a_prev: a_next, a_next: a_prev })),
  },
  {
    name: "written-into-the-old-state",
    mistake: "The new state was written into a_prev: the caller's matrix is changed.",
    hint: "Whoever called you may still need the state that they gave you.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      a_prev.data.set(step.a_next.data);
      return { ...step, cache: { ...step.cache, a_prev } };
    },
  },
  {
    name: "output-bias-twice",
    mistake: "The bias by was added twice.",
    hint: "Count the terms of the score.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { by } = parameters;
      return withParameters(right(x_t, a_prev, { ...parameters, by: by.times(2) }), parameters);
    },
  },
  {
    name: "tanh-per-product",
    mistake:
      "tanh was taken of each product by itself (ba in that of the state), and the results were added.",
    hint: "What is added first: the terms, or what the activation makes of them?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) =>
        tanh(Wax.dot(x_t)).add(tanh(Waa.dot(a_prev).add(ba))),
      ),
  },
  {
    name: "tanh-per-product-of-the-input",
    mistake:
      "tanh was taken of each product by itself (ba in that of the input), and the results were added.",
    hint: "What is added first: the terms, or what the activation makes of them?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) =>
        tanh(Wax.dot(x_t).add(ba)).add(tanh(Waa.dot(a_prev))),
      ),
  },
  {
    name: "sinh-for-tanh",
    mistake: "sinh was taken in place of tanh: the denominator is missing.",
    hint: "Can your state grow beyond 1? tanh z = sinh z / cosh z.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) =>
        Waa.dot(a_prev).add(Wax.dot(x_t)).add(ba).map(Math.sinh),
      ),
  },
  {
    name: "state-subtracted",
    mistake: "The state's part was subtracted in place of added.",
    hint: "Which signs have the terms inside tanh?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const turned = { ...parameters, Waa: parameters.Waa.times(-1) };
      return withParameters(right(x_t, a_prev, turned), parameters);
    },
  },
  {
    name: "input-subtracted",
    mistake: "The input's part was subtracted in place of added.",
    hint: "Which signs have the terms inside tanh?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const turned = { ...parameters, Wax: parameters.Wax.times(-1) };
      return withParameters(right(x_t, a_prev, turned), parameters);
    },
  },
  {
    name: "bias-subtracted",
    mistake: "The bias ba was subtracted in place of added.",
    hint: "Which signs have the terms inside tanh?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const turned = { ...parameters, ba: parameters.ba.times(-1) };
      return withParameters(right(x_t, a_prev, turned), parameters);
    },
  },
  {
    name: "old-state-added",
    mistake: "The old state was added to the new one, outside of tanh.",
    hint: "Does tanh give a change of the state, or the state?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) =>
        tanh(Waa.dot(a_prev).add(Wax.dot(x_t)).add(ba)).add(a_prev),
      ),
  },
  {
    name: "no-x-t-in-the-cache",
    mistake: "The cache lacks x_t.",
    hint: "What does the way back need of this step?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      const { x_t: _left_out, ...cache } = step.cache;
      return { ...step, cache };
    },
  },
  {
    name: "no-parameters-in-the-cache",
    mistake: "The cache lacks parameters.",
    hint: "What does the way back need of this step?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      const { parameters: _left_out, ...cache } = step.cache;
      return { ...step, cache };
    },
  },
  {
    name: "output-bias-subtracted",
    mistake: "The bias by was subtracted in place of added.",
    hint: "Which signs have the terms of the score?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const turned = { ...parameters, by: parameters.by.times(-1) };
      return withParameters(right(x_t, a_prev, turned), parameters);
    },
  },
  {
    name: "prediction-from-the-mean-state",
    mistake: "The prediction is made of the mean of a⟨t⟩ and a⟨t−1⟩.",
    hint: "Which state has already seen x⟨t⟩?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const step = right(x_t, a_prev, parameters);
      const mean = step.a_next.add(a_prev).times(0.5);
      return { ...step, yhat_t: softmax(scores(mean, parameters)) };
    },
  },
  {
    name: "products-multiplied",
    mistake: "The two products were multiplied with each other in place of added.",
    hint: "Inside tanh stands a sum of three terms.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, { Wax, Waa, ba }) =>
        tanh(Wax.dot(x_t).times(Waa.dot(a_prev)).add(ba)),
      ),
  },
  {
    name: "states-mixed",
    mistake: "The new state is the mean of tanh's and the old one.",
    hint: "Does tanh give a change of the state, or the state?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withState((x_t, a_prev, parameters) =>
        tanh(sum(x_t, a_prev, parameters))
          .add(a_prev)
          .times(0.5),
      ),
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.rnnCellForward>[] = [
  {
    name: "another-function-for-tanh",
    mistake: (k) => `The state is ${forTanh[k]!.words} in place of tanh z.`,
    hint: "Which function does the formula name, and what is it taken of?",
    constants: placesOf(forTanh),
    wrong: (_right, k) => withState((...args) => sum(...args).map(forTanh[k]!.of)),
  },
  {
    name: "another-function-for-the-exponential",
    mistake: (k) => `In the softmax stands ${forExponential[k]!.words} in place of e^z.`,
    hint: "What makes scores of any sign into numbers above 0 before they are divided by their sum?",
    constants: placesOf(forExponential),
    wrong: (right, k) => withPrediction(right, (z) => shares(z.map(forExponential[k]!.of))),
  },
  otherSoftmax(withPrediction),
  {
    name: "products-scaled",
    mistake: (k) => `Wax x⟨t⟩ + Waa a⟨t−1⟩ was multiplied by ${k} before ba was added.`,
    hint: "Sum or mean? Count the factors of the formula.",
    constants: plainFactors,
    wrong: (right, k) => (x_t, a_prev, parameters) => {
      const { Wax, Waa } = parameters;
      const scaled = { ...parameters, Wax: Wax.times(k), Waa: Waa.times(k) };
      return withParameters(right(x_t, a_prev, scaled), parameters);
    },
  },
  {
    name: "scores-scaled",
    mistake: (k) => `The scores were multiplied by ${k} before the softmax.`,
    hint: "What does the softmax take, as it is?",
    constants: plainFactors,
    wrong: (right, k) => (x_t, a_prev, parameters) => {
      const { Wya, by } = parameters;
      const scaled = { ...parameters, Wya: Wya.times(k), by: by.times(k) };
      return withParameters(right(x_t, a_prev, scaled), parameters);
    },
  },
];

/** What tanh is taken of: Wax x + Waa a + ba. */
function sum(x_t: X, a_prev: A, { Wax, Waa, ba }: RnnParameters): A {
  return Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba);
}

/** A step that is right but for how its state is made. */
function withState(
  state: (x_t: X, a_prev: A, parameters: RnnParameters) => A,
): typeof starter.rnnCellForward {
  return (x_t, a_prev, parameters) => {
    const a_next = state(x_t, a_prev, parameters);
    const yhat_t = softmax(scores(a_next, parameters));
    return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } };
  };
}

/** A step that is right but for what its prediction makes of the scores. */
function withPrediction(
  right: typeof starter.rnnCellForward,
  predict: (scores: Y) => Y,
): typeof starter.rnnCellForward {
  return (x_t, a_prev, parameters) => {
    const step = right(x_t, a_prev, parameters);
    return { ...step, yhat_t: predict(scores(step.a_next, parameters)) };
  };
}

/** What the softmax is taken of: Wya a + by. */
function scores(a: A, { Wya, by }: RnnParameters): Y {
  return Wya.dot(a).add(by);
}

/** The step with the given weights in its cache, whatever it was made with. */
function withParameters(step: RnnStep, parameters: RnnParameters): RnnStep {
  return { ...step, cache: { ...step.cache, parameters } };
}

/** Each column divided by its sum. */
function shares(e: Y): Y {
  const totals = e.sumRows();
  return e.map((value, _k, i) => value / totals.get(0, i));
}

/** A step that is right but for what it puts into its cache. */
function withCache(
  right: typeof starter.rnnCellForward,
  change: (cache: RnnCache) => Partial<RnnCache>,
): typeof starter.rnnCellForward {
  return (x_t, a_prev, parameters) => {
    const step = right(x_t, a_prev, parameters);
    return { ...step, cache: { ...step.cache, ...change(step.cache) } };
  };
}
