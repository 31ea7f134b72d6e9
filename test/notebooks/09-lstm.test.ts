import assert from "node:assert/strict";
import {
  initializeLstm,
  lstmCellForward,
  lstmForward,
  type LstmParameters,
  Mat,
  seededRandom,
} from "unrolled";
import { addingProblem } from "unrolled/data";
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

describe("lesson 09 says of LSTMs", () => {
  const T = 100;

  it("that one set by hand makes no stairs once Γu and Γf are exchanged", () => {
    const row = (...values: number[]): Mat<"n_a", "n_a+n_x"> => Mat.from([values]);
    const one = (value: number): Mat<"n_a", "1"> => Mat.from([[value]]);
    const exchanged: LstmParameters = {
      ...{ Wf: row(0, 0, 24), bf: one(-12), Wu: row(0, 0, 0), bu: one(12) },
      ...{ Wc: row(0, 0.1, 0), bc: one(0), Wo: row(0, 0, 0), bo: one(12) },
      ...{ Wya: Mat.from([[10]]), by: Mat.from([[0]]) },
    };
    const { x, y } = addingProblem(64, T, seededRandom(1));
    const { c } = lstmForward(x, Mat.zeros(1, 64), exchanged);
    const moves = c.map((c_t, t) => c_t.sub(c.at(Math.max(1, t - 1))).map(Math.abs));
    const mean = Array.from(moves, (step) => step.sum() / 64).reduce((sum, v) => sum + v) / T;
    assert.ok(mean > 0.02, String(mean));
    const error = c.at(T).times(10).sub(y).map(Math.abs).sum() / 64;
    assert.ok(error > 0.3, String(error));
  });

  it("that a forget gate without a bias is about one half before training", () => {
    const parameters = initializeLstm({ n_x: 2, n_a: 16, n_y: 2 }, seededRandom(1), {
      forgetBias: 0,
    });
    const { caches } = lstmForward(
      addingProblem(8, T, seededRandom(1)).x,
      Mat.zeros(16, 8),
      parameters,
    );
    const mean = caches.reduce((sum, { gamma_f }) => sum + gamma_f.sum(), 0) / (T * 16 * 8);
    assert.ok(Math.abs(mean - 0.5) < 0.1, String(mean));
    assert.ok(0.5 ** 99 < 1e-29);
  });

  it("how many parameters one has, and what open gates make of a half four times", () => {
    const parameters = initializeLstm({ n_x: 2, n_a: 32, n_y: 2 }, seededRandom(1));
    const count = (values: readonly Mat[]): number =>
      values.reduce((sum, { rows, cols }) => sum + rows * cols, 0);
    const { Wya, by, ...gates } = parameters;
    assert.equal(count(Object.values(gates) as Mat[]), 4480);
    assert.equal(count([Wya, by]), 66);
    const open = Mat.from<"n_a", "1">([[40]]);
    const none = Mat.zeros<"n_a", "n_a+n_x">(1, 2);
    const bc = Mat.from<"n_a", "1">([[Math.atanh(0.5)]]);
    const all = {
      ...{ Wf: none, Wu: none, Wc: none, Wo: none, bf: open, bu: open, bo: open, bc },
      ...{ Wya: Mat.from([[1]]), by: Mat.from([[0]]) },
    } as LstmParameters;
    let step = { a_next: Mat.zeros<"n_a", "m">(1, 1), c_next: Mat.zeros<"n_a", "m">(1, 1) };
    for (let t = 1; t <= 4; t++)
      step = lstmCellForward(Mat.from([[0]]), step.a_next, step.c_next, all);
    assert.ok(Math.abs(step.c_next.get(0, 0) - 2) < 1e-9);
    assert.ok(Math.abs(step.a_next.get(0, 0) - 0.964) < 5e-4);
  });
});
