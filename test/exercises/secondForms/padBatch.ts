/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- a wrong answer may have any type */
import { Mat, Sequence } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type Batch = readonly (readonly number[])[];
interface Slips {
  T?: (lengths: number[]) => number;
  word?: (words: readonly number[], t: number, T: number) => number | undefined;
  one?: (word: number | undefined, k: number) => boolean;
  mask?: (words: readonly number[], t: number, T: number) => number;
  lengths?: (lengths: number[], T: number) => unknown;
  check?: (word: number, n: number) => boolean;
  empty?: boolean;
  rows?: number;
}
function pad(s: Slips = {}) {
  return (batch: Batch, n_x: number): unknown => {
    const lengths = batch.map((w) => w.length);
    if (!s.empty && (lengths.length === 0 || lengths.includes(0))) throw new Error("empty");
    for (const w of batch.flat()) {
      if (!(s.check ?? ((k, n) => Number.isInteger(k) && k >= 0 && k < n))(w, n_x))
        throw new Error("bad word");
    }
    const T = s.T?.(lengths) ?? Math.max(...lengths);
    const word = s.word ?? ((w, t) => w[t - 1]);
    const one = s.one ?? ((w, k) => w === k);
    return {
      x: Sequence.build(T, (t) =>
        Mat.build(n_x + (s.rows ?? 0), batch.length, (k, i) =>
          one(word(batch[i]!, t, T), k) ? 1 : 0,
        ),
      ),
      mask: Sequence.build(T, (t) =>
        Mat.build(
          1,
          batch.length,
          (_, i) => s.mask?.(batch[i]!, t, T) ?? (t <= lengths[i]! ? 1 : 0),
        ),
      ),
      T_x: s.lengths?.(lengths, T) ?? lengths,
    };
  };
}
const front: Slips = {
  word: (w, t, T) => w[t - 1 - (T - w.length)],
  mask: (w, t, T) => (t > T - w.length ? 1 : 0),
};

/** padBatch as learners may write it. */
export const forms: SecondForms = {
  singles: {
    front: ["the padding comes before the words, as Keras' pad_sequences does", pad(front)],
    "word-zero": ["padding is the word 0 (|| 0)", pad({ one: (w, k) => (w ?? 0) === k })],
    "word-zero-lost": [
      "the word 0 is a column of zeros",
      pad({ one: (w, k) => w === k && k !== 0 }),
    ],
    "mask-by-word": [
      "the mask is 0 for the word 0 (truthiness)",
      pad({ mask: (w, t) => (w[t - 1] ? 1 : 0) }),
    ],
    "mask-inverted": [
      "the mask is 1 for padding",
      pad({ mask: (w, t) => (t <= w.length ? 0 : 1) }),
    ],
    "mask-short": [
      "the mask ends a step early (<)",
      pad({ mask: (w, t) => (t < w.length ? 1 : 0) }),
    ],
    "mask-long": [
      "the mask ends a step late",
      pad({ mask: (w, t) => (t <= w.length + 1 ? 1 : 0) }),
    ],
    "mask-ones": ["the mask is all ones", pad({ mask: () => 1 })],
    "mask-last": [
      "the mask marks the last word only",
      pad({ mask: (w, t) => (t === w.length ? 1 : 0) }),
    ],
    shortest: ["cut to the shortest example", pad({ T: (l) => Math.min(...l) })],
    "first-length": ["as long as the first example", pad({ T: (l) => l[0]! })],
    "one-step-more": ["one step too many", pad({ T: (l) => Math.max(...l) + 1 })],
    "lengths-padded": [
      "T_x is the padded length for all",
      pad({ lengths: (l, T) => l.map(() => T) }),
    ],
    "longest-only": ["T_x is one number", pad({ lengths: (_l, T) => T })],
    sorted: ["T_x is sorted", pad({ lengths: (l) => [...l].sort((a, b) => b - a) })],
    "last-word-repeated": [
      "the last word is repeated as padding",
      pad({ word: (w, t) => w[Math.min(t, w.length) - 1] }),
    ],
    reversed: ["words are in reverse order", pad({ word: (w, t) => w[w.length - t] })],
    late: ["words are a step late (t for t − 1)", pad({ word: (w, t) => w[t] })],
    "pad-row": ["a row more, for padding", pad({ rows: 1, one: (w, k) => (w ?? -1) === k })],
    "no-check": ["no word is refused", pad({ check: () => true })],
    "no-empty-check": ["an empty example is let through", pad({ empty: true })],
    transposed: [
      "steps are (m, n_x)",
      (batch: Batch, n: number) => {
        const right = pad()(batch, n) as { x: Sequence };
        return { ...right, x: Sequence.of(Array.from(right.x, (v) => v.T)) };
      },
    ],
  },
  pairs: {
    "front-ones": ["padding before the words; mask all ones", pad({ ...front, mask: () => 1 })],
    "zero-inverted": [
      "padding is word 0; mask inverted",
      pad({ one: (w, k) => (w ?? 0) === k, mask: (w, t) => (t <= w.length ? 0 : 1) }),
    ],
    "zero-lengths": [
      "padding is word 0; T_x is the padded length",
      pad({ one: (w, k) => (w ?? 0) === k, lengths: (l, T) => l.map(() => T) }),
    ],
    "ones-lengths": [
      "mask all ones; T_x is the padded length",
      pad({ mask: () => 1, lengths: (l, T) => l.map(() => T) }),
    ],
    "reversed-short": [
      "words reversed; mask ends early",
      pad({ word: (w, t) => w[w.length - t], mask: (w, t) => (t < w.length ? 1 : 0) }),
    ],
    "front-lengths": [
      "padding before the words; T_x is the padded length",
      pad({ ...front, lengths: (l, T) => l.map(() => T) }),
    ],
  },
  right: {
    "longest-by-reduce": [
      "the longest by a fold",
      pad({ T: (l) => l.reduce((a, b) => (a > b ? a : b)) }),
    ],
    "mask-from-words": [
      "mask from undefined",
      pad({ mask: (w, t) => Number(w[t - 1] !== undefined) }),
    ],
  },
};
