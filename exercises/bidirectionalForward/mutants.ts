import {
  type Mat,
  runLayer,
  type Sequence,
  sigmoid,
  softmax,
  splitRows,
  stackRows,
} from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type Arguments = Parameters<typeof starter.bidirectionalForward>;
type Answer = ReturnType<typeof starter.bidirectionalForward>;
type P = Arguments[1];
type Mask = Sequence<"1", "m">;
type States = Sequence<"n_a", "m">;

/** Zeros where the mask is 0. */
function hide<R extends string>(sequence: Sequence<R, "m">, mask: Mask): Sequence<R, "m"> {
  return sequence.map((step, t) => step.times(mask.at(t)));
}

/** The scores of what stands one above the other. */
function scores(top: States, bottom: States, { Wya, by }: P): Sequence<"n_y", "m"> {
  return top.map((a_t, t) => Wya.dot(stackRows(a_t, bottom.at(t))).add(by));
}

/** The answer with its predictions made of these states; the states that are returned stay. */
function saying(answer: Answer, top: States, bottom: States, parameters: P, mask: Mask): Answer {
  const z = scores(top, bottom, parameters);
  return { ...answer, yhat: hide(z.map(softmax), mask) };
}

/** The whole answer from two layers' states. */
function answerOf(forward: States, backward: States, parameters: P, mask: Mask): Answer {
  const a = { forward: hide(forward, mask), backward: hide(backward, mask) };
  return { a, yhat: hide(scores(a.forward, a.backward, parameters).map(softmax), mask) };
}

/** The wrong ways to read from both ends. */
export const mutants: readonly Mutant<typeof starter.bidirectionalForward>[] = [
  {
    name: "states-not-turned-back",
    mistake:
      "The backward layer's states stand in the order of reading: the one that has seen x⟨T_x⟩ alone is at t = 1.",
    hint: "Which step of the sequence has the backward layer read when it gives its first state?",
    caughtBy: "equal lengths",
    wrong: () => (x, parameters, mask, layer) => {
      const back = layer(x.reverse(), parameters.backward, mask.reverse()).a;
      return answerOf(layer(x, parameters.forward, mask).a, back, parameters, mask);
    },
  },
  {
    name: "both-from-the-beginning",
    mistake: "Both layers read from x⟨1⟩: nobody comes from the end.",
    hint: "What has to be done to x before the second layer reads it?",
    caughtBy: "equal lengths",
    wrong: () => (x, parameters, mask, layer) => {
      const second = layer(x, parameters.backward, mask).a;
      return answerOf(layer(x, parameters.forward, mask).a, second, parameters, mask);
    },
  },
  {
    name: "input-not-turned",
    mistake: "The backward layer reads from x⟨1⟩, and its states are turned round.",
    hint: "Two things are turned round: what the layer reads, and what it gives back.",
    caughtBy: "equal lengths",
    wrong: () => (x, parameters, mask, layer) => {
      const second = layer(x, parameters.backward, mask).a.reverse();
      return answerOf(layer(x, parameters.forward, mask).a, second, parameters, mask);
    },
  },
  {
    name: "one-layer-for-both",
    mistake: "Both directions use the forward layer's parameters.",
    hint: "The two layers share the input and nothing else.",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) =>
      right(x, { ...parameters, backward: parameters.forward }, mask, layer),
  },
  {
    name: "backward-layer-for-both",
    mistake: "Both directions use the backward layer's parameters.",
    hint: "The two layers share the input and nothing else.",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) =>
      right(x, { ...parameters, forward: parameters.backward }, mask, layer),
  },
  {
    name: "parameters-exchanged",
    mistake: "The forward layer uses the backward layer's parameters, and the other way round.",
    hint: "Which of the two sets belongs to the layer that begins at x⟨1⟩?",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) => {
      const { forward, backward } = parameters;
      return right(x, { ...parameters, forward: backward, backward: forward }, mask, layer);
    },
  },
  {
    name: "stacked-the-other-way",
    mistake: "The backward state was put above the forward state.",
    hint: "The first n_a columns of W_ya belong to the layer that begins at x⟨1⟩.",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return saying(answer, answer.a.backward, answer.a.forward, parameters, mask);
    },
  },
  {
    name: "mask-not-turned",
    mistake: "x was turned round for the backward layer, and the mask was not.",
    hint: "After x.reverse() the padding comes first. What does the mask say there?",
    caughtBy: "different lengths",
    wrong: () => (x, parameters, mask, layer) => {
      const back = layer(x.reverse(), parameters.backward, mask).a.reverse();
      return answerOf(layer(x, parameters.forward, mask).a, back, parameters, mask);
    },
  },
  {
    name: "mask-ignored",
    mistake: "The mask is not used at all: padding is read as if it were data.",
    hint: "What stands behind the end of a short example?",
    caughtBy: "different lengths",
    wrong: (right) => (x, parameters, mask, layer) =>
      right(
        x,
        parameters,
        mask.map((mask_t) => mask_t.map(() => 1)),
        layer,
      ),
  },
  {
    name: "padding-read-first",
    mistake:
      "The mask was applied to the states only: the backward layer has read the padding before it meets the example's end.",
    hint: "The backward layer meets the padding first. What does its state hold when the example begins?",
    caughtBy: "different lengths",
    wrong: () => (x, parameters, mask, layer) => {
      const all = mask.map((mask_t) => mask_t.map(() => 1));
      const back = layer(x.reverse(), parameters.backward, all).a.reverse();
      return answerOf(layer(x, parameters.forward, all).a, back, parameters, mask);
    },
  },
  {
    name: "padding-predicted",
    mistake: "ŷ⟨t⟩ was not set to zero at padded steps.",
    hint: "What does an example say that has ended?",
    caughtBy: "different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      return { ...answer, yhat: scores(forward, backward, parameters).map(softmax) };
    },
  },
  {
    name: "states-kept-in-the-padding",
    mistake:
      "a.forward keeps each example's last state in the padding, where zeros were asked for.",
    hint: "What do both states hold at a padded step?",
    caughtBy: "different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const forward = layer(x, parameters.forward, mask).a;
      return { ...answer, a: { ...answer.a, forward } };
    },
  },
  {
    name: "one-backward-state-for-all",
    mistake: "Every output was given a←⟨1⟩, the state of the backward layer that has read all.",
    hint: "Which state of the backward layer belongs to the output at t?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      const first = backward.map(() => backward.at(1));
      return saying(answer, forward, first, parameters, mask);
    },
  },
  {
    name: "last-states-for-all",
    mistake: "Every output was given the same two states: those of layers that have read all.",
    hint: "That is right for one output at the end. Here there is one at each step.",
    caughtBy: "equal lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      const top = layer(x, parameters.forward, mask).a;
      const [last, first] = [forward.map(() => top.at(x.T_x)), backward.map(() => backward.at(1))];
      return saying(answer, last, first, parameters, mask);
    },
  },
  {
    name: "backward-one-step-ahead",
    mistake: "ŷ⟨t⟩ was made of a←⟨t+1⟩, which has not read x⟨t⟩.",
    hint: "Has the backward layer read x⟨t⟩ when it stands at t?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      const next = backward.map((a_t, t) => (t === x.T_x ? a_t.times(0) : backward.at(t + 1)));
      return saying(answer, forward, next, parameters, mask);
    },
  },
  {
    name: "forward-one-step-behind",
    mistake: "ŷ⟨t⟩ was made of a→⟨t−1⟩, which has not read x⟨t⟩.",
    hint: "Has the forward layer read x⟨t⟩ when it stands at t?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      const before = forward.map((a_t, t) => (t === 1 ? a_t.times(0) : forward.at(t - 1)));
      return saying(answer, before, backward, parameters, mask);
    },
  },
  {
    name: "softmax-missing",
    mistake: "yhat holds the scores: softmax is missing.",
    hint: "Do the columns of your ŷ⟨t⟩ sum to 1?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      return { ...answer, yhat: hide(scores(forward, backward, parameters), mask) };
    },
  },
  {
    name: "sigmoid-for-softmax",
    mistake: "σ was used in place of softmax.",
    hint: "Each step chooses one class of n_y. Do the columns of your ŷ⟨t⟩ sum to 1?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      return { ...answer, yhat: hide(scores(forward, backward, parameters).map(sigmoid), mask) };
    },
  },
  {
    name: "mask-before-softmax",
    mistake:
      "The scores were multiplied by the mask and then given to softmax: padding predicts 1/n_y.",
    hint: "softmax of zeros is not zero.",
    caughtBy: "different lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      return { ...answer, yhat: hide(scores(forward, backward, parameters), mask).map(softmax) };
    },
  },
  {
    name: "output-bias-forgotten",
    mistake: "b_y is not added.",
    hint: "One of the four parameters has no place in your code.",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) =>
      right(x, { ...parameters, by: parameters.by.times(0) }, mask, layer),
  },
  {
    name: "forward-alone",
    mistake: "The output sees the forward state alone: the backward half of W_ya has no effect.",
    hint: "W_ya has 2 n_a columns. What do the last n_a multiply?",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      return saying(answer, forward, hide(backward, silent(mask)), parameters, mask);
    },
  },
  {
    name: "backward-alone",
    mistake: "The output sees the backward state alone: the forward half of W_ya has no effect.",
    hint: "W_ya has 2 n_a columns. What do the first n_a multiply?",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      return saying(answer, hide(forward, silent(mask)), backward, parameters, mask);
    },
  },
  {
    name: "forward-state-twice",
    mistake: "The forward state was stacked on itself.",
    hint: "Which two states stand one above the other?",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return saying(answer, answer.a.forward, answer.a.forward, parameters, mask);
    },
  },
  {
    name: "states-added",
    mistake: "The two states were added to one another before they were stacked.",
    hint: "Added, nobody can tell any more which part came from which side.",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const sum = answer.a.forward.map((a_t, t) => a_t.add(answer.a.backward.at(t)));
      return saying(answer, sum, sum, parameters, mask);
    },
  },
  {
    name: "layer-upon-layer",
    mistake: "The backward layer reads the forward layer's states in place of x.",
    hint: "Both layers read the same thing. (One upon the other is a deep network, lesson 11.)",
    caughtBy: "as many units as inputs",
    wrong: () => (x, parameters, mask, layer) => {
      const forward = layer(x, parameters.forward, mask).a;
      const read = hide(forward, mask).reverse() as Sequence<string, "m"> as Sequence<"n_x", "m">;
      const back = layer(read, parameters.backward, mask.reverse()).a.reverse();
      return answerOf(forward, back, parameters, mask);
    },
  },
  {
    name: "two-predictions-averaged",
    mistake: "Each direction made a prediction of its own, and ŷ⟨t⟩ is the mean of the two.",
    hint: "There is one softmax at each step. What goes into it?",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      const none = silent(mask);
      const one = saying(answer, forward, hide(backward, none), parameters, mask).yhat;
      const other = saying(answer, hide(forward, none), backward, parameters, mask).yhat;
      return { ...answer, yhat: one.map((p, t) => p.add(other.at(t)).times(0.5)) };
    },
  },
  {
    name: "predictions-turned",
    mistake: "yhat is in reverse: ŷ⟨T_x⟩ comes first.",
    hint: "Which step's prediction stands first in your answer?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      return { ...answer, yhat: answer.yhat.reverse() };
    },
  },
  {
    name: "names-exchanged",
    mistake: "a.forward holds the backward states, and a.backward the forward ones.",
    hint: "Which of the two states at t = 1 has read one input alone?",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      return { ...answer, a: { forward: backward, backward: forward } };
    },
  },
  {
    name: "backward-returned-as-read",
    mistake:
      "a.backward stands in the order of reading, though the predictions were made of the states in their places.",
    hint: "What does a.backward.at(1) have to have read?",
    caughtBy: "equal lengths",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const { forward, backward } = answer.a;
      return { ...answer, a: { forward, backward: backward.reverse() } };
    },
  },
  {
    name: "own-layer",
    mistake: "The library's own layer was called in place of the one that was handed in.",
    hint: "The layer is an argument: another one must work as well.",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask) => right(x, parameters, mask, runLayer),
  },
  {
    name: "rows-interleaved",
    mistake: "The units of both states were taken in turn: a→₁, a←₁, a→₂, a←₂, …",
    hint: "One whole state stands above the other whole state.",
    caughtBy: "one step",
    wrong: (right) => (x, parameters, mask, layer) => {
      const answer = right(x, parameters, mask, layer);
      const n_a = parameters.forward.ba.rows;
      const halves = answer.a.forward.map((a_t, t) => {
        const both: Mat = stackRows(a_t, answer.a.backward.at(t));
        return both.map((_, k, i) => both.get(k % 2 === 0 ? k / 2 : n_a + (k - 1) / 2, i));
      });
      const [top, bottom] = [0, 1].map((part) =>
        halves.map((both) => splitRows(both, n_a)[part]!),
      ) as unknown as [States, States];
      return saying(answer, top, bottom, parameters, mask);
    },
  },
];

/** A mask that hides everything. */
function silent(mask: Mask): Mask {
  return mask.map((mask_t) => mask_t.times(0));
}
