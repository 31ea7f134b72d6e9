import {
  type LstmParameters,
  type LstmStep,
  Mat,
  sigmoid,
  softmax,
  stackRows,
  tanh,
} from "../../src/index.js";
import type { Family, Mutant } from "../exercise.js";
import { otherSoftmax, forTanh, otherGates, placesOf } from "../otherFunctions.js";
import type * as starter from "./starter.js";

type Cell = typeof starter.lstmCellForward;
type Args = Parameters<Cell>;
type A = Mat<"n_a", "m">;

/** Gates, candidate and old memory: what the new memory is made of. */
interface Gates {
  readonly gamma_f: A;
  readonly gamma_u: A;
  readonly gamma_o: A;
  readonly c_tilde: A;
}

/** The wrong ways to write one step of the LSTM. */
export const mutants: readonly Mutant<Cell>[] = [
  {
    name: "forget-and-update-exchanged",
    mistake: "Γf and Γu are exchanged: Γf lets the candidate in, and Γu keeps the old memory.",
    hint: "Which gate stands before c̃⟨t⟩, and which before c⟨t−1⟩?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withMemory(({ gamma_f, gamma_u, c_tilde }, c_prev) =>
        gamma_f.times(c_tilde).add(gamma_u.times(c_prev)),
      ),
  },
  {
    name: "gate-weights-exchanged",
    mistake: "Γf was made with Wu and bu, and Γu with Wf and bf.",
    hint: "Each gate has weights and a bias under its own letter.",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withParameters(right, ({ Wf, Wu, bf, bu, ...rest }) => ({
        ...rest,
        Wf: Wu,
        Wu: Wf,
        bf: bu,
        bu: bf,
      })),
  },
  {
    name: "update-and-output-weights-exchanged",
    mistake: "Γu was made with Wo and bo, and Γo with Wu and bu.",
    hint: "Each gate has weights and a bias under its own letter.",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withParameters(right, ({ Wo, Wu, bo, bu, ...rest }) => ({
        ...rest,
        Wo: Wu,
        Wu: Wo,
        bo: bu,
        bu: bo,
      })),
  },
  ...(["f", "u", "c", "o"] as const).map((letter): Mutant<Cell> => ({
    name: `bias-${letter}-forgotten`,
    mistake: `The bias b${letter} is missing.`,
    hint: "All four sums have a bias of their own. Count them.",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withParameters(right, (parameters) => ({
        ...parameters,
        [`b${letter}`]: parameters[`b${letter}`].times(0),
      })),
  })),
  {
    name: "output-bias-forgotten",
    mistake: "The bias by is missing from the prediction.",
    hint: "The output has a bias of its own.",
    caughtBy: "ordinary sizes",
    wrong: (right) => withParameters(right, (all) => ({ ...all, by: all.by.times(0) })),
  },
  {
    name: "candidate-through-sigmoid",
    mistake: "The candidate c̃⟨t⟩ goes through the sigmoid in place of tanh.",
    hint: "A gate lies between 0 and 1. What is written into the memory may be negative.",
    caughtBy: "ordinary sizes",
    wrong: () => withGates((z) => ({ ...gatesOf(z), c_tilde: sigmoid(z.c) })),
  },
  {
    name: "gates-through-tanh",
    mistake: "The gates go through tanh in place of the sigmoid.",
    hint: "How open can a gate be at the least, and how open at the most?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withGates((z) => ({
        gamma_f: tanh(z.f),
        gamma_u: tanh(z.u),
        gamma_o: tanh(z.o),
        c_tilde: tanh(z.c),
      })),
  },
  {
    name: "hard-sigmoid",
    mistake: "The gates go through a hard sigmoid, 0.2 z + 0.5 cut off at 0 and 1.",
    hint: "Some libraries have that for speed. Here σ is the smooth one.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withGates((z) => {
        const hard = (mat: A): A => mat.map((v) => Math.min(1, Math.max(0, 0.2 * v + 0.5)));
        return { gamma_f: hard(z.f), gamma_u: hard(z.u), gamma_o: hard(z.o), c_tilde: tanh(z.c) };
      }),
  },
  {
    name: "forget-is-one-minus-update",
    mistake: "1 − Γu was used for Γf, as in a GRU.",
    hint: "The LSTM has a forget gate with weights of its own.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withMemory(({ gamma_u, c_tilde }, c_prev) =>
        gamma_u.times(c_tilde).add(gamma_u.map((v) => 1 - v).times(c_prev)),
      ),
  },
  {
    name: "forget-gate-missing",
    mistake: "The forget gate is missing: c⟨t−1⟩ is added whole.",
    hint: "What stands before c⟨t−1⟩ in the formula?",
    caughtBy: "ordinary sizes",
    wrong: () => withMemory(({ gamma_u, c_tilde }, c_prev) => gamma_u.times(c_tilde).add(c_prev)),
  },
  {
    name: "update-gate-missing",
    mistake: "The update gate is missing: c̃⟨t⟩ is added whole.",
    hint: "What stands before c̃⟨t⟩ in the formula?",
    caughtBy: "ordinary sizes",
    wrong: () => withMemory(({ gamma_f, c_tilde }, c_prev) => c_tilde.add(gamma_f.times(c_prev))),
  },
  {
    name: "old-memory-dropped",
    mistake: "The old memory is dropped: c⟨t⟩ = Γu ∗ c̃⟨t⟩.",
    hint: "Where in your code is c⟨t−1⟩ used?",
    caughtBy: "ordinary sizes",
    wrong: () => withMemory(({ gamma_u, c_tilde }) => gamma_u.times(c_tilde)),
  },
  {
    name: "memory-subtracted",
    mistake: "Γf ∗ c⟨t−1⟩ is subtracted in place of added.",
    hint: "Look at the sign between the two parts of c⟨t⟩.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withMemory(({ gamma_f, gamma_u, c_tilde }, c_prev) =>
        gamma_u.times(c_tilde).sub(gamma_f.times(c_prev)),
      ),
  },
  {
    name: "memory-through-tanh",
    mistake: "The new memory itself went through tanh: c⟨t⟩ = tanh(Γu ∗ c̃⟨t⟩ + Γf ∗ c⟨t−1⟩).",
    hint: "tanh stands on the way from the memory to the state, not on the memory's own way.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withMemory(({ gamma_f, gamma_u, c_tilde }, c_prev) =>
        tanh(gamma_u.times(c_tilde).add(gamma_f.times(c_prev))),
      ),
  },
  {
    name: "state-for-memory",
    mistake: "The new memory was made of a⟨t−1⟩ in place of c⟨t−1⟩.",
    hint: "Two things come from the step before. Which one do the gates read, which one is kept?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withMemory(({ gamma_f, gamma_u, c_tilde }, _c_prev, a_prev) =>
        gamma_u.times(c_tilde).add(gamma_f.times(a_prev)),
      ),
  },
  {
    name: "memory-into-the-gates",
    mistake: "The gates and the candidate read c⟨t−1⟩ in place of a⟨t−1⟩.",
    hint: "Two things come from the step before. Which one do the gates read, which one is kept?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, c_prev, parameters) => {
      const step = right(x_t, c_prev, c_prev, parameters);
      return { ...step, cache: { ...step.cache, a_prev } };
    },
  },
  {
    name: "state-ignored",
    mistake: "The gates and the candidate read x⟨t⟩ alone: a⟨t−1⟩ is not used.",
    hint: "The stacked input has n_a + n_x rows. What stands in the first n_a of them?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, c_prev, parameters) => {
      const step = right(x_t, a_prev.times(0), c_prev, parameters);
      return { ...step, cache: { ...step.cache, a_prev } };
    },
  },
  {
    name: "stacked-the-other-way-round",
    mistake: "x⟨t⟩ was stacked upon a⟨t−1⟩: [x; a] in place of [a; x].",
    hint: "The weights' first n_a columns belong to the state.",
    caughtBy: "ordinary sizes",
    wrong: () => (x_t, a_prev, c_prev, parameters) => {
      const stacked: Mat<string, "m"> = stackRows(x_t, a_prev);
      const gates = gatesOf(scoresOf(stacked as Mat<"n_a+n_x", "m">, parameters));
      return finished([x_t, a_prev, c_prev, parameters], gates, memoryOf(gates, c_prev));
    },
  },
  {
    name: "output-gate-missing",
    mistake: "The output gate is missing: a⟨t⟩ = tanh(c⟨t⟩).",
    hint: "Three gates were made. Where is each of them used?",
    caughtBy: "ordinary sizes",
    wrong: () => withShown(({ c_next }) => tanh(c_next)),
  },
  {
    name: "tanh-of-memory-missing",
    mistake: "tanh is missing on the way to the state: a⟨t⟩ = Γo ∗ c⟨t⟩.",
    hint: "The memory has no bounds; the state lies between −1 and 1.",
    caughtBy: "ordinary sizes",
    wrong: () => withShown(({ gamma_o, c_next }) => gamma_o.times(c_next)),
  },
  {
    name: "output-gate-inside-tanh",
    mistake: "The output gate stands inside tanh: a⟨t⟩ = tanh(Γo ∗ c⟨t⟩).",
    hint: "Where does the bracket of tanh close?",
    caughtBy: "ordinary sizes",
    wrong: () => withShown(({ gamma_o, c_next }) => tanh(gamma_o.times(c_next))),
  },
  {
    name: "old-memory-shown",
    mistake: "The state shows the old memory: a⟨t⟩ = Γo ∗ tanh(c⟨t−1⟩).",
    hint: "Which memory has already seen x⟨t⟩?",
    caughtBy: "ordinary sizes",
    wrong: () => withShown(({ gamma_o, c_prev }) => gamma_o.times(tanh(c_prev))),
  },
  {
    name: "sigmoid-of-memory",
    mistake: "The memory goes through the sigmoid on the way to the state: a⟨t⟩ = Γo ∗ σ(c⟨t⟩).",
    hint: "The state may be negative.",
    caughtBy: "ordinary sizes",
    wrong: () => withShown(({ gamma_o, c_next }) => gamma_o.times(sigmoid(c_next))),
  },
  {
    name: "candidate-shown",
    mistake: "The state was made of the candidate: a⟨t⟩ = Γo ∗ tanh(c̃⟨t⟩).",
    hint: "c̃⟨t⟩ is an offer; what came of it is c⟨t⟩.",
    caughtBy: "ordinary sizes",
    wrong: () => withShown(({ gamma_o, c_tilde }) => gamma_o.times(tanh(c_tilde))),
  },
  {
    name: "prediction-from-the-memory",
    mistake: "The prediction is made of c⟨t⟩ in place of a⟨t⟩.",
    hint: "Only what the output gate lets through shows.",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withPrediction(right, ({ c_next }, { Wya, by }) => softmax(Wya.dot(c_next).add(by))),
  },
  {
    name: "prediction-from-the-old-state",
    mistake: "The prediction is made of a⟨t−1⟩ in place of a⟨t⟩.",
    hint: "Which state has already seen x⟨t⟩?",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withPrediction(right, ({ cache }, { Wya, by }) => softmax(Wya.dot(cache.a_prev).add(by))),
  },
  {
    name: "softmax-forgotten",
    mistake: "The prediction is the bare score Wya a⟨t⟩ + by, without the softmax.",
    hint: "What must the numbers of one column sum to?",
    caughtBy: "ordinary sizes",
    wrong: (right) => withPrediction(right, ({ a_next }, { Wya, by }) => Wya.dot(a_next).add(by)),
  },
  {
    name: "sigmoid-for-softmax",
    mistake: "The prediction goes through the sigmoid in place of the softmax.",
    hint: "What must the numbers of one column sum to?",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withPrediction(right, ({ a_next }, { Wya, by }) => sigmoid(Wya.dot(a_next).add(by))),
  },
  {
    name: "softmax-over-the-examples",
    mistake: "The softmax runs over the examples (each row sums to 1) in place of the classes.",
    hint: "Sum ŷ⟨t⟩ over a column: a column is one example, and its probabilities must sum to 1.",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withPrediction(right, ({ a_next }, { Wya, by }) => softmax(Wya.dot(a_next).add(by).T).T),
  },
  {
    name: "softmax-overflows",
    mistake: "The softmax takes e^z of large scores, which overflows to Infinity and gives NaN.",
    hint: "e^1000 is no number a computer has; the library's softmax subtracts something first.",
    caughtBy: "scores of many thousand",
    wrong: (right) =>
      withPrediction(right, ({ a_next }, { Wya, by }) => {
        const powers = Wya.dot(a_next).add(by).map(Math.exp);
        const totals = powers.sumRows();
        return powers.map((value, _k, i) => value / totals.get(0, i));
      }),
  },
  {
    name: "state-and-memory-exchanged",
    mistake: "a_next holds the memory, and c_next the state.",
    hint: "Which of the two lies between −1 and 1 always?",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (...args) => {
        const step = right(...args);
        return { ...step, a_next: step.c_next, c_next: step.a_next };
      },
  },
  {
    name: "candidate-returned-as-memory",
    mistake: "c_next is the candidate c̃⟨t⟩.",
    hint: "c̃⟨t⟩ is an offer; what came of it is c⟨t⟩.",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (...args) => {
        const step = right(...args);
        return { ...step, c_next: step.cache.c_tilde };
      },
  },
  {
    name: "old-memory-in-the-cache",
    mistake: "The cache holds c⟨t−1⟩ as its c_next.",
    hint: "The way back needs tanh of the new memory.",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (...args) => {
        const step = right(...args);
        return { ...step, cache: { ...step.cache, c_next: step.cache.c_prev } };
      },
  },
  {
    name: "new-state-in-the-cache",
    mistake: "The cache holds a⟨t⟩ as its a_prev.",
    hint: "The way back needs what the gates have read.",
    caughtBy: "ordinary sizes",
    wrong:
      (right) =>
      (...args) => {
        const step = right(...args);
        return { ...step, cache: { ...step.cache, a_prev: step.a_next } };
      },
  },
  {
    name: "written-into-c-prev",
    mistake: "c⟨t⟩ was written into c⟨t−1⟩: the caller's matrix is changed.",
    hint: "Whoever called you may still need the memory that they gave you.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (x_t, a_prev, c_prev, parameters) => {
      const step = right(x_t, a_prev, c_prev.times(1), parameters);
      c_prev.data.set(step.c_next.data);
      return step;
    },
  },
];

/** What can be made with another function, and which. */
const gateFunctions = otherGates(["f", "u", "o"]);

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<Cell>[] = [
  {
    name: "another-function-for-a-gate",
    mistake: (k: number): string => gateFunctions[k]!.words,
    hint: "Which function stands before the bracket of each of the four?",
    constants: placesOf(gateFunctions),
    isAlone: true,
    wrong: (_right, k) =>
      withGates((z) => {
        const { gate, of } = gateFunctions[k]!;
        const key = gate === "c" ? "c_tilde" : (`gamma_${gate}` as const);
        return { ...gatesOf(z), [key]: z[gate].map(of) };
      }),
  },
  {
    name: "another-function-of-the-memory",
    mistake: (k) =>
      `The state shows ${forTanh[k]!.words} of the memory z = c⟨t⟩ in place of tanh z.`,
    hint: "Through what does the memory go before the output gate lets it out?",
    constants: placesOf(forTanh),
    isAlone: true,
    wrong: (_right, k) =>
      withShown(({ gamma_o, c_next }) => gamma_o.times(c_next.map(forTanh[k]!.of))),
  },
  {
    name: "forget-bias-raised",
    mistake: (k) => `${k} was added to the forget gate's score.`,
    hint: "Some libraries begin with such a bias. Here bf is all there is.",
    constants: () => [1, 2, 3, 5, -1],
    isAlone: true,
    wrong: (right, k) => withParameters(right, (all) => ({ ...all, bf: all.bf.add(k) })),
  },
  otherSoftmax((right, softmaxOf) =>
    withPrediction(right, ({ a_next }, { Wya, by }) => softmaxOf(Wya.dot(a_next).add(by))),
  ),
];

type Scores = Readonly<Record<"f" | "u" | "o" | "c", A>>;

/** What goes into σ and tanh. */
function scoresOf(ax_t: Mat<"n_a+n_x", "m">, parameters: LstmParameters): Scores {
  const { Wf, Wu, Wc, Wo, bf, bu, bc, bo } = parameters;
  return {
    f: Wf.dot(ax_t).add(bf),
    u: Wu.dot(ax_t).add(bu),
    o: Wo.dot(ax_t).add(bo),
    c: Wc.dot(ax_t).add(bc),
  };
}

function gatesOf({ f, u, o, c }: Scores): Gates {
  return { gamma_f: sigmoid(f), gamma_u: sigmoid(u), gamma_o: sigmoid(o), c_tilde: tanh(c) };
}

function memoryOf({ gamma_f, gamma_u, c_tilde }: Gates, c_prev: A): A {
  return gamma_u.times(c_tilde).add(gamma_f.times(c_prev));
}

/** The step from its gates and its memory on; the state as it should be, unless said. */
function finished(
  [x_t, a_prev, c_prev, parameters]: Args,
  gates: Gates,
  c_next: A,
  a_next: A = gates.gamma_o.times(tanh(c_next)),
): LstmStep {
  const { Wya, by } = parameters;
  return {
    a_next,
    c_next,
    yhat_t: softmax(Wya.dot(a_next).add(by)),
    cache: { x_t, a_prev, c_prev, ...gates, c_next, parameters },
  };
}

/** A step whose gates are made otherwise. */
function withGates(gates: (z: Scores) => Gates): Cell {
  return (x_t, a_prev, c_prev, parameters) => {
    const made = gates(scoresOf(stackRows(a_prev, x_t), parameters));
    return finished([x_t, a_prev, c_prev, parameters], made, memoryOf(made, c_prev));
  };
}

/** A step whose memory is made otherwise. */
function withMemory(memory: (gates: Gates, c_prev: A, a_prev: A) => A): Cell {
  return (x_t, a_prev, c_prev, parameters) => {
    const gates = gatesOf(scoresOf(stackRows(a_prev, x_t), parameters));
    return finished([x_t, a_prev, c_prev, parameters], gates, memory(gates, c_prev, a_prev));
  };
}

/** A step whose state is made otherwise. */
function withShown(state: (all: Gates & { readonly c_next: A; readonly c_prev: A }) => A): Cell {
  return (x_t, a_prev, c_prev, parameters) => {
    const gates = gatesOf(scoresOf(stackRows(a_prev, x_t), parameters));
    const c_next = memoryOf(gates, c_prev);
    const a_next = state({ ...gates, c_next, c_prev });
    return finished([x_t, a_prev, c_prev, parameters], gates, c_next, a_next);
  };
}

/** A step with another prediction. */
function withPrediction(
  right: Cell,
  prediction: (step: LstmStep, parameters: LstmParameters) => Mat<"n_y", "m">,
): Cell {
  return (x_t, a_prev, c_prev, parameters) => {
    const step = right(x_t, a_prev, c_prev, parameters);
    return { ...step, yhat_t: prediction(step, parameters) };
  };
}

/** A step with other parameters, whose cache holds the given ones. */
function withParameters(right: Cell, change: (parameters: LstmParameters) => LstmParameters): Cell {
  return (x_t, a_prev, c_prev, parameters) => {
    const step = right(x_t, a_prev, c_prev, change(parameters));
    return { ...step, cache: { ...step.cache, parameters } };
  };
}
