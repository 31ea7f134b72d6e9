import { type Mat, runLayer, type Sequence, sigmoid, softmax } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type Arguments = Parameters<typeof starter.deepForward>;
type Answer = ReturnType<typeof starter.deepForward>;
type X = Arguments[0];
type P = Arguments[1];
type Mask = Arguments[2];
type Layer = Arguments[3];
type States = Sequence<"n_a", "m">;

/** Zeros where the mask is 0. */
function hide<R extends string>(sequence: Sequence<R, "m">, mask: Mask): Sequence<R, "m"> {
  return sequence.map((step, t) => step.times(mask.at(t)));
}

/** The scores that come of the states. */
function scores(states: States, { Wya, by }: P): Sequence<"n_y", "m"> {
  return states.map((a_t) => Wya.dot(a_t).add(by));
}

/** ŷ⟨t⟩ of these states. */
function predictions(states: States, parameters: P, mask: Mask): Sequence<"n_y", "m"> {
  return hide(scores(states, parameters).map(softmax), mask);
}

/** All layers, each reading what `read` makes of the states below it. */
function readingElse(
  x: X,
  parameters: P,
  mask: Mask,
  layer: Layer,
  read: (below: States, x: X) => States | X,
): Answer {
  const a: States[] = [];
  for (const own of parameters.layers) {
    const below = a.at(-1);
    a.push(layer((below === undefined ? x : read(below, x)) as X, own, mask).a);
  }
  return { a, yhat: predictions(a.at(-1)!, parameters, mask) };
}

/** The answer with its predictions made of other states. */
function saying(answer: Answer, states: States, parameters: P, mask: Mask): Answer {
  return { ...answer, yhat: predictions(states, parameters, mask) };
}

/** The wrong ways to put layers upon layers. */
export const mutants: readonly Mutant<typeof starter.deepForward>[] = [
  {
    name: "all-layers-read-x",
    mistake: "Every layer reads x: they stand side by side, not one upon the other.",
    hint: "What does layer 2 read?",
    caughtBy: "as many units as inputs",
    wrong: () => (x, parameters, mask, layer) =>
      readingElse(x, parameters, mask, layer, (_below, input) => input),
  },
  {
    name: "first-layer-s-parameters-for-all",
    mistake: "Every layer uses the first layer's parameters.",
    hint: "Each layer has parameters of its own: which entry of layers belongs to layer 2?",
    caughtBy: "as many units as inputs",
    wrong: (right) => (x, parameters, mask, layer) => {
      const layers = parameters.layers.map(() => parameters.layers[0]!);
      return right(x, { ...parameters, layers }, mask, layer);
    },
  },
  {
    name: "last-layer-s-parameters-for-all",
    mistake: "Every layer uses the last layer's parameters.",
    hint: "Each layer has parameters of its own: which entry of layers belongs to layer 1?",
    caughtBy: "as many units as inputs",
    wrong: (right) => (x, parameters, mask, layer) => {
      const layers = parameters.layers.map(() => parameters.layers.at(-1)!);
      return right(x, { ...parameters, layers }, mask, layer);
    },
  },
  {
    name: "last-layer-left-out",
    mistake: "The loop ends one layer early: the last one is never run.",
    hint: "How many layers are there, and how many sequences are in your a?",
    caughtBy: "two layers",
    wrong: (right) => (x, parameters, mask, layer) => {
      const layers = parameters.layers.slice(0, Math.max(1, parameters.layers.length - 1));
      return right(x, { ...parameters, layers }, mask, layer);
    },
  },
  {
    name: "first-layer-alone",
    mistake: "Only the first layer is run.",
    hint: "What happens after layer 1?",
    caughtBy: "three layers, different lengths",
    wrong: (right) => (x, parameters, mask, layer) =>
      right(x, { ...parameters, layers: parameters.layers.slice(0, 1) }, mask, layer),
  },
  {
    name: "output-reads-the-first-layer",
    mistake: "ŷ⟨t⟩ was made of a[1]⟨t⟩: the layers above it have no effect on the output.",
    hint: "Which layer's states does W_ya multiply?",
    caughtBy: "three layers, different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return saying(answer, answer.a[0]!, parameters, mask);
    },
  },
  {
    name: "output-reads-the-layer-below-the-last",
    mistake: "ŷ⟨t⟩ was made of a[L−1]⟨t⟩.",
    hint: "Which layer's states does W_ya multiply?",
    caughtBy: "three layers, different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return saying(answer, answer.a.at(-2) ?? answer.a[0]!, parameters, mask);
    },
  },
  {
    name: "layers-from-the-top",
    mistake: "The layers are run in reverse: the last one reads x.",
    hint: "Which entry of layers has as many columns in W_ax as x has rows?",
    caughtBy: "as many units as inputs",
    wrong: (right) => (x, parameters, mask, layer) => {
      const layers = Array.from(parameters.layers).reverse();
      return right(x, { ...parameters, layers }, mask, layer);
    },
  },
  {
    name: "a-from-the-top",
    mistake: "a is in reverse: the last layer's states come first.",
    hint: "Which layer does a[0] belong to?",
    caughtBy: "two layers",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return { ...answer, a: Array.from(answer.a).reverse() };
    },
  },
  {
    name: "x-counted",
    mistake: "a begins with x: it holds one sequence too many.",
    hint: "a⁰ = x is what layer 1 reads. Is it a layer's states?",
    caughtBy: "two layers",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const input: Sequence = x;
      return { ...answer, a: [input, ...answer.a] };
    },
  },
  {
    name: "last-states-alone",
    mistake: "a holds the last layer's states alone.",
    hint: "How many sequences were asked for?",
    caughtBy: "two layers",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return { ...answer, a: answer.a.slice(-1) };
    },
  },
  {
    name: "last-states-everywhere",
    mistake: "Every entry of a holds the last layer's states.",
    hint: "Is what you push a sequence of its own for each layer?",
    caughtBy: "two layers",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return { ...answer, a: answer.a.map(() => answer.a.at(-1)!) };
    },
  },
  {
    name: "x-added",
    mistake: "Each layer above the first reads the states below it plus x.",
    hint: "What stands in the formula for layer l's input?",
    caughtBy: "as many units as inputs",
    wrong: () => (x, parameters, mask, layer) =>
      readingElse(x, parameters, mask, layer, (below, input) =>
        below.map((a_t, t) => {
          const x_t: Mat = input.at(t);
          return a_t.add(x_t as typeof a_t);
        }),
      ),
  },
  {
    name: "states-below-added",
    mistake: "Each layer's states were added to those below it before they were handed on.",
    hint: "What stands in the formula for layer l's input: one layer's states, or a sum?",
    caughtBy: "three layers, different lengths",
    wrong: () => (x, parameters, mask, layer) => {
      const a: States[] = [];
      let carried: States | undefined;
      for (const own of parameters.layers) {
        const states: States = layer((carried ?? x) as X, own, mask).a;
        const before: States | undefined = carried;
        carried = before === undefined ? states : states.map((a_t, t) => a_t.add(before.at(t)));
        a.push(carried);
      }
      return { a, yhat: predictions(carried!, parameters, mask) };
    },
  },
  {
    name: "tanh-between-layers",
    mistake: "tanh was applied between the layers: the states had it already.",
    hint: "Between two layers nothing happens to the states.",
    caughtBy: "two layers",
    wrong: () => (x, parameters, mask, layer) =>
      readingElse(x, parameters, mask, layer, (below) => below.map((a_t) => a_t.map(Math.tanh))),
  },
  {
    name: "softmax-between-layers",
    mistake: "softmax was applied between the layers.",
    hint: "Between two layers nothing happens to the states; where does softmax belong?",
    caughtBy: "two layers",
    wrong: () => (x, parameters, mask, layer) =>
      readingElse(x, parameters, mask, layer, (below) => below.map((a_t) => softmax(a_t))),
  },
  {
    name: "mask-for-the-first-layer-alone",
    mistake: "Only the first layer gets the mask: the layers above read the padding.",
    hint: "Which layers stand still where an example has ended?",
    caughtBy: "three layers, different lengths",
    wrong: () => (x, parameters, mask, layer) => {
      const all = mask.map((mask_t) => mask_t.map(() => 1));
      const a: States[] = [];
      for (const own of parameters.layers) {
        const below = a.at(-1);
        a.push(layer((below ?? x) as X, own, below === undefined ? mask : all).a);
      }
      return { a, yhat: predictions(a.at(-1)!, parameters, mask) };
    },
  },
  {
    name: "mask-for-the-output-alone",
    mistake: "The layers get no mask: they read the padding, and only ŷ⟨t⟩ is set to zero there.",
    hint: "What happens to a state where its example has ended?",
    caughtBy: "three layers, different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const all = mask.map((mask_t) => mask_t.map(() => 1));
      const answer = right(x, parameters, all, layer);
      return saying(answer, answer.a.at(-1)!, parameters, mask);
    },
  },
  {
    name: "mask-ignored",
    mistake: "The mask is not used at all: padding is read as if it were data.",
    hint: "What stands behind the end of a short example?",
    caughtBy: "three layers, different lengths",
    wrong: (right) => (x, parameters, mask, layer) =>
      right(
        x,
        parameters,
        mask.map((mask_t) => mask_t.map(() => 1)),
        layer,
      ),
  },
  {
    name: "padding-predicted",
    mistake: "ŷ⟨t⟩ was not set to zero at padded steps.",
    hint: "What does an example say that has ended?",
    caughtBy: "three layers, different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return { ...answer, yhat: scores(answer.a.at(-1)!, parameters).map(softmax) };
    },
  },
  {
    name: "mask-before-softmax",
    mistake:
      "The scores were multiplied by the mask and then given to softmax: padding predicts 1/n_y.",
    hint: "softmax of zeros is not zero.",
    caughtBy: "three layers, different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return { ...answer, yhat: hide(scores(answer.a.at(-1)!, parameters), mask).map(softmax) };
    },
  },
  {
    name: "states-hidden",
    mistake: "The states in a were set to zero at padded steps, where they stay as they are.",
    hint: "a is what the layer gives; is anything left to be done to it?",
    caughtBy: "three layers, different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return { ...answer, a: answer.a.map((states) => hide(states, mask)) };
    },
  },
  {
    name: "softmax-missing",
    mistake: "yhat holds the scores: softmax is missing.",
    hint: "Do the columns of your ŷ⟨t⟩ sum to 1?",
    caughtBy: "one layer",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return { ...answer, yhat: hide(scores(answer.a.at(-1)!, parameters), mask) };
    },
  },
  {
    name: "sigmoid-for-softmax",
    mistake: "σ was used in place of softmax.",
    hint: "Each step chooses one class of n_y. Do the columns of your ŷ⟨t⟩ sum to 1?",
    caughtBy: "one layer",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const said = scores(answer.a.at(-1)!, parameters).map(sigmoid);
      return { ...answer, yhat: hide(said, mask) };
    },
  },
  {
    name: "output-bias-forgotten",
    mistake: "b_y is not added.",
    hint: "One of the parameters has no place in your code.",
    caughtBy: "one layer",
    wrong: (right) => (x, parameters, mask, layer) =>
      right(x, { ...parameters, by: parameters.by.times(0) }, mask, layer),
  },
  {
    name: "last-state-for-all-steps",
    mistake: "Each layer above the first reads the last state below it at every step.",
    hint: "What does layer 2 read at t = 1?",
    caughtBy: "two layers",
    wrong: () => (x, parameters, mask, layer) =>
      readingElse(x, parameters, mask, layer, (below) => below.map(() => below.at(below.T_x))),
  },
  {
    name: "one-step-late",
    mistake: "Each layer above the first reads a[l−1]⟨t−1⟩ in place of a[l−1]⟨t⟩.",
    hint: "What does layer 2 read at t = 1?",
    caughtBy: "two layers",
    wrong: () => (x, parameters, mask, layer) =>
      readingElse(x, parameters, mask, layer, (below) =>
        below.map((a_t, t) => (t === 1 ? a_t.times(0) : below.at(t - 1))),
      ),
  },
  {
    name: "upper-layers-read-backwards",
    mistake: "Each layer above the first reads the states below it from their end.",
    hint: "In which order does layer 2 read?",
    caughtBy: "two layers",
    wrong: () => (x, parameters, mask, layer) =>
      readingElse(x, parameters, mask, layer, (below) => below.reverse()),
  },
  {
    name: "last-layer-twice",
    mistake: "The last layer was run once more over its own states before the output.",
    hint: "How often is each layer run?",
    caughtBy: "three layers, different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const read: Sequence = answer.a.at(-1)!;
      const again = layer(read as X, parameters.layers.at(-1)!, mask).a;
      return saying(answer, again, parameters, mask);
    },
  },
  {
    name: "output-reads-the-sum",
    mistake: "ŷ⟨t⟩ was made of the sum of all layers' states.",
    hint: "Which layer's states does W_ya multiply?",
    caughtBy: "two layers",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const sum = answer.a.reduce((all, states) => all.map((a_t, t) => a_t.add(states.at(t))));
      return saying(answer, sum, parameters, mask);
    },
  },
  {
    name: "predictions-turned",
    mistake: "yhat is in reverse: ŷ⟨T_x⟩ comes first.",
    hint: "Which step's prediction stands first in your answer?",
    caughtBy: "two layers",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return { ...answer, yhat: answer.yhat.reverse() };
    },
  },
  {
    name: "own-layer",
    mistake: "The library's own layer was called in place of the one that was handed in.",
    hint: "The layer is an argument: another one must work as well.",
    caughtBy: "one layer",
    wrong: (right) => (x, parameters, mask) => right(x, parameters, mask, runLayer),
  },
];
