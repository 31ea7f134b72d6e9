import {
  classifyTask,
  largestRows,
  Mat,
  oneHot,
  oneToOne,
  oneToOneLossAndGradients,
  seededRandom,
  train,
  Vocabulary,
} from "unrolled";
import {
  applications,
  dna,
  motion,
  music,
  nameTags,
  sentiment,
  speech,
  translation,
} from "unrolled/data";
import { testLesson } from "./lesson.js";

/** The least factor by which the primer's loss grows from one of its twenty steps to the next. */
function leastGrowth(learningRate: number): number {
  const few = [1, 2, 3, 4].map((x) => ({ x, y: 3 * x }));
  let w = 0;
  const losses = Array.from({ length: 20 }, () => {
    const errors = few.map(({ x, y }) => w * x - y);
    w -= (learningRate * few.reduce((sum, { x }, i) => sum + 2 * errors[i]! * x, 0)) / few.length;
    return errors.reduce((sum, error) => sum + error ** 2, 0) / few.length;
  });
  return Math.min(...losses.slice(1).map((loss, step) => loss / losses[step]!));
}

const genes = await dna();
type Gene = (typeof genes.examples)[number];

/** A task's lengths, example by example. */
function lengths(
  examples: readonly { readonly x: readonly unknown[]; readonly y: unknown }[],
): { T_x: number; T_y: number }[] {
  return examples.map(({ x, y }) => ({ T_x: x.length, T_y: Array.isArray(y) ? y.length : 1 }));
}

const tasks = [
  ...(await Promise.all([speech(), music(), sentiment(), dna(), motion(), nameTags()])),
  await translation("german"),
].map(({ examples }) => classifyTask(lengths(examples)));

/** How many of the seven tasks are of one of the types. */
function tasksOf(...types: readonly string[]): number {
  return tasks.filter((type) => types.includes(type)).length;
}

/** How often the regression on positions is right once each unseen sequence is turned by a random number of places. */
function accuracyOfShifted(): number {
  const bases = Vocabulary.of(genes.tokens);
  const kinds = Vocabulary.of(genes.labels);
  const features = (some: readonly Gene[]): Mat<"n_x", "m"> => {
    const codes = some.map(({ x }) => bases.encode(x));
    return Mat.build(240, some.length, (k, i) => (codes[i]![Math.floor(k / 4)] === k % 4 ? 1 : 0));
  };
  const { parameters } = train({
    parameters: { W: Mat.zeros<"n_y", "n_x">(3, 240), b: Mat.zeros<"n_y", "1">(3, 1) },
    steps: 400,
    learningRate: (step) => 0.01 * (1 - (step - 1) / 400),
    lossAndGradients: (current, random) => {
      const seen = genes.split.train;
      const some = Array.from({ length: 32 }, () => seen[random.integer(seen.length)]!);
      const y = oneHot(kinds.encode(some.map((one) => one.y)), 3);
      return oneToOneLossAndGradients(features(some), y, current);
    },
  });
  const random = seededRandom(1);
  const shifted = genes.split.test.map((one) => {
    const by = 1 + random.integer(59);
    return { ...one, x: [...one.x.slice(by), ...one.x.slice(0, by)] };
  });
  const said = largestRows(oneToOne(features(shifted), parameters));
  return said.filter((k, i) => kinds.tokenAt(k) === shifted[i]!.y).length / shifted.length;
}

/** Where a parameter is after two gradients; Adam's second step knows how long the first one was. */
function trainedOn(first: number, second: number, maxNorm?: number): number {
  const gradients = [first, second].values();
  const { parameters } = train({
    parameters: { w: Mat.zeros<"1", "1">(1, 1) },
    steps: 2,
    ...(maxNorm === undefined ? {} : { maxNorm }),
    lossAndGradients: () => ({
      total: 1,
      gradients: { dw: Mat.from([[gradients.next().value!]]) },
    }),
  });
  return parameters.w.get(0, 0);
}

const textOf = ({ x }: Gene): string => x.join("");

testLesson({
  name: "00-why-sequences",
  charts: 5,
  claims: [
    {
      says: "with a learning rate of 0.2 each step goes too far, and the loss grows.",
      value: () => leastGrowth(0.2),
      atLeast: 1.5,
    },
    {
      what: "twenty steps of gradient descent bring the one parameter to 3",
      pattern: /step 20: loss .*, then w = (\d\.\d+)/,
      atLeast: 2.99,
      atMost: 3.01,
    },
    {
      what: "the most frequent label is right for about half of the DNA",
      pattern: /always saying N: (\d\.\d+)/,
      atLeast: 0.48,
      atMost: 0.5,
    },
    {
      what: "a bag of bases is hardly better than that",
      says: "It stays within a few points of guessing the most frequent label.",
      pattern: /bag of bases: (\d\.\d+)/,
      atLeast: 0.48,
      atMost: 0.57,
    },
    {
      what: "base by position is right for 0.95",
      says: [
        "Knowing each position is nearly enough here",
        "0.95 sounds like deep learning; a regression on positions had it too.",
        "matters more than how many there are",
      ],
      pattern: /base by position: (\d\.\d+)/,
      atLeast: 0.94,
      atMost: 0.97,
    },
    {
      what: "an RNN read at the junction is as good",
      says: "RNN at the junction: as good, as far as these sequences can tell",
      pattern: /RNN read at the junction: (\d\.\d+)/,
      atLeast: 0.935,
      atMost: 0.975,
    },
    {
      what: "the same RNN read after all 60 steps is as bad as guessing",
      says: [
        "What mattered is 30 steps ago, and a simple recurrent cell learns badly across 30 steps.",
        "RNN after all 60 steps: it has seen everything and remembers too little.",
      ],
      pattern: /RNN read after all 60 steps: (\d\.\d+)/,
      atLeast: 0.44,
      atMost: 0.56,
    },
    {
      what: "the best two models differ by less than the test can tell",
      pattern: /base by position minus RNN at the junction: (-?\d\.\d+)/,
      atLeast: -0.02,
      atMost: 0.02,
    },
    {
      what: "the uncertainty of such an accuracy is 0.014",
      pattern: /uncertain by ± (\d\.\d+)/,
      atLeast: 0.012,
      atMost: 0.016,
    },
    {
      what: "introns begin with G: nearly every EI junction has it at t = 31",
      says: "a possible junction, which lies between t = 30 and t = 31",
      pattern: /is (\d\.\d+) \(base G, step 31\)/,
      atLeast: 0.99,
    },
    {
      what: "introns end with G: nearly every IE junction has it at t = 30",
      says: "the junction always lies behind base 30",
      pattern: /is (\d\.\d+) \(base G, step 30\)/,
      atLeast: 0.99,
    },
    {
      what: "624 reviews have a twin with the same words and the opposite meaning",
      says: "no model of the counts can tell such twins apart",
      pattern: /(\d+) of 1296 reviews have a twin/,
      atLeast: 624,
      atMost: 624,
    },
    {
      what: "named entities have as many outputs as inputs in every example",
      says: "with T_x = T_y in every example",
      pattern: /(\d+) of 1200\b[^\n]*many-to-many-equal/,
      atLeast: 1200,
    },
    {
      what: "introns begin with GT in about 99 of 100",
      says: "introns begin with GT and end with AG, in about 99 of 100 sequences here",
      pattern: /GT at t = 31, 32: (\d+\.\d) %/,
      atLeast: 98.9,
      atMost: 99.1,
    },
    {
      what: "and end with AG in more than 99 of 100",
      says: "introns begin with GT and end with AG, in about 99 of 100 sequences here",
      pattern: /AG at t = 29, 30: (\d+\.\d) %/,
      atLeast: 99.4,
      atMost: 99.6,
    },
    {
      what: "pair by pair, coins would be as uneven often enough",
      says: "of the rest, about as many speak for one as coins might give",
      pattern: /that uneven with probability (\d\.\d+)/,
      atLeast: 0.05,
    },
    {
      what: "a bag of bases is at least as good as saying N",
      says: "A few points more than saying N each time",
      pattern: /0\.487[^]*?bag of bases: (\d\.\d+)/,
      atLeast: 0.49,
    },
    {
      says: ["You will look at seven tasks", "## Seven tasks"],
      value: () => applications.length,
      atLeast: 7,
      atMost: 7,
    },
    {
      says: "Some tasks have T_y = 1",
      value: () => tasksOf("many-to-one"),
      atLeast: 2,
    },
    {
      says: [
        "some T_y = T_x, some neither",
        "Named entities are the only task here with T_x = T_y in every example.",
      ],
      value: () => tasksOf("many-to-many-equal"),
      atLeast: 1,
      atMost: 1,
    },
    {
      says: "some T_y = T_x, some neither",
      value: () => tasksOf("many-to-many-unequal", "one-to-many"),
      atLeast: 2,
    },
    {
      says: "Music starts from one note (T_x = 1) and writes the rest.",
      value: async () => Math.max(...(await music()).examples.map(({ x }) => x.length)),
      atLeast: 1,
      atMost: 1,
    },
    {
      says: "In translation some numbers happen to have as many words as digits",
      value: async () =>
        lengths((await translation("german")).examples).filter(({ T_x, T_y }) => T_x === T_y)
          .length,
      atLeast: 2,
    },
    {
      says: "Each of our sequences has 60 bases, A, C, G or T",
      value: () => genes.examples.filter((one) => /^[ACGT]{60}$/.test(textOf(one))).length,
      atLeast: 3186,
      atMost: 3186,
    },
    {
      says: "All four models train on the same 2,400 sequences",
      value: () => genes.split.train.length,
      atLeast: 2400,
      atMost: 2400,
    },
    {
      says: "are measured on the same 786 sequences",
      value: () => genes.split.test.length,
      atLeast: 786,
      atMost: 786,
    },
    {
      says: "that they never saw",
      value: () => {
        const seen = new Set(genes.split.train.map(textOf));
        return genes.split.test.filter((one) => seen.has(textOf(one))).length;
      },
      atLeast: 0,
      atMost: 0,
    },
    {
      says: "shortens a gradient whose length is above 5",
      value: () => Math.abs(trainedOn(50, 1) - trainedOn(5, 1, Infinity)),
      atLeast: 0,
      atMost: 0,
    },
    {
      says: "RNN at the junction: as good, as far as these sequences can tell, with fewer parameters",
      pattern: /RNN read at the junction: \d\.\d+, with (\d+) parameters/,
      atMost: 3 * (240 + 1) - 1,
    },
    {
      what: "two networks of 12 units and an output of 3 × 24 weights and 3 biases",
      says: "two small recurrent networks of 12 units read towards each other",
      pattern: /RNN read at the junction: \d\.\d+, with (\d+) parameters/,
      atLeast: 2 * 12 * (12 + 4 + 1) + 3 * (24 + 1),
      atMost: 2 * 12 * (12 + 4 + 1) + 3 * (24 + 1),
    },
    {
      says: "f(x) is (240, m), and W is (3, 240): it fits exactly 60 bases.",
      pattern: /base by position: \d\.\d+, with (\d+) parameters/,
      atLeast: 3 * (240 + 1),
      atMost: 3 * (240 + 1),
    },
    {
      says: "A (2, 2) minus a (1, 2) is legal, whether you meant it or not.)",
      value: () => Mat.zeros(2, 2).sub(Mat.zeros(1, 2)).rows,
      atLeast: 2,
      atMost: 2,
    },
    {
      says: "The DNA file holds some sequences more than once.",
      value: () => genes.examples.length - new Set(genes.examples.map(textOf)).size,
      atLeast: 2,
    },
    {
      what: "the rarest class is more than a fifth of all",
      says: "the last 20 % of them would be of a single class, and a test on those would ask for nothing else",
      value: () =>
        Math.min(
          ...genes.labels.map(
            (kind) => genes.examples.filter(({ y }) => y === kind).length / genes.examples.length,
          ),
        ),
      atLeast: 0.2,
    },
    {
      what: "base by position suffers from shifted sequences: it is wrong more often than saying N",
      says: "Base by position suffers: its columns belong to places.",
      value: accuracyOfShifted,
      atMost: 0.487,
    },
  ],
  noClaims: {
    supposition: [
      "A data set of sentence pairs happens to have T_x = T_y in 97 of 100 pairs.",
      '"Equal" is a promise about every example; three break it.',
      "Shift each DNA sequence by a random number of bases, so that the junction is no longer at 30.",
      "So does the RNN that is read at step 30, since the junction is no longer there.",
      "The bag of bases, which never knew a position, stays as bad as it was, and so does the RNN that is read at the end.",
    ],
    history: [
      "The readers' first step size, 0.02, was chosen among several by looking at these very 786 sequences; the regressions kept their 0.01.",
    ],
    label: [
      "as many outputs as inputs",
      "GT at t = 31, 32: … of EI; AG at t = 29, 30: … of IE",
      "G at t = 31 in … and T at t = 32 in … of the sequences",
      "A at t = 29 in … and G at t = 30 in … of the sequences",
      "read after 60 steps",
      "RNN read after all 60 steps: …; it says N for … of the sequences",
      "each base at each of the 60 places",
      "30 bases from each side, the nearest last",
      "RNN after all 60",
      "all 60 bases, the junction 30 steps ago",
      "only base by position is right: …, only the RNN: …; coins are that uneven with probability …",
    ],
    definition: [
      "without it layers upon layers would be no more than one matrix.",
      "Training repeats four things:",
      "The smallest network has one parameter, w.",
      "It shall learn from four examples that the answer is 3x:",
      "| one-to-one | 1 | 1 | no sequence at all: an ordinary network |",
      "| one-to-many | 1 (or 0: nothing goes in) | many | a first note → a melody |",
      "| many-to-one | many | 1 | a review → positive or negative |",
      "| many-to-many, equal | T | the same T in every example | a word → is it part of a name? |",
      "The network has as many inputs as its first matrix has columns.",
      "A review with one word more does not fit.",
      'What it learns about the word "not" in place 3 says nothing about "not" in place 7: other columns, other numbers.',
      "A bag of bases knows four numbers: how many A, C, G and T there are.",
      "Here x⟨t⟩ is the base as a column of four numbers, a 1 in the row of the base and else 0 (one-hot, lesson 01), and softmax turns three numbers into three probabilities that sum to 1 (lesson 03).",
      "With W of shape (3, 4):",
      "Base by position knows each of the 60 places by its own 4 numbers.",
      "A bidirectional RNN (lesson 10) is two small recurrent networks of 12 units read towards each other: one from t = 1 to 30, the other from t = 60 down to 31.",
      "Each keeps 12 numbers as its memory, a⟨t⟩, and meets the bases one at a time, with the same matrices at each step; no column of them belongs to a place:",
      "The same RNN, read after all 60 steps.",
      "Each has now seen every base: strictly more than before.",
      "The dashed line is what you get by always saying N.",
      "- Bag of bases: the composition, nothing of the order.",
      "- Base by position: everything, as long as each sequence is cut to 60 bases with the junction in the middle.",
      "It too is told where to look, since its answer is read at the junction; which of the 30 bases on each side matter it found out by itself.",
      "Where both are right or both wrong nothing is learned; of the rest, about as many speak for one as coins might give.",
      "Padding or cutting each example to T = 60 is a decision about what may matter.",
      "- Five types by length: one-to-one, one-to-many, many-to-one, many-to-many equal and unequal.",
      "A network that finds the junction needs an answer at every step.",
    ],
    interface: [
      'In a cell of your own `await hint("classifyTask")` gives a nudge, the next one the formula, the third the code\'s shape.',
      "(A function that only calls the library's own passes as well, and teaches you nothing; where a class is graded the library has no such function.)",
      "Only `check` draws new inputs whenever it runs (it names their seed), so that no answer can be learned by heart.",
      "| `x is None` | `x === undefined` | always three equals signs |",
      "| `cast(Mat, x)` | `x as Mat` | a promise to the compiler; nothing is converted |",
      '`xs[0]!` says "I know that it is there": a list may be shorter than you think, and `xs[0]` is then `undefined`.',
      "Numbers live in a `Mat`: a matrix of float64 numbers that is never changed in place.",
      "| `A.shape`, `A[i, j]` | `A.shape`, `A.get(i, j)` (from 0) |",
      "| `A + b` with `b` of shape (n, 1) | `A.add(b)`: the column is added to every column |",
      "| `X[:, :, t - 1]`, an array (n, m, T) | `x.at(t)`, a `Sequence` of T matrices (n, m), t from 1 |",
      "The last line of a cell shows itself: here a (2, 4) matrix, as a formula and as coloured cells.",
      'Training uses functions from "unrolled/engine": the same as those in "unrolled", but in float32 and a whole batch at a time, so that you wait less.',
    ],
    minutes: ["About 30 minutes to read, and 10 for the exercises."],
    outline: [
      "and then watch four models compete",
      "## Aha: four models read the same DNA",
      "(lesson 05 builds all five)",
      "This is most of what the lessons use",
      "Reading from both sides gets its own lesson, 10.",
      "Look at two things in each picture.",
      "Two things go wrong.",
    ],
    instruction: [
      "Skip this if you write TypeScript every day.",
      "read at `T = 40`, ten steps past the junction",
      'Always measure "the most frequent label" and a bag first.',
      "Clean is a third part of the data for choosing",
    ],
  },
});
