import {
  initializeRnn,
  Mat,
  oneHot,
  rnnLossAndGradients,
  seededRandom,
  Sequence,
  UNK,
  Vocabulary,
} from "unrolled";
import { nameTags } from "unrolled/data";
import { testLesson } from "./lesson.js";

const { split } = await nameTags();
const [seenWords, newWords] = [split.train, split.test].map((some) => some.flatMap(({ x }) => x));

/** How many of the words a vocabulary that is made from some words does not hold. */
function unknownWords(from: readonly string[], words: readonly string[]): number {
  const vocabulary = Vocabulary.of(from, { unknown: true });
  const unknown = vocabulary.indexOf(UNK);
  return vocabulary.encode(words).filter((index) => index === unknown).length;
}

/** How long the gradient of the column of <UNK> is, over a sentence without it. */
function gradientOfUnknown(): number {
  const vocabulary = Vocabulary.of(seenWords!, { unknown: true });
  const n = vocabulary.size;
  const read: Sequence = Sequence.of(
    vocabulary.encode(split.train[0]!.x).map((index) => oneHot([index], n)),
  );
  const parameters = initializeRnn({ n_x: n, n_a: 4, n_y: n }, seededRandom(1));
  const { gradients } = rnnLossAndGradients(read, read, Mat.zeros(4, 1), parameters);
  return gradients.dWax.column(vocabulary.indexOf(UNK)).norm();
}

/** The smallest or the largest distance between two of the letters' one-hot vectors. */
function distance(choose: (...values: number[]) => number): number {
  const vectors = Array.from({ length: 28 }, (_, k) => oneHot([k], 28));
  return choose(
    ...vectors.flatMap((one, k) => vectors.slice(k + 1).map((other) => one.sub(other).norm())),
  );
}

testLesson({
  name: "01-notation",
  charts: 3,
  claims: [
    {
      what: "a matrix times a one-hot vector is one of its columns, exactly",
      says: "a matrix times a one-hot vector is just one of the matrix's columns",
      pattern: /largest difference between Wax · x⟨1⟩ and column 9 of Wax: (\S+)/,
      atLeast: 0,
      atMost: 0,
    },
    {
      what: "one-hot vectors are √2 apart",
      pattern: /from a to z: (\d\.\d+)/,
      atLeast: 1.4142,
      atMost: 1.4143,
    },
    {
      what: "a vocabulary of whole names knows no new name",
      says: "a huge vocabulary, and every new name is `<UNK>`",
      pattern: /a whole first name +\d+ +(\d+\.\d) %/,
      atLeast: 100,
    },
    {
      what: "a vocabulary of letters knows every new name",
      says: "a tiny vocabulary that knows everything, and long sequences",
      pattern: /a letter +28 +(\d+\.\d) %/,
      atMost: 0,
    },
    {
      what: "whole names as one-hot vectors take about half a gigabyte",
      pattern: /(\d+) MB as float64/,
      atLeast: 450,
      atMost: 560,
    },
    {
      what: "nearly all of those numbers are zeros",
      pattern: /share of zeros among the one-hot numbers: (\d+\.\d+) %/,
      atLeast: 99.98,
      atMost: 99.99,
    },
    {
      what: "one 1 in each real column",
      says: [
        "Each column holds exactly one 1",
        "Each real column holds exactly one 1, so the right answer is 1.",
      ],
      pattern: /ones in a column, on average: (\d\.\d+)/,
      atLeast: 1,
      atMost: 1,
    },
    {
      what: "the average over padding too is wrong by the padding's share",
      says: [
        "Dividing by all steps makes it wrong by the share of padding.",
        "divided by all steps it looks smaller on batches with much padding",
      ],
      pattern: /, (\d\.\d+) over all 54/,
      atLeast: 0.722,
      atMost: 0.723,
    },
    {
      what: "a third of a batch in random order is padding",
      pattern: /padding in batches of 32: (\d+\.\d) % in random order/,
      atLeast: 30,
      atMost: 40,
    },
    {
      what: "sorted by length, next to nothing is padding",
      says: "(bucketing) waste nearly nothing.",
      pattern: /padding in batches of 32: (\d+\.\d) % sorted by length/,
      atMost: 3,
    },
    {
      what: "the drill's Wa is (n_a, n_a + n_x)",
      pattern: /\bWa +\(100, (\d+)\)/,
      atLeast: 155,
      atMost: 157,
    },
    ...([Math.min, Math.max] as const).map((choose) => ({
      what: `${choose.name} of the distances is √2`,
      says: "all tokens are equally far apart",
      value: () => distance(choose),
      atLeast: Math.SQRT2,
      atMost: Math.SQRT2,
    })),
    {
      says: "Made from training and test together it never meets an unknown word",
      value: () => unknownWords([...seenWords!, ...newWords!], newWords!),
      atMost: 0,
    },
    {
      what: "made from twenty sentences it meets one",
      says: "sooner or later a new word comes",
      value: () =>
        unknownWords(
          split.train.slice(0, 20).flatMap(({ x }) => x),
          newWords!,
        ),
      atLeast: 1,
    },
    {
      says: "If every training word is in the list, the column of `<UNK>` never learns.",
      value: gradientOfUnknown,
      atMost: 0,
    },
  ],
  noClaims: {
    arithmetic: [
      "10,002: one place more for `<UNK>`, one for `<EOS>`.",
      "The batch is 5 steps long:",
      "15 entries, 2 + 5 + 4 = 11 of them are 1, so 4 are 0.",
      "<details><summary>3. n_x = 10,000, n_a = 100, m = 32, T_x = 20.",
      "W_ax is (100, 10,000), x⟨t⟩ is (10,000, 32), x is (10,000, 32, 20).",
      "The two with m in them; a parameter never changes with the batch.",
    ],
    supposition: ["A vocabulary has 10,000 words besides the special tokens."],
    instruction: [
      "Shuffle the batches then, so that the network does not always see short before long.",
    ],
    label: [
      "… tokens, the last four: …",
      "largest difference between Wax · x⟨1⟩ and column … of Wax: …",
      "distance from a to b: …, from a to z: … (√2 = …)",
      "padding in batches of 32: … in random order",
      "padding in batches of 32: … sorted by length",
    ],
    history: ["> The notes say nothing of a vocabulary's size, of unknown words or of an end."],
    interface: [
      "Steps count from 1, as in the formulas.",
      "Rows and columns of a matrix, and the places in a list of words, count from 0, as in programs.",
      "The library keeps to that everywhere:",
    ],
    definition: [
      "| $x^{\\langle t\\rangle}$ | step t of a sequence | the third word: $x^{\\langle 3\\rangle}$ |",
      "| $x^{(i)\\langle t\\rangle}$ | both | the third word of the fifth sentence: $x^{(5)\\langle 3\\rangle}$ |",
      "y⟨t⟩ is 1 where the word belongs to a person's name.",
      "In fact n_x is that size, and by the two special tokens below a model of words meets a new one, and one that writes comes to an end.",
      '- `<EOS>` ("end of sequence") is one more step that says: here it ends.',
      "A model that writes needs it, since nobody tells it T_y: it stops when it predicts `<EOS>`.",
      '17 is not "more" than 3, and the word at 16 is no closer to 17 in meaning than the word at 500.',
      "That is what one-hot encoding is, and why every step costs n_x numbers.",
      "So the batch is as long as its longest example, and the shorter ones are filled up with columns of zeros: padding.",
      "The sizes are few: n_x (input), n_a (hidden state, lesson 02), n_y (output), m (examples), T_x (steps).",
      "Neither m nor T_x ever occurs in a parameter: the same numbers serve every example and every step.",
      "- Padding with index 0.",
      "Index 0 is a real token.",
      "- `<UNK>` that was never trained.",
      "The same words in another order are other indices, and nothing fails: the answers are just wrong.",
      "An array (m, T_x) where (T_x, m) is meant works without a complaint when the two numbers are equal.",
    ],
    minutes: ["About 15 minutes to read, and 35 for the exercises."],
    outline: [
      "Four small tools answer that: indices, a vocabulary, one-hot vectors, and padding with a mask.",
      "Every later lesson stands on them.",
      "Two things are counted, so two kinds of brackets keep them apart:",
      "Two tokens are special:",
      "Two rules give them all:",
    ],
  },
});
