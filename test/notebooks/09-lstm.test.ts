import assert from "node:assert/strict";
import {
  countParameters,
  initializeLayer,
  initializeLstm,
  lstmCellForward,
  lstmForward,
  type LstmParameters,
  Mat,
  randomNormal,
  seededRandom,
  Sequence,
  sigmoid,
} from "unrolled";
import { addingProblem, addingProvenance } from "unrolled/data";
import { testLesson } from "./lesson.js";

/** The forget gates' mean over 100 steps of 20 untrained networks that read random numbers. */
function meanForgetGate(forgetBias: number): number {
  const gates = Array.from({ length: 20 }, (_, seed) => {
    const random = seededRandom(seed + 1);
    const parameters = initializeLstm({ n_x: 2, n_a: 32, n_y: 2 }, random, { forgetBias });
    const x = Sequence.build(100, () => randomNormal<"n_x", "m">(2, 8, random));
    const { caches } = lstmForward(x, Mat.zeros(32, 8), parameters);
    return caches.flatMap(({ gamma_f }) => Array.from(gamma_f.data));
  }).flat();
  return gates.reduce((sum, gate) => sum + gate) / gates.length;
}

/** The first question's LSTM. */
const asked = initializeLstm({ n_x: 2, n_a: 32, n_y: 2 }, seededRandom(1));

testLesson({
  name: "09-lstm",
  charts: 5,
  claims: [
    {
      what: "the LSTM that was set by hand adds",
      says: "Ten times the memory is the sum, wrong by less than 0.005 in each of 64 streams.",
      pattern: /largest error of the sum over 64 streams: (0\.\d+)/,
      atMost: 0.0049,
    },
    {
      what: "its memory climbs at the marks",
      says: "one step up at each mark.",
      pattern: /the memory of unit 1 moves by (0\.\d+) on average/,
      atLeast: 0.02,
    },
    {
      what: "and stands still elsewhere",
      says: "flat for as long as nothing is marked,",
      pattern: /the memory of unit 1 moves by .* at the 98 others by (\S+)\./,
      atMost: 1e-5,
    },
    {
      what: "all eleven gradients agree with central differences",
      says: "The gradient check of lesson 04, on the eight parameters of the gates and the candidate, on a⟨0⟩, c⟨0⟩ and x⟨1⟩, of a small LSTM over 6 steps, with a gradient into every state:",
      pattern: /largest relative error: (\d\.\de-\d+)/,
      atMost: 1e-8,
    },
    {
      what: "untrained, the tanh RNN's gradient is tiny after 99 steps, in the middle of 20",
      says: "far below even the tanh RNN's.",
      pattern: /tanh RNN, 99 steps back: (\d\.\de[+-]\d+)/,
      atLeast: 1e-9,
      atMost: 1e-6,
    },
    {
      what: "without a forget bias the LSTM's is smaller still",
      says: "Without a forget bias the gradient is down to less than 10⁻¹³ after 99 steps, far below even the tanh RNN's.",
      pattern: /LSTM, bf = 0, 99 steps back: (\d\.\de[+-]\d+)/,
      atLeast: 1e-16,
      atMost: 1e-13,
    },
    {
      what: "with a forget bias of 1 it is some ten thousandth",
      says: ["it is some 10⁻⁴", "- A forget bias of 1 or more keeps the way open at the start."],
      pattern: /LSTM, bf = 1, 99 steps back: (\d\.\de[+-]\d+)/,
      atLeast: 3e-5,
      atMost: 5e-4,
    },
    {
      what: "with a forget bias of 3 it is 0.63",
      says: [
        "and with $b_f = 3$ it is 0.63, where one step back it was 1.08.",
        "- A forget bias of 1 or more keeps the way open at the start.",
      ],
      pattern: /LSTM, bf = 3, 99 steps back: (\d\.\de[+-]\d+)/,
      atLeast: 0.62,
      atMost: 0.64,
    },
    {
      what: "and one step back it was 1.08",
      says: "and with $b_f = 3$ it is 0.63, where one step back it was 1.08.",
      pattern: /LSTM, bf = 3: (\d\.\d+) at 1, 0\.63\d* at 99/,
      atLeast: 1.075,
      atMost: 1.085,
    },
    {
      what: "in 1,000 steps the tanh RNN of seed 1 learns nothing",
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
      says: ["- On the adding problem with T = 100 the LSTM learns what the tanh RNN does not."],
      pattern: /tanh: error .* solved (\d+) of 20/,
      atMost: 0,
    },
    {
      what: "every LSTM of the kept twenty has",
      says: [
        "All 20 LSTMs that started with $b_f = 1$ end below 0.01,",
        "- On the adding problem with T = 100 the LSTM learns what the tanh RNN does not.",
      ],
      pattern: /LSTM, bf = 1: error .* solved (\d+) of 20/,
      atLeast: 20,
    },
    {
      what: "and nineteen of those that began without a forget bias",
      says: [
        "Of the LSTMs with $b_f = 0$ 19 of 20 get there too,",
        "on this task it is a better start and not a condition.",
      ],
      pattern: /LSTM, bf = 0: error .* solved (\d+) of 20/,
      atLeast: 19,
      atMost: 19,
    },
    {
      what: "unit 8 tells the sum",
      says: "and it tells the sum with a correlation of 0.99.",
      pattern: /unit 8: correlation (\d\.\d+)/,
      atLeast: 0.99,
      atMost: 0.99,
    },
    {
      what: "it keeps what it holds",
      says: "Its forget gate is at 0.99,",
      pattern: /unit 8: .* forget gate (\d\.\d+)/,
      atLeast: 0.99,
      atMost: 0.99,
    },
    {
      what: "it moves at the marks",
      says: [
        "unit 8's line is a staircase too, though its treads slope.",
        "its memory moves by 0.24 at the marks",
      ],
      pattern: /unit 8: .* moves by (\d\.\d+) at the marks/,
      atLeast: 0.23,
      atMost: 0.25,
    },
    {
      what: "and next to not elsewhere",
      says: [
        "unit 8's line is a staircase too, though its treads slope.",
        "and by 0.003 at each other step,",
      ],
      pattern: /unit 8: .* at the marks, by (\d\.\d+) elsewhere/,
      atLeast: 0.002,
      atMost: 0.004,
    },
    {
      what: "of the five others the gate that forgets most",
      says: "but with forget gates between 0.36 and 0.57 they do not keep it",
      pattern: /unit 32: .* forget gate (\d\.\d+)/,
      atLeast: 0.35,
      atMost: 0.37,
    },
    {
      what: "and the one that forgets least",
      says: "but with forget gates between 0.36 and 0.57 they do not keep it",
      pattern: /unit 5: .* forget gate (\d\.\d+)/,
      atLeast: 0.56,
      atMost: 0.58,
    },
    {
      what: "which leaves a hundred-thousandth after 20 steps",
      says: "($0.57^{20}$ is about a hundred-thousandth).",
      value: () => 0.57 ** 20,
      atLeast: 0.9e-5,
      atMost: 1.5e-5,
    },
    {
      what: "the five others tell the sum too, the sixth with a correlation of 0.89",
      says: "they tell the sum too,",
      pattern: /unit 27: correlation (\d\.\d+)/,
      atLeast: 0.85,
    },
    {
      what: "the trained LSTM is off by 0.04 on average",
      says: "The answers are off by 0.04 on average, near the sums and not exact:",
      pattern: /off by (\d\.\d+) over the 64, on average/,
      atLeast: 0.035,
      atMost: 0.045,
    },
    {
      what: "a GRU has three parameters where an LSTM has four",
      says: "With the same n_x and n_a a GRU has three parameters where an LSTM has four, and one thing to carry in place of two.",
      value: () =>
        countParameters(initializeLayer("gru", { n_x: 2, n_a: 32 }, seededRandom(1))) /
        countParameters(initializeLayer("lstm", { n_x: 2, n_a: 32 }, seededRandom(1))),
      atLeast: 0.75,
      atMost: 0.75,
    },
    {
      what: "neither of the two has learned yet after ten steps: its loss is near ln 2",
      says: "(Eleven steps show that the two agree; neither has learned yet: a loss of 0.69 is ln 2, what it costs to say one half of every sum.)",
      pattern: /ours\s+(0\.\d+)/,
      atLeast: Math.LN2 - 0.005,
      atMost: Math.LN2 + 0.005,
    },
    {
      what: "the trained LSTM's answer for one fresh stream is near",
      pattern: /the sum is \d\.\d+: off by (\d\.\d+)/,
      atMost: 0.25,
    },
    {
      what: "tf.layers' losses are ours, to single precision",
      says: "The losses agree to single precision at each of the eleven steps:",
      pattern: /largest difference of the 11 losses: (\d\.\de-\d+)/,
      atMost: 1e-5,
    },
    {
      what: "a hard sigmoid gives other predictions",
      pattern: /hard for smooth sigmoid, largest change of ŷ: (\d\.\de-\d+)/,
      atLeast: 1e-3,
    },
    {
      what: "the best tanh RNN of the kept twenty is above 0.16",
      says: "and no tanh RNN gets below 0.16.",
      pattern: /tanh: error (0\.\d+) to/,
      atLeast: 0.16,
    },
    {
      what: "the worst LSTM with a forget bias of 1 is below 0.01",
      says: "All 20 LSTMs that started with $b_f = 1$ end below 0.01,",
      pattern: /LSTM, bf = 1: error 0\.\d+ to (0\.\d+)/,
      atMost: 0.01,
    },
    {
      what: "without a forget bias the middle one is solved at step 1,113",
      says: "in the middle at step 1,113",
      pattern: /bf = 0: .* in the middle at step (\d+)/,
      atLeast: 1113,
      atMost: 1113,
    },
    {
      what: "with one at step 918",
      says: "where the others are at 918.",
      pattern: /bf = 1: .* in the middle at step (\d+)/,
      atLeast: 918,
      atMost: 918,
    },
    {
      what: "a forget bias of 1 was the earlier one in 16 of 20 seeds",
      says: "In 16 of the 20 seeds $b_f = 1$ was earlier: on this task it is a better start and not a condition.",
      pattern: /bf = 1 was solved earlier than bf = 0 in (\d+) of the 20 seeds/,
      atLeast: 16,
      atMost: 16,
    },
    {
      what: "an error is taken over 1,024 streams",
      says: "A dot is the mean squared error over 1,024 fresh streams after the training.",
      value: () => addingProvenance.m * addingProvenance.testBatches,
      atLeast: 1024,
      atMost: 1024,
    },
    {
      what: "the mean that says whether a training has solved it is taken over 50 batches",
      says: "Solved is a training from the first step at which the mean error over its last 50 batches is below 0.01.",
      value: () => addingProvenance.window,
      atLeast: 50,
      atMost: 50,
    },
    {
      what: "and has to be below 0.01",
      says: "Solved is a training from the first step at which the mean error over its last 50 batches is below 0.01.",
      value: () => addingProvenance.solved,
      atLeast: 0.01,
      atMost: 0.01,
    },
    {
      what: "20 seeds were trained for 2,000 steps",
      says: "The same training with 20 seeds and 2,000 steps each was run beforehand",
      pattern: /(\d+) seeds, 2000 steps each/,
      atLeast: 20,
      atMost: 20,
    },
    {
      what: "the smallest of 20 networks' gradients, with a forget bias of 1",
      says: "single networks lie many powers of ten apart,",
      pattern: /LSTM, bf = 1, 99 steps back: \S+, (\d\.\de[+-]\d+) to/,
      atMost: 1e-5,
    },
    {
      what: "and the largest, four powers of ten above it and more",
      says: "single networks lie many powers of ten apart,",
      pattern: /LSTM, bf = 1, 99 steps back: \S+, \S+ to (\d\.\de[+-]\d+)/,
      atLeast: 0.1,
    },
    {
      what: "tanh of a tenth is nearly a tenth, and less for all smaller numbers",
      says: "(tanh is nearly a straight line there):",
      value: () => 1 - Math.tanh(0.1) / 0.1,
      atMost: 0.004,
    },
    {
      what: "an untrained forget gate without a bias is about one half",
      says: [
        "In an untrained LSTM with $b_f = 0$ the forget gate is about one half,",
        "The gradient along the memory halves at each step at first.",
      ],
      value: () => meanForgetGate(0),
      atLeast: 0.48,
      atMost: 0.52,
    },
    {
      what: "a half to the power 99 is less than 1e-29",
      says: "and a half to the power 99 is less than $10^{-29}$.",
      value: () => 0.5 ** 99,
      atMost: 1e-29,
    },
    {
      what: "the sigmoid of 1 is 0.73",
      says: "(σ(1) = 0.73)",
      value: () => sigmoid(Mat.from([[1]])).get(0, 0),
      atLeast: 0.725,
      atMost: 0.735,
    },
    {
      what: "with a bias of 1 most of the memory stays in an untrained LSTM",
      says: "$b_f$ does not start at 0 but at 1 (σ(1) = 0.73) or more, so that at first most of the memory stays",
      value: () => meanForgetGate(1),
      atLeast: 0.65,
    },
    {
      what: "initializeLstm's forget bias is 1",
      says: "`initializeLstm` uses 1.",
      value: () => initializeLstm({ n_x: 2, n_a: 3, n_y: 1 }, seededRandom(1)).bf.get(0, 0),
      atLeast: 1,
      atMost: 1,
    },
    {
      what: "the question's LSTM has 4,546 parameters",
      says: "Together 4,546.",
      value: () => countParameters(asked),
      atLeast: 4546,
      atMost: 4546,
    },
    {
      what: "4,480 of them without its output",
      says: [
        "Four matrices of 32 · 34 and four biases of 32:",
        "4 · (1,088 + 32) = 4,480.",
        "The output has 2 · 32 + 2 = 66.",
      ],
      value: () => countParameters(asked) - countParameters([asked.Wya, asked.by]),
      atLeast: 4480,
      atMost: 4480,
    },
    {
      what: "four open steps make a memory of 2, and a state of 0.964",
      says: "c⟨4⟩ = 4 · 0.5 = 2: the memory has no bounds. a⟨4⟩ = tanh(2) = 0.964.",
      value: () => Math.tanh([0.5, 0.5, 0.5, 0.5].reduce((c, candidate) => c + candidate)),
      atLeast: 0.9635,
      atMost: 0.9645,
    },
  ],
  noClaims: {
    minutes: ["About 20 minutes to read, and 90 for the exercises."],
    arithmetic: [
      "Who always says 1 has a mean squared error of 1/6 ≈ 0.167, the variance of the sum of two numbers between 0 and 1:",
    ],
    outline: [
      "You will write the cell that is the classic answer, forward and backward; set its gates by hand so that it adds two numbers without any training; and see it learn that by itself where a tanh RNN learns nothing.",
      "Below, a gradient enters a⟨100⟩ only; the lines are the norm of what your backward pass hands on to c⟨t−1⟩ (for the tanh RNN, to a⟨t−1⟩): the median of 20 untrained networks.",
      "## Aha: a hundred steps, learned",
      "Now training, on the adding problem with T = 100, batches of 32 and n_a = 32.",
      "Both networks train live below, by the fast engine (the same equations as yours, in single precision), with Adam and the gradient clipped at norm 1.",
      "Seed 1 is one draw.",
      "read 64 fresh streams.",
      "Their correlation over the 64 streams answers:",
      "Drawn are the six units that tell the sum best, over the first stream:",
      "the network has seen 1,000 batches.",
      "here it gets our initial weights (T = 20, all else as above), and both train on the same eleven batches with the same Adam.",
    ],
    instruction: [
      "Set its gates so that the update gate opens at a mark only, the forget gate is always open, and the candidate is a tenth of the number",
    ],
    history: [
      "(after Hochreiter and Schmidhuber 1997; in this form in Arjovsky et al. 2016)",
      "through peephole connections, Gers and Schmidhuber 2000;",
      "Compared on several tasks, neither was the better one everywhere (Chung et al. 2014).",
      "(Jozefowicz et al. 2015 recommend it for every LSTM).",
      "Nobody writes an LSTM by hand for daily work.",
      "Keras's LSTM starts the forget bias at 1; PyTorch's does not.",
    ],
    interface: [
      "Two settings had to be made the same for that.",
      "Adam's ε is 1e-8 in our Adam; `tf.train.adam` takes 1e-7 unless it is told.",
      "$0.2z + 0.5$ cut off at 0 and 1;",
      "Frameworks stack the four matrices: tf.layers as update, forget, candidate, output, PyTorch too (it writes i, f, g, o).",
    ],
    label: [
      "largest error of the sum over 64 streams: …",
      "largest relative error: …",
      "…, 99 steps back: …, … to …",
      "Carried gradient 99 steps back: …",
      "Mean squared error after … steps: tanh RNN …, LSTM …",
      "seed 1, last 50 batches: tanh RNN …, LSTM …, baseline 0.1667",
      "bf = 1 was solved earlier than bf = 0 in … of the 20 seeds",
      "unit …: correlation …, forget gate …; moves by … at the marks, by … elsewhere",
      "it says …, the sum is …: off by …; off by … over the 64, on average",
      "loss after 10 steps",
      "largest difference of the 11 losses: … nats",
      "hard for smooth sigmoid, largest change of ŷ: …",
    ],
    supposition: [
      "1. n_x = 2, n_a = 32, n_y = 2.",
      "All gates are 1, and c̃⟨t⟩ = 0.5 at every step, c⟨0⟩ = 0.",
      "Γ_o⟨t⟩ = 0 for a unit.",
    ],
    definition: [
      "We read c⟨100⟩ itself here, times ten: a softmax of one output would always say 1.",
      "1 or −1 if the one is a straight line of the other, 0 if it says nothing of that kind.",
      "An RNN writes its whole state anew at every step.",
      "The LSTM (long short-term memory) carries two things from step to step: the state a⟨t⟩, which the gates and the output read, and a memory cell c⟨t⟩, which is changed only by gates and by adding.",
      "A gate is a vector of numbers between 0 and 1,",
      "0 lets nothing through, 1 everything.",
      "how much of $c^{\\langle t-1\\rangle}$ stays (1 keeps, 0 forgets)",
      "State and memory both go from step to step; both usually start from zeros.",
      "a stream of 100 random numbers between 0 and 1, two of which are marked, one in the first half, one in the second.",
      "At the end, say the sum of the two.",
      "Each input is a column of two: the number, and 1 or 0 for the mark.",
      "(What is left is tanh's bend, and gates that are nearly, but never quite, 0 and 1.)",
      "Into step t come two gradients:",
      "from its output and from step t+1, and $dc_{next}$, what step t+1 carries back into the memory.",
      "The memory acts on the loss in two ways,",
      "(That the norms lie above a product of average gates has two reasons: some units' gates are more open than the average, and the gradient also travels through the state.)",
      "the network's softmax has two outputs, and the label is (sum/2, 1 − sum/2), so $2\\hat y_1$ is its answer.",
      "Only a⟨t⟩ is carried and c starts from zeros at each step: shapes fit, training runs, and the long memory is gone.",
      "- dc has one of its two parts only. Without $dc_{next}$ the gradient reaches the memory only through the state, step by step.",
      "With two of them exchanged everything still fits.",
      "The memory has no bounds; a⟨t⟩ lies between −1 and 1.",
      "- c⟨t⟩ = Γ_u ∗ c̃⟨t⟩ + Γ_f ∗ c⟨t−1⟩: with Γ_f = 1 and Γ_u = 0 the memory stays as it is.",
      "But dc_next comes through c⟨t+1⟩, where a later output gate may be open.",
    ],
  },
});

describe("lesson 09 says of LSTMs", () => {
  const T = 100;

  it("that one set by hand makes no stairs once Γu and Γf are exchanged", () => {
    const row = (...values: number[]): Mat<"n_a", "n_a+n_x"> => Mat.from([values]);
    const one = (value: number): Mat<"n_a", "1"> => Mat.from([[value]]);
    const exchanged: LstmParameters = {
      ...{ Wf: row(0, 0, 24), bf: one(-12), Wu: row(0, 0, 0), bu: one(12) },
      ...{ Wc: row(0, 0.1, 0), bc: one(0), Wo: row(0, 0, 0), bo: one(12) },
      ...{ Wya: Mat.from([[0]]), by: Mat.from([[0]]) },
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
