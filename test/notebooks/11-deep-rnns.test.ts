import { testLesson } from "./lesson.js";

testLesson({
  name: "11-deep-rnns",
  charts: 6,
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
  ],
});
