import { countParameters, initializeDeep, initializeLayer, seededRandom } from "unrolled";
import { applicationResults, firstNames } from "unrolled/data";
import { countedNats } from "./countedNats.js";
import { testLesson } from "./lesson.js";

/** How many parameters a layer of 32 units has that reads 27 numbers. */
function countOf(cell: "rnn" | "gru" | "lstm"): number {
  return countParameters(initializeLayer(cell, { n_x: 27, n_a: 32 }, seededRandom(1)));
}

/** By how much larger a share of answers the network gets right than the baseline, over the seeds. */
function aheadOnAverage(application: string): number {
  const { network, baseline } = applicationResults.find((one) => one.application === application)!;
  const gains = network.shares.map((share, seed) => share - baseline.shares[seed]!);
  return gains.reduce((sum, gain) => sum + gain) / gains.length;
}

/** In how many seeds the baseline gets a larger share of answers right than the network. */
function seedsBehind(application: string): number {
  const { network, baseline } = applicationResults.find((one) => one.application === application)!;
  return network.shares.filter((share, seed) => share < baseline.shares[seed]!).length;
}

/** The table's RNN of three layers. */
const threeLayers = initializeDeep("rnn", { n_x: 27, n_a: 32, n_y: 27, L: 3 }, seededRandom(1));

/** The parameters of the last question's network. */
const asked = initializeDeep("lstm", { n_x: 50, n_a: 100, n_y: 10, L: 2 }, seededRandom(1));
const { train, test } = (await firstNames()).split;

testLesson({
  name: "11-deep-rnns",
  charts: 7,
  claims: [
    ...[1, 2, 3].map((l) => ({
      what: `the states of layer ${l} depend on the past alone`,
      says: "The same triangle in every layer: depth does not show a network the future.",
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
      says: ["A framework's summary prints 39,680 for the LSTM", "Together 39,680."],
      pattern: /the LSTM: (\d+)/,
      atLeast: 39680,
      atMost: 39680,
    },
    {
      what: "its output has 5,850",
      says: ["5,850 for the output", "5,850."],
      pattern: /the output: (\d+)/,
      atLeast: 5850,
      atMost: 5850,
    },
    {
      what: "the jazz model has 45,530",
      says: [
        "45,530 in all",
        "45,530 parameters, one by one",
        "account for a well-known model's 45,530 parameters one by one",
        "Together 45,530.",
      ],
      pattern: /the jazz model: (\d+)/,
      atLeast: 45530,
      atMost: 45530,
    },
    {
      what: "each of the four gates' matrices has 9,856",
      says: ["have 64 rows and 64 + 90 = 154 columns", "4 · 9,856 = 39,424."],
      pattern: /Wo of the LSTM: 64 × 154 = 9,(\d+)/,
      atLeast: 856,
      atMost: 856,
    },
    {
      what: "the output's matrix has 5,760",
      says: "90 · 64 = 5,760, and 90 biases:",
      pattern: /Wya of the output: 90 × 64 = 5,(\d+)/,
      atLeast: 760,
      atMost: 760,
    },
    {
      what: "with PyTorch's two biases it would have 256 more",
      says: "That is 256 more:",
      pattern: /two biases a gate: (\d+)/,
      atLeast: 45786,
      atMost: 45786,
    },
    {
      what: "23,040 of its numbers multiply the input",
      says: "More than half of the LSTM's columns multiply a one-hot input, of which one entry is not zero: of the 23,040 numbers there 256 are used at a step",
      pattern: /multiply the input: (\d+)/,
      atLeast: 23040,
      atMost: 23040,
    },
    {
      what: "two layers have nearly twice the parameters of one",
      says: "Two layers of 32 have nearly twice the parameters of one.",
      pattern: /2 layers of 32: (\d+) parameters/,
      atLeast: 1.9 * 6651,
      atMost: 2 * 6651,
    },
    {
      what: "the wide layer has about as many as the two layers",
      says: [
        "at about the same number of parameters",
        "one layer that is as wide as the parameters of two layers allow",
      ],
      pattern: /1 layer of 49: (\d+) parameters/,
      atLeast: 0.98 * 12891,
      atMost: 1.02 * 12891,
    },
    {
      what: "one layer of 32 ends near 2.17 nats",
      pattern: /1 layer of 32: \d+ parameters, (\d\.\d+) nats/,
      atLeast: 2.155,
      atMost: 2.19,
    },
    {
      what: "a second layer does not help in 120 steps",
      says: "and the second layer does not even help at equal width",
      pattern: /2 layers of 32: \d+ parameters, (\d\.\d+) nats/,
      atLeast: 2.19,
    },
    {
      what: "the wide layer is better than both",
      says: "Here one layer that is wider does better than two, at about the same number of parameters",
      pattern: /1 layer of 49: \d+ parameters, (\d\.\d+) nats/,
      atMost: 2.145,
    },
    {
      what: "a trigram that is given the first letter pays 2.02 nats",
      says: "A trigram pays 2.02 here:",
      value: () => countedNats(train, test, 2),
      atLeast: 2.015,
      atMost: 2.025,
    },
    {
      what: "which is less than the best of the three networks",
      says: "counting is ahead of all three, for now.",
      pattern: /1 layer of 49: \d+ parameters, (\d\.\d+) nats/,
      atLeast: 2.06,
    },
    {
      what: "layer 1's states are small",
      pattern: /layer 1: root mean square (\d\.\d+)/,
      atLeast: 0.24,
      atMost: 0.3,
    },
    {
      what: "layer 2's are twice as large",
      says: "Layer 2's states are twice as large,",
      pattern: /layer 2: root mean square (\d\.\d+)/,
      atLeast: 0.5,
      atMost: 0.62,
    },
    {
      what: "a tenth of layer 2's states are beyond ±0.9",
      says: "and a tenth of them are near ±1;",
      pattern: /layer 2: .*, (\d+) of 256 beyond/,
      atLeast: 20,
      atMost: 31,
    },
    {
      what: "none of layer 1's is",
      says: "of layer 1's none is.",
      pattern: /layer 1: .*, (\d+) of 256 beyond/,
      atMost: 0,
    },
    {
      what: "the table's first layer has 1,920 parameters",
      says: "in this RNN it has 1,920 parameters",
      value: () => countParameters(threeLayers.layers[0]!),
      atLeast: 1920,
      atMost: 1920,
    },
    ...[2, 3].map((l) => ({
      what: `its layer ${l} has 2,080`,
      says: "each layer above it 2,080.",
      value: () => countParameters(threeLayers.layers[l - 1]!),
      atLeast: 2080,
      atMost: 2080,
    })),
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
      says: "With spoken digits it is ahead in 18 of 20 seeds",
      pattern: /speech recognition .* ahead in (\d+) of 20/,
      atLeast: 18,
      atMost: 18,
    },
    {
      says: "The mean of a clip's frames tells all clips apart, in every seed.",
      pattern: /video activity recognition .*: mean of the frames (\S+),/,
      atLeast: 1,
    },
    {
      says: "and is a little better on DNA (ahead in 14 of 20 seeds",
      value: () => seedsBehind("DNA sequence analysis"),
      atLeast: 14,
      atMost: 14,
    },
    {
      says: "level in 3)",
      pattern: /DNA sequence analysis .* ahead in 3 of 20 seeds, level in (\d+)/,
      atLeast: 3,
      atMost: 3,
    },
    {
      what: "and by less than 0.01 on average",
      says: "is a little better on DNA",
      value: () => -aheadOnAverage("DNA sequence analysis"),
      atLeast: 0.001,
      atMost: 0.01,
    },
    {
      what: "the regression on digits makes no error",
      says: "and never wrong on numbers.",
      pattern: /machine translation .*: digits by position (\S+),/,
      atLeast: 1,
    },
    {
      says: "by seven points on average.",
      value: () => 100 * aheadOnAverage("speech recognition"),
      atLeast: 6.5,
      atMost: 7.5,
    },
    {
      says: "Twenty seeds trained a small network and the baseline on the same examples",
      value: () =>
        Math.min(
          ...applicationResults.flatMap(({ network, baseline }) => [
            network.shares.length,
            baseline.shares.length,
          ]),
        ),
      atLeast: 20,
      atMost: 20,
    },
    ...(["gru", "lstm"] as const).map((cell, k) => ({
      what: `a layer of the ${cell} has ${3 + k} times the RNN's parameters`,
      says: [
        "A GRU has three times as many (two gates and the candidate), an LSTM four times.",
        "The layers above the first cost the same, $n_a(2 n_a + 1)$ times 1, 3 or 4.",
      ],
      value: () => countOf(cell) / countOf("rnn"),
      atLeast: 3 + k,
      atMost: 3 + k,
    })),
    {
      says: "What counts is the loss on 800 names",
      value: () => test.length,
      atLeast: 800,
      atMost: 800,
    },
    {
      says: "that none of them has seen",
      value: () => test.filter((name) => train.includes(name)).length,
      atMost: 0,
    },
    {
      says: "4 · 100 · (100 + 50 + 1) = 60,400.",
      value: () => countParameters(asked.layers[0]!),
      atLeast: 60_400,
      atMost: 60_400,
    },
    {
      says: "4 · 100 · (100 + 100 + 1) = 80,400.",
      value: () => countParameters(asked.layers[1]!),
      atLeast: 80_400,
      atMost: 80_400,
    },
    {
      says: "10 · 101 = 1,010.",
      value: () => countParameters({ Wya: asked.Wya, by: asked.by }),
      atLeast: 1010,
      atMost: 1010,
    },
    {
      says: "Together 141,810.",
      value: () => countParameters(asked),
      atLeast: 141_810,
      atMost: 141_810,
    },
  ],
  noClaims: {
    supposition: [
      "Whether the task needs that, only a baseline tells.",
      "All three would go on learning, and the order of the first two may change.",
      "A better loss may just be that.",
      "Two LSTM layers of 100 units read 50 numbers, and 10 classes come out.",
      "Layer 1:",
      "Layer 2:",
    ],
    arithmetic: ["4 · 64 = 256."],
    history: [
      "In the course's week 1 an LSTM with 64 units improvises jazz.",
      "At each step it reads one of 90 musical values as a one-hot column, and a softmax gives the next one.",
      "PyTorch gives each gate two biases, one for the state and one for the input, though only their sum matters.",
      "Graves and others found depth to matter more than width (2013, below).",
      "In time an RNN is deep already, and each layer above makes the way for the gradient longer; the course calls three layers quite a lot, where networks for pictures have a hundred.",
    ],
    label: [
      "… (…): … …, … …; ahead in … of 20 seeds, level in …",
      "… moves in … of 36",
      "with two biases a gate: …",
      "a second LSTM layer of 64 units: … more",
    ],
    minutes: ["About 20 minutes to read, and 30 for the exercises."],
    outline: [
      "## The seven applications, each beside a simple baseline",
      "Lesson 00 began with seven tasks.",
      "You will put layers upon layers, count every number that such a network learns, account for a well-known model's 45,530 parameters one by one, and measure once what a second layer brings for its price.",
      "Two sliders pick a state a[l]⟨t⟩; what it was computed from lights up.",
      "A network of three layers with random weights reads a word, and one letter after the other is changed.",
      "Three GRUs learn to predict the next letter of first names, with the same seed, data, 120 steps and step size: one layer of 32 units, two layers of 32, and one layer that is as wide as the parameters of two layers allow.",
      "What counts is the loss on 800 names that none of them has seen; it is drawn every 20 steps.",
      "The states of the two-layer network while it reads a name, layer by layer.",
      "seed 1 and 120 steps, which is short.",
    ],
    definition: [
      "DNA and numbers of three digits come lined up:",
      "The regression on three digits can't read four: it has no columns for them.",
      "An unrolled RNN over a hundred steps is a hundred layers deep in time.",
      "a GRU's are between −1 and 1:",
      "in training, entries of what one layer hands upwards are set to 0 at random (PyTorch:",
      "Yet between an input and the output of the same step there is one layer only.",
      "Layer 1 reads x, as always.",
      "Layer 2 reads the states of layer 1 as if they were its inputs, layer 3 those of layer 2; the output reads the last layer.",
      "Each layer has parameters of its own, which it uses at every step, and a state of its own, which it hands to its own next step.",
      "| $W_{ax}^{[1]}$ | $(n_a, n_x)$ | from the input to layer 1 |",
      "| $W_{ax}^{[l]}$, l > 1 | $(n_a, n_a)$ | from the layer below |",
      "Layers may have different widths; then $W_{ax}^{[l]}$ has as many columns as the layer below has units.",
      "Layer by layer over all steps, or step by step through all layers: every order will do in which what an arrow comes from is there before its head.",
      "- Four matrices, for the forget, the update and the output gate and for the candidate, have 64 rows and 64 + 90 = 154 columns: the state and the input, stacked.",
      "- Four biases:",
      "- Every layer reads x.",
      "L layers side by side, of which only the last is used.",
      "- Layer l reads the states of layer l − 1 at the same step and its own state at the step before; layer 0 is x.",
      "- $n_a(n_a + n_{in} + 1)$ parameters for a layer, times 1, 3 or 4 for RNN, GRU and LSTM, and $n_y(n_a + 1)$ for the output.",
      "L upwards through the layers, T_x − 1 to the right, one to the output:",
      "The state does not: nothing comes down on the way forward.",
      "Its gradient does: the loss reaches it through layer 3.",
    ],
  },
});
