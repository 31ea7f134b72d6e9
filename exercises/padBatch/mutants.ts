import { Mat, Sequence } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to pad. */
export const mutants: readonly Mutant<typeof starter.padBatch>[] = [
  {
    name: "mask-all-ones",
    mistake: "The mask is 1 everywhere: padding counts as data.",
    hint: "What does the mask say at a step that an example no longer has?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      return { ...answer, mask: answer.mask.map((step) => step.map(() => 1)) };
    },
  },
  {
    name: "padded-with-a-word",
    mistake: "The padding is the word with index 0 in place of a column of zeros.",
    hint: "Index 0 is a word like any other; padding is no word at all.",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const x = answer.x.map((x_t, t) =>
        x_t.map((value, k, i) => (answer.mask.at(t).get(0, i) === 0 && k === 0 ? 1 : value)),
      );
      return { ...answer, x };
    },
  },
  {
    name: "padded-in-front",
    mistake: "The padding comes first and the words last.",
    hint: "x⟨1⟩ is an example's first word, also of a short example.",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const { T_x } = right(batch, n_x);
      const T = Math.max(...T_x);
      const wordAt = (i: number, t: number): number | undefined => batch[i]![t - 1 - (T - T_x[i]!)];
      return {
        x: Sequence.build(T, (t) =>
          Mat.build(n_x, batch.length, (k, i) => (wordAt(i, t) === k ? 1 : 0)),
        ),
        mask: Sequence.build(T, (t) =>
          Mat.build(1, batch.length, (_, i) => (wordAt(i, t) === undefined ? 0 : 1)),
        ),
        T_x,
      };
    },
  },
  {
    name: "cut-to-the-shortest",
    mistake: "All examples were cut to the shortest one's length.",
    hint: "The longest example decides; nothing is thrown away.",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const shortest = Math.min(...batch.map((indices) => indices.length));
      return right(
        batch.map((indices) => indices.slice(0, shortest)),
        n_x,
      );
    },
  },
  {
    name: "zero-taken-for-padding",
    mistake: "The mask is 0 wherever the index is 0: a real word was taken for padding.",
    hint: "Look at where an example ends, not at which word stands there.",
    caughtBy: "the word with index 0",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const mask = answer.mask.map((step, t) =>
        step.map((value, _row, i) => (batch[i]![t - 1] === 0 ? 0 : value)),
      );
      return { ...answer, mask };
    },
  },
  {
    name: "mask-one-step-short",
    mistake: "The mask is 0 at each example's last word already.",
    hint: "Time runs from 1: is t = T_x a step of the example?",
    caughtBy: "one example",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const mask = answer.mask.map((step, t) =>
        step.map((_, _row, i) => (t < answer.T_x[i]! ? 1 : 0)),
      );
      return { ...answer, mask };
    },
  },
  {
    name: "padded-lengths",
    mistake: "T_x holds the padded length for every example.",
    hint: "T_x⁽ⁱ⁾ is how long example i was before the padding.",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      return { ...answer, T_x: answer.T_x.map(() => answer.x.T_x) };
    },
  },
];
