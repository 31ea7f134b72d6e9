import { testLesson } from "./lesson.js";

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
      pattern: /of (\d+) functions are yours/,
      atLeast: 9,
      atMost: 9,
    },
    {
      what: "every fifth of the lesson's 2,000 names is held back",
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
      pattern: /by rnnBackward: (\d\.\de-\d+) from what nudging/,
      atMost: 1e-6,
    },
    {
      what: "the carried gradient dropped does not",
      pattern: /bug 1: (\d\.\d+) from it/,
      atLeast: 0.2,
    },
    {
      what: "nor does Waa for its transpose: further by thousands",
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
      pattern: /T_x is 12; by rnnBackward (\d+) pairs are not zero/,
      atLeast: 78,
      atMost: 78,
    },
    {
      what: "and on no later one",
      pattern: /by rnnBackward (\d+) pairs are with a later input/,
      atMost: 0,
    },
    {
      what: "without the carried gradient the diagonal is left",
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
  ],
});
