import {
  type GruCache,
  type GruParameters,
  type GruStep,
  type Mat,
  mostLikely,
  sigmoid,
  softmax,
  stackRows,
  tanh,
} from "../../src/index.js";
import type { Family, Mutant } from "../exercise.js";
import { otherSoftmax, otherGates, placesOf } from "../otherFunctions.js";
import type * as starter from "./starter.js";

type X = Mat<"n_x", "m">;
type A = Mat<"n_a", "m">;
type Y = Mat<"n_y", "m">;
type Step = typeof starter.gruCellForward;

/** The wrong ways to write one step of the GRU. */
export const mutants: readonly Mutant<typeof starter.gruCellForward>[] = [
  {
    name: "update-bias-forgotten",
    mistake: "The bias bu is missing from the update gate.",
    hint: "Each gate has a bias of its own.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { bu } = parameters;
      return withParameters(right(x_t, a_prev, { ...parameters, bu: bu.times(0) }), parameters);
    },
  },
  {
    name: "relevance-bias-forgotten",
    mistake: "The bias br is missing from the relevance gate.",
    hint: "Each gate has a bias of its own.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { br } = parameters;
      return withParameters(right(x_t, a_prev, { ...parameters, br: br.times(0) }), parameters);
    },
  },
  {
    name: "candidate-bias-forgotten",
    mistake: "The bias bc is missing from the candidate.",
    hint: "Count what stands inside tanh: a product and one more.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { bc } = parameters;
      return withParameters(right(x_t, a_prev, { ...parameters, bc: bc.times(0) }), parameters);
    },
  },
  {
    name: "output-bias-forgotten",
    mistake: "The bias by is missing from the prediction.",
    hint: "The output has a bias of its own.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { by } = parameters;
      return withParameters(right(x_t, a_prev, { ...parameters, by: by.times(0) }), parameters);
    },
  },
  {
    name: "one-bias-for-both-gates",
    mistake: "The relevance gate was given the update gate's bias, bu.",
    hint: "Compare the two gates' lines letter by letter.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) =>
      withParameters(right(x_t, a_prev, { ...parameters, br: parameters.bu }), parameters),
  },
  {
    name: "one-gate-for-both",
    mistake: "The relevance gate is the update gate: Wr and br are not used.",
    hint: "Compare the two gates' lines letter by letter.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { Wu, bu } = parameters;
      return withParameters(right(x_t, a_prev, { ...parameters, Wr: Wu, br: bu }), parameters);
    },
  },
  {
    name: "gate-weights-exchanged",
    mistake: "Γu was made with Wr and br, and Γr with Wu and bu.",
    hint: "u is for update, r for relevance: whose weights does each gate take?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { Wu, bu, Wr, br } = parameters;
      const exchanged = { ...parameters, Wu: Wr, bu: br, Wr: Wu, br: bu };
      return withParameters(right(x_t, a_prev, exchanged), parameters);
    },
  },
  {
    name: "gates-exchanged",
    mistake: "Γr blends old and new, and Γu scales the memory that the candidate sees.",
    hint: "Which gate says how much is written anew, and which what the candidate may see?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({
        candidate: ({ x_t, a_prev, gamma_u, parameters: { Wc, bc } }) =>
          tanh(Wc.dot(stackRows(gamma_u.times(a_prev), x_t)).add(bc)),
        blend: ({ a_prev, gamma_r, c_tilde }) => blended(gamma_r, c_tilde, a_prev),
      }),
  },
  {
    name: "blend-exchanged",
    mistake: "Old and new are exchanged in the blend: Γu ∗ c⟨t−1⟩ + (1 − Γu) ∗ c̃⟨t⟩.",
    hint: "An update gate of 1 means: write. What does yours do at 1?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({ blend: ({ a_prev, gamma_u, c_tilde }) => blended(gamma_u, a_prev, c_tilde) }),
  },
  {
    name: "relevance-forgotten",
    mistake: "The candidate was made of c⟨t−1⟩ itself: the relevance gate is not used.",
    hint: "Where does Γr appear in the equations, and where in your code?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({
        candidate: ({ x_t, a_prev, parameters: { Wc, bc } }) =>
          tanh(Wc.dot(stackRows(a_prev, x_t)).add(bc)),
      }),
  },
  {
    name: "relevance-after-the-product",
    mistake:
      "Γr scales the product of Wc's state part with c⟨t−1⟩ (as PyTorch has it), in place of c⟨t−1⟩ itself.",
    hint: "In the course's GRU, is the memory scaled before or after Wc?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({
        candidate: ({ x_t, a_prev, gamma_r, parameters: { Wc, bc } }) => {
          const fromInput = Wc.dot(stackRows(a_prev.times(0), x_t));
          const fromState = Wc.dot(stackRows(a_prev, x_t.times(0)));
          return tanh(fromInput.add(gamma_r.times(fromState)).add(bc));
        },
      }),
  },
  {
    name: "relevance-over-everything",
    mistake: "Γr scales the candidate's whole sum, the input's part too.",
    hint: "Which of the two parts of the stack does the relevance gate scale?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({
        candidate: ({ x_t, a_prev, gamma_r, parameters: { Wc, bc } }) =>
          tanh(Wc.dot(stackRows(a_prev, x_t)).times(gamma_r).add(bc)),
      }),
  },
  {
    name: "relevance-turned-round",
    mistake: "The candidate sees (1 − Γr) ∗ c⟨t−1⟩ in place of Γr ∗ c⟨t−1⟩.",
    hint: "A relevance of 1 means: all of the memory counts.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({
        candidate: ({ x_t, a_prev, gamma_r, parameters: { Wc, bc } }) =>
          tanh(Wc.dot(stackRows(rest(gamma_r).times(a_prev), x_t)).add(bc)),
      }),
  },
  {
    name: "update-gate-for-the-relevance",
    mistake: "The candidate sees Γu ∗ c⟨t−1⟩ in place of Γr ∗ c⟨t−1⟩.",
    hint: "Which of the two gates says how relevant the old memory is?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({ candidate: (cache) => tanh(candidateScore({ ...cache, gamma_r: cache.gamma_u })) }),
  },
  {
    name: "gates-stack-upside-down",
    mistake: "The gates read [x⟨t⟩; c⟨t−1⟩] in place of [c⟨t−1⟩; x⟨t⟩].",
    hint: "To which of the two do the first n_a columns of Wu belong?",
    caughtBy: "ordinary sizes",
    wrong: () => (x_t, a_prev, parameters) => {
      const stack = stackRows<string, string, "m">(x_t, a_prev) as unknown as Mat<"n_a+n_x", "m">;
      const { Wu, Wr, bu, br } = parameters;
      const gamma_u = sigmoid(Wu.dot(stack).add(bu));
      const gamma_r = sigmoid(Wr.dot(stack).add(br));
      const seen = { x_t, a_prev, gamma_u, gamma_r, parameters };
      return finished({ ...seen, c_tilde: tanh(candidateScore(seen)) });
    },
  },
  {
    name: "stack-upside-down",
    mistake: "The input stands above the memory: [x⟨t⟩; c⟨t−1⟩] in place of [c⟨t−1⟩; x⟨t⟩].",
    hint: "To which of the two do the first n_a columns of Wu belong?",
    caughtBy: "ordinary sizes",
    wrong: () => (x_t, a_prev, parameters) => {
      const upsideDown = (upper: A): Mat<"n_a+n_x", "m"> =>
        stackRows<string, string, "m">(x_t, upper) as unknown as Mat<"n_a+n_x", "m">;
      const { Wu, Wr, Wc, bu, br, bc } = parameters;
      const gamma_u = sigmoid(Wu.dot(upsideDown(a_prev)).add(bu));
      const gamma_r = sigmoid(Wr.dot(upsideDown(a_prev)).add(br));
      const c_tilde = tanh(Wc.dot(upsideDown(gamma_r.times(a_prev))).add(bc));
      return finished({ x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters });
    },
  },
  {
    name: "candidate-through-sigmoid",
    mistake: "The candidate goes through a sigmoid in place of tanh.",
    hint: "A candidate lies between −1 and 1, a gate between 0 and 1.",
    caughtBy: "ordinary sizes",
    wrong: () => step({ candidate: (cache) => sigmoid(candidateScore(cache)) }),
  },
  {
    name: "candidate-without-tanh",
    mistake: "The candidate is the bare sum: tanh is missing.",
    hint: "Between which bounds does a candidate lie?",
    caughtBy: "ordinary sizes",
    wrong: () => step({ candidate: candidateScore }),
  },
  {
    name: "candidate-through-relu",
    mistake: "The candidate goes through ReLU, max(0, z), in place of tanh.",
    hint: "A candidate can be negative, and never beyond 1.",
    caughtBy: "ordinary sizes",
    wrong: () => step({ candidate: (cache) => candidateScore(cache).map((z) => Math.max(0, z)) }),
  },
  {
    name: "gates-through-tanh",
    mistake: "The gates go through tanh in place of the sigmoid: they can be negative.",
    hint: "A gate is a share: between 0, shut, and 1, open.",
    caughtBy: "ordinary sizes",
    wrong: () => step({ gate: tanh }),
  },
  {
    name: "gates-through-hard-sigmoid",
    mistake: "The gates are 0.2z + 0.5, cut off at 0 and 1 (a hard sigmoid), in place of σ(z).",
    hint: "Some frameworks have a cheaper sigmoid; the course's is 1 / (1 + e^(−z)).",
    caughtBy: "ordinary sizes",
    wrong: () => step({ gate: (z) => z.map((v) => Math.min(1, Math.max(0, 0.2 * v + 0.5))) }),
  },
  {
    name: "gates-through-softmax",
    mistake: "The gates go through a softmax over the units in place of a sigmoid each.",
    hint: "Must one unit shut for another to open?",
    caughtBy: "ordinary sizes",
    wrong: () => step({ gate: softmax }),
  },
  {
    name: "gates-rounded",
    mistake: "The gates were rounded to 0 or 1.",
    hint: "A gate may stand half open: that is what makes it differentiable.",
    caughtBy: "ordinary sizes",
    wrong: () => step({ gate: (z) => z.map((v) => (v > 0 ? 1 : 0)) }),
  },
  {
    name: "gates-overflow",
    mistake: "The sigmoid was written e^z / (1 + e^z), which is NaN for a z of several hundred.",
    hint: "What is e^1000, and what is that divided by itself?",
    caughtBy: "scores of several thousand",
    wrong: () => step({ gate: (z) => z.map((v) => Math.exp(v) / (1 + Math.exp(v))) }),
  },
  {
    name: "rest-forgotten",
    mistake: "c⟨t−1⟩ is added whole: the factor (1 − Γu) is missing.",
    hint: "The two shares of the blend must add up to 1.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({ blend: ({ a_prev, gamma_u, c_tilde }) => gamma_u.times(c_tilde).add(a_prev) }),
  },
  {
    name: "old-memory-dropped",
    mistake: "c⟨t⟩ is Γu ∗ c̃⟨t⟩ alone: what was remembered is lost.",
    hint: "With the gate shut, what should be left of the memory?",
    caughtBy: "ordinary sizes",
    wrong: () => step({ blend: ({ gamma_u, c_tilde }) => gamma_u.times(c_tilde) }),
  },
  {
    name: "candidate-added-whole",
    mistake: "The candidate is added whole: its factor Γu is missing.",
    hint: "The two shares of the blend must add up to 1.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({ blend: ({ a_prev, gamma_u, c_tilde }) => c_tilde.add(rest(gamma_u).times(a_prev)) }),
  },
  {
    name: "update-gate-unused",
    mistake: "c⟨t⟩ is the candidate itself: the update gate is not used.",
    hint: "Which equation decides how much of the candidate is written?",
    caughtBy: "ordinary sizes",
    wrong: () => step({ blend: ({ c_tilde }) => c_tilde }),
  },
  {
    name: "memory-through-relevance",
    mistake: "The memory that is kept was scaled by Γr too: (1 − Γu) ∗ Γr ∗ c⟨t−1⟩.",
    hint: "The relevance gate is for the candidate's eyes only.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({
        blend: ({ a_prev, gamma_u, gamma_r, c_tilde }) =>
          blended(gamma_u, c_tilde, gamma_r.times(a_prev)),
      }),
  },
  {
    name: "relevance-as-forget-gate",
    mistake: "What is kept of c⟨t−1⟩ was scaled by Γr in place of 1 − Γu.",
    hint: "A GRU has no forget gate: what is not written anew is kept.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({
        blend: ({ a_prev, gamma_u, gamma_r, c_tilde }) =>
          gamma_u.times(c_tilde).add(gamma_r.times(a_prev)),
      }),
  },
  {
    name: "rest-with-the-wrong-sign",
    mistake: "(Γu − 1) was written for (1 − Γu): the old memory changes its sign.",
    hint: "With the gate shut the memory should come out as it went in.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({
        blend: ({ a_prev, gamma_u, c_tilde }) => blended(gamma_u, c_tilde, a_prev.times(-1)),
      }),
  },
  {
    name: "tanh-of-the-memory",
    mistake: "tanh was taken of the blend once more (an LSTM does that on its way out).",
    hint: "In a GRU the memory is the state: a⟨t⟩ = c⟨t⟩.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      step({ blend: ({ a_prev, gamma_u, c_tilde }) => tanh(blended(gamma_u, c_tilde, a_prev)) }),
  },
  {
    name: "update-gate-sees-the-relevant",
    mistake: "Γu was made of [Γr ∗ c⟨t−1⟩; x⟨t⟩], the candidate's stack.",
    hint: "Two stacks are at hand. Which one do both gates read?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const { gamma_r, c_tilde } = right(x_t, a_prev, parameters).cache;
      const { Wu, bu } = parameters;
      const gamma_u = sigmoid(Wu.dot(stackRows(gamma_r.times(a_prev), x_t)).add(bu));
      return finished({ x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters });
    },
  },
  {
    name: "softmax-forgotten",
    mistake: "The prediction is the bare score Wya c⟨t⟩ + by, without the softmax.",
    hint: "What must the numbers of one column sum to?",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, (z) => z),
  },
  {
    name: "softmax-over-the-examples",
    mistake: "The softmax runs over the examples (each row sums to 1) in place of the classes.",
    hint: "Sum ŷ⟨t⟩ over a column: a column is one example, and its probabilities must sum to 1.",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, (z) => softmax(z.T).T),
  },
  {
    name: "softmax-overflows",
    mistake: "The softmax takes e^z of large scores, which overflows to Infinity and gives NaN.",
    hint: "e^1000 is no number a computer has; the library's softmax subtracts something first.",
    caughtBy: "scores of several thousand",
    wrong: (right) =>
      withPrediction(right, (z) => {
        const e = z.map(Math.exp);
        const totals = e.sumRows();
        return e.map((value, _k, i) => value / totals.get(0, i));
      }),
  },
  {
    name: "sigmoid-for-softmax",
    mistake: "The prediction goes through a sigmoid in place of the softmax.",
    hint: "What must the numbers of one column sum to?",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, sigmoid),
  },
  {
    name: "most-likely-only",
    mistake: "The prediction is 1 for the most likely output and 0 for the others.",
    hint: "A loss needs probabilities, not a choice.",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, mostLikely),
  },
  {
    name: "prediction-from-the-old-state",
    mistake: "The prediction is made of c⟨t−1⟩ in place of c⟨t⟩.",
    hint: "Which memory has already seen x⟨t⟩?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => ({
      ...right(x_t, a_prev, parameters),
      yhat_t: softmax(scores(a_prev, parameters)),
    }),
  },
  {
    name: "prediction-from-the-candidate",
    mistake: "The prediction is made of the candidate c̃⟨t⟩ in place of c⟨t⟩.",
    hint: "The candidate is an offer. Which matrix is the state?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const made = right(x_t, a_prev, parameters);
      return { ...made, yhat_t: softmax(scores(made.cache.c_tilde, parameters)) };
    },
  },
  {
    name: "gates-exchanged-in-the-cache",
    mistake: "The cache holds Γr under gamma_u and Γu under gamma_r.",
    hint: "The step is right. Look at what you hand on for the way back.",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withCache(right, ({ gamma_u, gamma_r }) => ({ gamma_u: gamma_r, gamma_r: gamma_u })),
  },
  {
    name: "new-memory-in-the-cache",
    mistake: "The cache holds c⟨t⟩ under a_prev.",
    hint: "The way back needs the memory as it was before the step.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const made = right(x_t, a_prev, parameters);
      return { ...made, cache: { ...made.cache, a_prev: made.a_next } };
    },
  },
  {
    name: "score-in-the-cache",
    mistake: "The cache holds the candidate as it was before tanh.",
    hint: "The way back makes tanh's slope from what came out of tanh.",
    caughtBy: "ordinary sizes",
    wrong: (right) => withCache(right, (cache) => ({ c_tilde: candidateScore(cache) })),
  },
  {
    name: "written-into-a-prev",
    mistake: "The new memory was written into a_prev: the caller's matrix is changed.",
    hint: "Whoever called you may still need the state that they gave you.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, parameters) => {
      const made = right(x_t, a_prev, parameters);
      a_prev.data.set(made.a_next.data);
      return made;
    },
  },
];

/** What can be made with another function, and which. */
const gateFunctions = otherGates(["u", "r"]);

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.gruCellForward>[] = [
  {
    name: "another-function-for-a-gate",
    mistake: (k: number): string => gateFunctions[k]!.words,
    hint: "Which function stands before the bracket of each of the three?",
    constants: placesOf(gateFunctions),
    isAlone: true,
    wrong: (_right: Step, k: number): Step => {
      const { gate, of } = gateFunctions[k]!;
      const other = (z: A): A => z.map(of);
      const slips = {
        u: { gate: other, relevance: sigmoid },
        r: { relevance: other },
        c: { candidate: (cache: Omit<GruCache, "c_tilde">): A => other(candidateScore(cache)) },
      };
      return step(slips[gate]);
    },
  },
  otherSoftmax(withPrediction),
];

/** What a step may do otherwise than the right one. */
interface Slips {
  readonly gate?: (z: A) => A;
  /** Of the relevance gate; the gate's unless said. */
  readonly relevance?: (z: A) => A;
  readonly candidate?: (cache: Omit<GruCache, "c_tilde">) => A;
  readonly blend?: (cache: GruCache) => A;
}

/** A step that is right but for its slips. */
function step(slips: Slips): typeof starter.gruCellForward {
  const { gate = sigmoid, candidate = (cache) => tanh(candidateScore(cache)), blend } = slips;
  const { relevance = gate } = slips;
  return (x_t, a_prev, parameters) => {
    const { Wu, Wr, bu, br } = parameters;
    const stack = stackRows(a_prev, x_t);
    const gamma_u = gate(Wu.dot(stack).add(bu));
    const gamma_r = relevance(Wr.dot(stack).add(br));
    const c_tilde = candidate({ x_t, a_prev, gamma_u, gamma_r, parameters });
    return finished({ x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters }, blend);
  };
}

/** The step's answer from all that its cache holds. */
function finished(
  cache: GruCache,
  blend = ({ a_prev, gamma_u, c_tilde }: GruCache): A => blended(gamma_u, c_tilde, a_prev),
): GruStep {
  const a_next = blend(cache);
  return { a_next, yhat_t: softmax(scores(a_next, cache.parameters)), cache };
}

/** gate ∗ written + (1 − gate) ∗ kept. */
function blended(gate: A, written: A, kept: A): A {
  return gate.times(written).add(rest(gate).times(kept));
}

/** 1 − gate. */
function rest(gate: A): A {
  return gate.map((value) => 1 - value);
}

/** What tanh is taken of: Wc [Γr ∗ c⟨t−1⟩; x⟨t⟩] + bc. */
function candidateScore({
  x_t,
  a_prev,
  gamma_r,
  parameters: { Wc, bc },
}: Pick<GruCache, "x_t" | "a_prev" | "gamma_r" | "parameters">): A {
  return Wc.dot(stackRows(gamma_r.times(a_prev), x_t)).add(bc);
}

/** What the softmax is taken of: Wya c + by. */
function scores(c: A, { Wya, by }: GruParameters): Y {
  return Wya.dot(c).add(by);
}

/** A step that is right but for what its prediction makes of the scores. */
function withPrediction(
  right: typeof starter.gruCellForward,
  predict: (scores: Y) => Y,
): typeof starter.gruCellForward {
  return (x_t: X, a_prev, parameters) => {
    const made = right(x_t, a_prev, parameters);
    return { ...made, yhat_t: predict(scores(made.a_next, parameters)) };
  };
}

/** The step with the given weights in its cache, whatever it was made with. */
function withParameters(made: GruStep, parameters: GruParameters): GruStep {
  return { ...made, cache: { ...made.cache, parameters } };
}

/** A step that is right but for what it puts into its cache. */
function withCache(
  right: typeof starter.gruCellForward,
  change: (cache: GruCache) => Partial<GruCache>,
): typeof starter.gruCellForward {
  return (x_t, a_prev, parameters) => {
    const made = right(x_t, a_prev, parameters);
    return { ...made, cache: { ...made.cache, ...change(made.cache) } };
  };
}
