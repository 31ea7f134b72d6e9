import {
  initializeRnn,
  Mat,
  oneHot,
  rnnCellForward,
  type RnnParameters,
  seededRandom,
  textPieces,
} from "unrolled";
import { firstNames } from "unrolled/data";
import { testLesson } from "./lesson.js";

/** The lesson's pieces, as its own cell cuts them. */
const { train: seen, test: unseen } = textPieces(
  (await firstNames()).split.train.slice(0, 2000).join("\n"),
  { longest: 40 },
);

/** The length of the longest piece of a text with this line. */
function longestPiece(line: string): number {
  const { train, test } = textPieces(`${line}\nc\nd\ne\nf`);
  return Math.max(...[...train, ...test].map((piece) => piece.length));
}

const parameters = initializeRnn({ n_x: 5, n_a: 4, n_y: 5 }, seededRandom(1));
const names = Object.keys(parameters) as (keyof RnnParameters)[];

/** How many of the next token's probabilities are numbers when the first entry of one matrix is NaN. */
function numbersLeft(name: keyof RnnParameters): number {
  const broken: Mat = (parameters[name] as Mat).map((value, i, j) => (i + j === 0 ? NaN : value));
  const { yhat_t } = rnnCellForward(oneHot([1], 5), Mat.zeros(4, 1), {
    ...parameters,
    [name]: broken,
  });
  return yhat_t.data.filter((value) => !Number.isNaN(value)).length;
}

testLesson({
  name: "12-your-own-sequence-model",
  charts: 3,
  ownWork: [
    "rnnCellForward",
    "rnnForward",
    "softmaxCrossEntropy",
    "rnnCellBackward",
    "rnnBackward",
    "optimizeStep",
    "sample",
    "temperatureSoftmax",
    "perplexity",
  ],
  claims: [
    {
      what: "nine functions are enough",
      says: "nine functions of this course, put together.",
      pattern: /of (\d+) functions are yours/,
      atLeast: 9,
      atMost: 9,
    },
    {
      what: "every fifth of the lesson's 2,000 names is held back",
      says: [
        "Without the file the lesson takes 2,000 first names",
        "Every fifth piece is held back",
      ],
      pattern: /1600 pieces to train on, (\d+) held back/,
      atLeast: 400,
      atMost: 400,
    },
    {
      what: "the bigram pays 2.45 nats a letter",
      pattern: /the bigram pays (\d\.\d+) nats/,
      atLeast: 2.44,
      atMost: 2.47,
    },
    {
      what: "after 200 steps the RNN beats it on names held back",
      says: "With the lesson's names and these seeds the RNN beats the bigram after 200 steps.",
      pattern: /better than the bigram by (-?\d\.\d+) nats/,
      atLeast: 0.05,
    },
    {
      what: "the saved model comes back as the same numbers",
      pattern: /writes the same in (\d+) of 20 samples/,
      atLeast: 20,
    },
    {
      what: "the file is small",
      pattern: /my-model\.json: (\d+) kB/,
      atLeast: 30,
      atMost: 100,
    },
    {
      what: "rnnBackward draws what nudging the inputs measures",
      says: "further from the measured one than yours by a factor of tens of millions.",
      pattern: /by rnnBackward: (\d\.\de-\d+) from what nudging/,
      atMost: 2e-9,
    },
    {
      what: "the carried gradient dropped does not",
      pattern: /bug 1: (\d\.\d+) from it/,
      atLeast: 0.2,
    },
    {
      what: "nor does Waa for its transpose: further by tens of millions",
      says: "Here it cannot hide: its map is further from the measured one than yours by a factor of tens of millions.",
      pattern: /bug 2: (\d\.\d+) from it/,
      atLeast: 0.05,
    },
    {
      what: "nor does a pass from the first step to the last",
      pattern: /bug 3: (\d\.\d+) from it/,
      atLeast: 0.3,
    },
    {
      what: "each loss depends on all inputs until its step: 78 pairs of 12 steps",
      says: "Row t reaches back to every input up to t",
      pattern: /T_x is 12; by rnnBackward (\d+) pairs are not zero/,
      atLeast: 78,
      atMost: 78,
    },
    {
      what: "and on no later one",
      says: [
        "and to none after it:",
        "(In the last column of a right map only the last row is not zero.)",
      ],
      pattern: /by rnnBackward (\d+) pairs are with a later input/,
      atMost: 0,
    },
    {
      what: "without the carried gradient the diagonal is left",
      says: [
        "Carried gradient dropped: only the diagonal is left.",
        "This pass says that nothing is remembered.",
      ],
      pattern: /without the carried gradient (\d+) pairs are left/,
      atLeast: 12,
      atMost: 12,
    },
    {
      what: "from the first step on the triangle lies on the side of later inputs",
      pattern: /from the first step on (\d+) are with a later input/,
      atLeast: 66,
      atMost: 66,
    },
    {
      what: "four rows of the rubric are done without a learner's text, five with their functions",
      pattern: /done: (\d) of 7/,
      atLeast: 4,
      atMost: 5,
    },
    {
      what: "all nine bad inputs are refused",
      pattern: /refused: (\d) of 9/,
      atLeast: 9,
    },
    {
      what: "a piece has at most 40 characters",
      says: "A line of more than 40 characters is split into pieces of 40 at most,",
      value: () => longestPiece("ab".repeat(50)),
      atLeast: 40,
      atMost: 40,
    },
    {
      what: "no name is on both sides",
      says: "the network never trains on it",
      value: () => unseen.filter((piece) => seen.includes(piece)).length,
      atMost: 0,
    },
    {
      what: "no sample is longer than 41 tokens",
      says: "It ends at `<EOS>`, or after 41 tokens, so it always ends.",
      pattern: /the longest of 20 samples has (\d+) tokens, at most 41 are allowed/,
      atMost: 41,
    },
    {
      what: "a NaN in any of the five matrices leaves no probability a number",
      says: "One NaN in the weights makes every probability NaN.",
      value: () => Math.max(...names.map((name) => numbersLeft(name))),
      atMost: 0,
    },
  ],
  noClaims: {
    minutes: ["About 15 minutes to read, and 0 for the exercises."],
    outline: [
      "Twelve lessons gave you the parts.",
      "Here every part has its place.",
      "(Counting with more tokens of context is a harder baseline; lesson 06 measures it.)",
      "`rubric` looks at all this once more, and computes each row itself:",
    ],
    interface: [
      "Each is checked once more.",
      "Nothing below knows whose a function is.",
      "If the bigram wins, write in `honestWord` why, in eight words or more.",
    ],
    instruction: [
      "With a text of your own: if the loss jumps, halve the learning rate (2); if it stands still, take more steps, then more units.",
      "0.05 is the bound of your clip.",
      "Some hundred lines or more are good.",
      "Take only a text that you may use.",
      "Let only the loss of step t flow back",
      "Choose in the list: the map by `rnnBackward`, the measured one, and those of three bugs.",
      "Two rows are for you:",
      "Run it with other seeds before you say that one setting is better than another.",
      "It needs more text, fewer units or fewer steps.",
    ],
    definition: [
      "Where a token was rarely seen, it leans on how frequent each token is at all.",
      "Each point is the mean of 20 steps.",
      "A model is its vocabulary and five matrices.",
      '| `format`, `version` | `"unrolled-rnn"`, 1 |',
      "Nobody has to believe it.",
      "Measured nudges each entry of each input up and down and watches every loss: no derivative in it.",
      "Column 1 is the start:",
      "- A text in another alphabet than the model's:",
      "No loss depends on that input: nudging it moves nothing.",
    ],
    label: ["better than the bigram by … nats", "- Comparing losses of two texts."],
    supposition: [
      "Your RNN pays 1.2 nats a token in training and 2.6 on text held back; the bigram pays 2.4 there.",
    ],
  },
});
