import { testLesson } from "./lesson.js";

testLesson({
  name: "11-deep-rnns",
  charts: 7,
  claims: [
    ...[1, 2, 3].map((l) => ({
      what: `the states of layer ${l} depend on the past alone`,
      pattern: new RegExp(`a\\[${l}\\]⟨t⟩ moves in (\\d+) of 36`),
      atLeast: 21,
      atMost: 21,
    })),
    {
      what: "count and formula agree for every cell and depth",
      pattern: /agree in (\d+) of 9 rows/,
      atLeast: 9,
    },
    {
      what: "the jazz model's LSTM has 39,680 parameters",
      pattern: /the LSTM: (\d+)/,
      atLeast: 39680,
      atMost: 39680,
    },
    {
      what: "its output has 5,850",
      pattern: /the output: (\d+)/,
      atLeast: 5850,
      atMost: 5850,
    },
    {
      what: "the jazz model has 45,530",
      pattern: /the jazz model: (\d+)/,
      atLeast: 45530,
      atMost: 45530,
    },
    {
      what: "each of the four gates' matrices has 9,856",
      pattern: /Wo of the LSTM: 64 × 154 = 9,(\d+)/,
      atLeast: 856,
      atMost: 856,
    },
    {
      what: "the output's matrix has 5,760",
      pattern: /Wya of the output: 90 × 64 = 5,(\d+)/,
      atLeast: 760,
      atMost: 760,
    },
    {
      what: "with PyTorch's two biases it would have 256 more",
      pattern: /two biases a gate: (\d+)/,
      atLeast: 45786,
      atMost: 45786,
    },
    {
      what: "23,040 of its numbers multiply the input",
      pattern: /multiply the input: (\d+)/,
      atLeast: 23040,
      atMost: 23040,
    },
    {
      what: "two layers have nearly twice the parameters of one",
      pattern: /2 layers of 32: (\d+) parameters/,
      atLeast: 1.9 * 6651,
      atMost: 2 * 6651,
    },
    {
      what: "the wide layer has about as many as the two layers",
      pattern: /1 layer of 49: (\d+) parameters/,
      atLeast: 0.98 * 12891,
      atMost: 1.02 * 12891,
    },
    {
      what: "one layer of 32 ends near 2.17 nats",
      pattern: /1 layer of 32: .* (\d\.\d+) nats/,
      atLeast: 2.155,
      atMost: 2.19,
    },
    {
      what: "a second layer does not help in 120 steps",
      pattern: /2 layers of 32: .* (\d\.\d+) nats/,
      atLeast: 2.19,
    },
    {
      what: "the wide layer is better than both",
      pattern: /1 layer of 49: .* (\d\.\d+) nats/,
      atMost: 2.145,
    },
    {
      what: "the bag of words guesses",
      pattern: /bag of words (\S+),/,
      atLeast: 0.45,
      atMost: 0.55,
    },
    {
      what: "the RNN is right about every review",
      pattern: /bag of words \S+, RNN (\S+);/,
      atLeast: 1,
    },
    {
      what: "names: the network is ahead in every seed",
      pattern: /named entity recognition .* ahead in (\d+) of 20/,
      atLeast: 20,
    },
    {
      what: "so is it in the next note",
      pattern: /music generation .* ahead in (\d+) of 20/,
      atLeast: 20,
    },
    {
      what: "spoken digits: in 18 of 20",
      pattern: /speech recognition .* ahead in (\d+) of 20/,
      atLeast: 18,
      atMost: 18,
    },
    {
      what: "the mean of a clip's frames tells all clips apart, in every seed",
      pattern: /video activity recognition .*: mean of the frames (\S+),/,
      atLeast: 1,
    },
    {
      what: "DNA: the network is ahead in 3 of 20",
      pattern: /DNA sequence analysis .* ahead in (\d+) of 20/,
      atLeast: 3,
      atMost: 3,
    },
    {
      what: "the regression on digits makes no error",
      pattern: /machine translation .*: digits by position (\S+),/,
      atLeast: 1,
    },
  ],
});
