import { Mat } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to draw a token. */
export const mutants: readonly Mutant<typeof starter.sample>[] = [
  {
    name: "most-probable",
    mistake: "The most probable token was returned, whatever u is: that is greedy, not sampling.",
    hint: "What is u for?",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => {
      right(yhat_t, u);
      return yhat_t.data.indexOf(Math.max(...yhat_t.data));
    },
  },
  {
    name: "counted-from-one",
    mistake: "The index was counted from 1.",
    hint: "In code the first token has the index 0.",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => right(yhat_t, u) + 1,
  },
  {
    name: "one-too-early",
    mistake: "The token before was returned: the last one whose running sum is still at most u.",
    hint: "Is it the last token before the sum passes u, or the one that makes it pass?",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => Math.max(0, right(yhat_t, u) - 1),
  },
  {
    name: "not-strictly",
    mistake: "The sum was compared by ≥ in place of >: a token of probability 0 can be drawn.",
    hint: "Which token does your code give for u = 0 when the first has probability 0?",
    caughtBy: "u is zero and so is the first probability",
    wrong: (right) => (yhat_t, u) => {
      right(yhat_t, u);
      let sum = 0;
      return yhat_t.data.findIndex((p) => (sum += p) >= u);
    },
  },
  {
    name: "compared-before-adding",
    mistake: "The running sum was compared with u before the token's own probability was added.",
    hint: "Does the first token's piece begin at 0 or end there?",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => {
      right(yhat_t, u);
      let sum = 0;
      for (let k = 0; k < yhat_t.rows; k++) {
        if (sum > u) return k;
        sum += yhat_t.get(k, 0);
      }
      return yhat_t.rows - 1;
    },
  },
  {
    name: "without-a-sum",
    mistake: "Each probability by itself was compared with u; they were not added up.",
    hint: "The pieces lie end to end. Where does the third one end?",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => {
      right(yhat_t, u);
      const found = yhat_t.data.findIndex((p) => p > u);
      return found < 0 ? yhat_t.rows - 1 : found;
    },
  },
  {
    name: "uniform",
    mistake: "Every token was taken as equally probable: floor(u · n_y).",
    hint: "Did you use the probabilities?",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => {
      right(yhat_t, u);
      return Math.floor(u * yhat_t.rows);
    },
  },
  {
    name: "from-the-end",
    mistake: "The probabilities were added from the last token on, or u was taken for 1 − u.",
    hint: "Whose piece begins at 0?",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => {
      right(yhat_t, u);
      let sum = 0;
      for (let k = yhat_t.rows - 1; k > 0; k--) {
        sum += yhat_t.get(k, 0);
        if (sum > u) return k;
      }
      return 0;
    },
  },
  {
    name: "sorted-index",
    mistake: "The probabilities were sorted first, and the place in the sorted list was returned.",
    hint: "Which token stands at that place after sorting?",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => {
      right(yhat_t, u);
      const sorted = Array.from(yhat_t.data).sort((one, other) => other - one);
      return right(Mat.column(sorted), u);
    },
  },
  {
    name: "nearest-probability",
    mistake: "The token whose probability is nearest to u was returned.",
    hint: "u is a place on the line that the probabilities cover, not a probability.",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => {
      right(yhat_t, u);
      const off = yhat_t.data.map((p) => Math.abs(p - u));
      return off.indexOf(Math.min(...off));
    },
  },
  {
    name: "its-probability",
    mistake: "The drawn token's probability was returned in place of its index.",
    hint: "What will look the token up: an index or a probability?",
    caughtBy: "twenty-seven letters",
    wrong: (right) => (yhat_t, u) => yhat_t.get(right(yhat_t, u), 0),
  },
  {
    name: "scores-taken",
    mistake: "What is no distribution was drawn from as if it were one: no error came.",
    hint: "What should happen to numbers that do not sum to 1, or are negative?",
    caughtBy: "scores in place of probabilities",
    wrong: (right) => (yhat_t, u) => {
      const total = yhat_t.data.reduce((sum, p) => sum + Math.max(0, p), 0);
      return right(
        yhat_t.map((p) => Math.max(0, p) / total),
        u,
      );
    },
  },
  {
    name: "any-u-taken",
    mistake: "A u outside [0, 1) gave a token in place of an error.",
    hint: "What should happen to u = 1, of which there is nothing to the right?",
    caughtBy: "u is one",
    wrong: (right) => (yhat_t, u) => right(yhat_t, Math.min(Math.max(u, 0), 1 - 1e-12)),
  },
  {
    name: "probabilities-not-added",
    mistake: "Each probability by itself was compared with u: they were not added up.",
    hint: "The pieces are laid end to end: where does the second one begin?",
    caughtBy: "five tokens",
    wrong: (right) => (yhat_t, u) => {
      right(yhat_t, u);
      const probabilities = Array.from(yhat_t.data);
      const found = probabilities.findIndex((p) => p > u);
      return found >= 0 ? found : probabilities.findLastIndex((p) => p > 0);
    },
  },
  {
    name: "negative-allowed",
    mistake: "Probabilities below 0 were let through where the sum is 1.",
    hint: "Can a probability be negative? What does your code say of one?",
    caughtBy: "a probability below zero",
    wrong: (right) => (yhat_t, u) => {
      const total = yhat_t.data.reduce((sum, p) => sum + p, 0);
      if (yhat_t.data.every((p) => p >= 0) || Math.abs(total - 1) > 1e-4) return right(yhat_t, u);
      let sum = 0;
      return yhat_t.data.findIndex((p) => (sum += p) > u);
    },
  },
];
