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
  {
    name: "first-example-decides",
    mistake: "The first example's length was taken for all: longer ones are cut.",
    hint: "Which example decides how many steps there are?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const { x, mask, T_x } = answer;
      return { x: x.slice(1, T_x[0]!), mask: mask.slice(1, T_x[0]!), T_x };
    },
  },
  {
    name: "one-step-too-many",
    mistake: "There is one step more than the longest example has.",
    hint: "At the last step, does any example still have a word?",
    caughtBy: "one example",
    wrong: (right) => (batch, n_x) => {
      const { x, mask, T_x } = right(batch, n_x);
      return {
        x: Sequence.of([...x, x.at(1).times(0)]),
        mask: Sequence.of([...mask, mask.at(1).times(0)]),
        T_x,
      };
    },
  },
  {
    name: "mask-turned-round",
    mistake: "The mask is the wrong way round: 1 for padding, 0 for words.",
    hint: "What does a 1 of the mask say?",
    caughtBy: "one example",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      return { ...answer, mask: answer.mask.map((step) => step.map((value) => 1 - value)) };
    },
  },
  {
    name: "mask-one-step-long",
    mistake: "The mask is still 1 at the first step of padding.",
    hint: "Time runs from 1: which is the last step of an example of T_x words?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const mask = answer.mask.map((step, t) =>
        step.map((_, _row, i) => (t <= answer.T_x[i]! + 1 ? 1 : 0)),
      );
      return { ...answer, mask };
    },
  },
  {
    name: "mask-a-row-for-each-word",
    mistake: "The mask has a row for each word of the vocabulary, like x.",
    hint: "How many answers does the question “is there a word?” have for one example and step?",
    caughtBy: "one example",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const mask = answer.mask.map((step) => Mat.build(n_x, step.cols, (_k, i) => step.get(0, i)));
      return { ...answer, mask };
    },
  },
  {
    name: "last-word-repeated",
    mistake: "The padding repeats an example's last word in place of zeros.",
    hint: "Padding is no word at all.",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const x = answer.x.map((x_t, t) =>
        x_t.map((value, k, i) => {
          const words = batch[i]!;
          return t > words.length ? Number(words.at(-1) === k) : value;
        }),
      );
      return { ...answer, x };
    },
  },
  {
    name: "word-zero-left-out",
    mistake: "The word with index 0 became a column of zeros.",
    hint: "Index 0 is a word like any other. What does `if (index)` make of it?",
    caughtBy: "the word with index 0",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const x = answer.x.map((x_t) => x_t.map((value, k) => (k === 0 ? 0 : value)));
      return { ...answer, x };
    },
  },
  {
    name: "counted-from-one",
    mistake: "Each 1 stands one row too high: the indices were counted from 1.",
    hint: "In code the first word has the index 0.",
    caughtBy: "one example",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const x = answer.x.map((x_t) => x_t.map((_, k, i) => (k + 1 < n_x ? x_t.get(k + 1, i) : 0)));
      return { ...answer, x };
    },
  },
  {
    name: "rows-for-examples",
    mistake: "In each step of x the examples stand in rows.",
    hint: "In this course a column is an example.",
    caughtBy: "one example",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      return { ...answer, x: answer.x.map((x_t) => x_t.T) };
    },
  },
  {
    name: "example-by-example",
    mistake: "x and mask have a step for each example, with time in the columns.",
    hint: "x⟨t⟩ is one step of all examples, not all steps of one.",
    caughtBy: "one example",
    wrong: (right) => (batch, n_x) => {
      const { x, mask, T_x } = right(batch, n_x);
      const turned = (whole: Sequence): Sequence =>
        Sequence.build(batch.length, (i) =>
          Mat.build(whole.rows, whole.T_x, (k, t) => whole.at(t + 1).get(k, i - 1)),
        );
      return { x: turned(x), mask: turned(mask), T_x };
    },
  },
  {
    name: "sorted-by-length",
    mistake: "The examples were sorted, the longest first: their order is lost.",
    hint: "Which label belongs to column 1 now?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) =>
      right(
        Array.from(batch).sort((one, other) => other.length - one.length),
        n_x,
      ),
  },
  {
    name: "lengths-counted-from-zero",
    mistake: "T_x holds the place of each example's last word, counted from 0.",
    hint: "T_x⁽ⁱ⁾ is a number of words. How many has an example of one word?",
    caughtBy: "one example",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      return { ...answer, T_x: answer.T_x.map((length) => length - 1) };
    },
  },
  {
    name: "words-reversed",
    mistake: "The words of each example are in reverse order.",
    hint: "Which word does step 1 read?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const reversed = batch.map((words) => Array.from(words).reverse());
      return right(reversed, n_x);
    },
  },
  {
    name: "only-last-word-masked",
    mistake: "The mask is 1 at each example's last word alone.",
    hint: "The mask is 1 for every word.",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const mask = answer.mask.map((mask_t, t) =>
        mask_t.map((_value, _k, i) => (t === answer.T_x[i] ? 1 : 0)),
      );
      return { ...answer, mask };
    },
  },
  {
    name: "words-one-step-late",
    mistake: "Every word stands one step late: the first step is empty.",
    hint: "Which place of the list holds the word of step 1?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const x = answer.x.map((x_t, t) => (t === 1 ? x_t.times(0) : answer.x.at(t - 1)));
      return { ...answer, x };
    },
  },
  {
    name: "words-one-step-early",
    mistake: "Every word stands one step early: the first word is lost.",
    hint: "Which place of the list holds the word of step 1?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const { x } = answer;
      return { ...answer, x: x.map((x_t, t) => (t === x.T_x ? x_t.times(0) : x.at(t + 1))) };
    },
  },
  {
    name: "one-length",
    mistake: "T_x is one number, the longest length, in place of one for each example.",
    hint: "Whose length is asked for?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      return { ...answer, T_x: Math.max(...answer.T_x) };
    },
  },
  {
    name: "row-for-padding",
    mistake: "x has one row more, which is 1 where there is padding.",
    hint: "How many words are in the vocabulary, and is padding one of them?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const x = answer.x.map((x_t, t) =>
        Mat.build(n_x + 1, x_t.cols, (k, i) =>
          k < n_x ? x_t.get(k, i) : 1 - answer.mask.at(t).get(0, i),
        ),
      );
      return { ...answer, x };
    },
  },
  {
    name: "empty-row-for-padding",
    mistake: "x has one row more than there are words.",
    hint: "How many words are in the vocabulary?",
    caughtBy: "different lengths",
    wrong: (right) => (batch, n_x) => right(batch, n_x + 1),
  },
  {
    name: "last-word-left-out",
    mistake: "Each example's last word is missing from x: a column of zeros stands for it.",
    hint: "Time runs from 1: is t = T_x a step of the example?",
    caughtBy: "one example",
    wrong: (right) => (batch, n_x) => {
      const answer = right(batch, n_x);
      const x = answer.x.map((x_t, t) =>
        x_t.map((value, _k, i) => (t === answer.T_x[i]! ? 0 : value)),
      );
      return { ...answer, x };
    },
  },
];
