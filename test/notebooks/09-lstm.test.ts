import { testLesson } from "./lesson.js";

testLesson({
  name: "09-lstm",
  charts: 5,
  claims: [
    {
      what: "the LSTM that was set by hand adds",
      pattern: /largest error of the sum over 64 streams: (0\.\d+)/,
      atMost: 0.0049,
    },
    {
      what: "its memory climbs at the marks",
      pattern: /the memory of unit 1 moves by (0\.\d+) on average/,
      atLeast: 0.02,
    },
    {
      what: "and stands still elsewhere",
      pattern: /the memory of unit 1 moves by .* at the 98 others by (\S+)\./,
      atMost: 1e-5,
    },
    {
      what: "all eight gradients agree with central differences",
      pattern: /largest relative error: (\d\.\de-\d+)/,
      atMost: 1e-8,
    },
    {
      what: "untrained, the tanh RNN's gradient is tiny after 99 steps, in the middle of 20",
      pattern: /tanh RNN, 99 steps back: (\d\.\de[+-]\d+)/,
      atLeast: 1e-9,
      atMost: 1e-6,
    },
    {
      what: "without a forget bias the LSTM's is smaller still",
      pattern: /LSTM, bf = 0, 99 steps back: (\d\.\de[+-]\d+)/,
      atLeast: 1e-16,
      atMost: 1e-13,
    },
    {
      what: "with a forget bias of 1 it is some ten thousandth",
      pattern: /LSTM, bf = 1, 99 steps back: (\d\.\de[+-]\d+)/,
      atLeast: 3e-5,
      atMost: 5e-4,
    },
    {
      what: "with a forget bias of 3 it is of the size that it had",
      pattern: /LSTM, bf = 3, 99 steps back: (\d\.\de[+-]\d+)/,
      atLeast: 0.2,
      atMost: 3,
    },
    {
      what: "in 800 steps the tanh RNN of seed 1 learns nothing",
      pattern: /last 50 batches: tanh RNN (0\.\d+)/,
      atLeast: 0.15,
      atMost: 0.25,
    },
    {
      what: "the LSTM of seed 1 is far below the baseline by then",
      pattern: /last 50 batches: .* LSTM (0\.\d+)/,
      atMost: 0.02,
    },
    {
      what: "no tanh RNN of the kept twenty has solved it",
      pattern: /tanh: error .* solved (\d+) of 20/,
      atMost: 0,
    },
    {
      what: "every LSTM of the kept twenty has",
      pattern: /LSTM, bf = 1: error .* solved (\d+) of 20/,
      atLeast: 20,
    },
    {
      what: "and nineteen of those that began without a forget bias",
      pattern: /LSTM, bf = 0: error .* solved (\d+) of 20/,
      atLeast: 19,
      atMost: 19,
    },
    {
      what: "the trained memories move at the marks",
      pattern: /the memory of 6 units moves by (0\.\d+) on average/,
      atLeast: 0.25,
    },
    {
      what: "and far less elsewhere",
      pattern: /the memory of 6 units moves by .* at the 98 others by (0\.\d+)/,
      atMost: 0.1,
    },
    {
      what: "the trained LSTM's answer for one fresh stream is near",
      pattern: /the sum is \d\.\d+: off by (\d\.\d+)/,
      atMost: 0.25,
    },
    {
      what: "its forget gates are mostly open",
      pattern: /the forget gates of the six are (0\.\d+) on average/,
      atLeast: 0.7,
    },
    {
      what: "tf.layers' losses are ours, to single precision",
      pattern: /largest difference of the 11 losses: (\d\.\de-\d+)/,
      atMost: 1e-5,
    },
    {
      what: "a hard sigmoid gives other predictions",
      pattern: /hard for smooth sigmoid, largest change of ŷ: (\d\.\de-\d+)/,
      atLeast: 1e-3,
    },
  ],
});
