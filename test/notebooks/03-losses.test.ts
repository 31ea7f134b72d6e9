import { Mat, softmax } from "unrolled";
import { testLesson } from "./lesson.js";

/** The loss of the right class behind two softmaxes, of scores that are as sure as can be. */
function lossOfSoftmaxTwice(n_y: number): number {
  const scores = Mat.column(Array.from({ length: n_y }, (_, k) => (k === 0 ? 100 : 0)));
  return -Math.log(softmax(softmax(scores)).get(0, 0));
}

testLesson({
  name: "03-losses",
  charts: 4,
  claims: [
    {
      what: "one wavering word costs more than all the others together",
      says: "One wavering word costs more than all the others together.",
      pattern: /sydney's share of the loss: (\d+)%/,
      atLeast: 51,
      atMost: 70,
    },
    {
      what: "the derivatives that mathjs finds are ŷ − y",
      says: "to compare them, put numbers in",
      pattern: /at 200 random points: (\d\.\de[+-]\d+)/,
      atMost: 1e-12,
    },
    {
      what: "for two classes the wrong loss is never less than twice the right one",
      says: [
        "## Aha: the wrong loss that is exactly right for K = 2",
        "the sum is exactly 2 × the cross-entropy",
      ],
      pattern: /K = 2: BCE \/ CE from (\d\.\d+)/,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "for two classes the wrong loss is never more than twice the right one",
      says: [
        "## Aha: the wrong loss that is exactly right for K = 2",
        "So each of the two terms of output 2 repeats a term of output 1, and the sum is exactly 2 × the cross-entropy.",
        "The factor of 2 is like another learning rate; divided by K = 2 it is gone",
      ],
      pattern: /K = 2: BCE \/ CE from \d\.\d+ to (\d\.\d+)/,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "for three classes the factor goes down to nearly 1",
      says: [
        "For K = 3 that no longer holds.",
        "For K = 3 the factor lies between 1 and 2 and changes from prediction to prediction",
      ],
      pattern: /K = 3: BCE \/ CE from (\d\.\d+)/,
      atLeast: 1,
      atMost: 1.3,
    },
    {
      what: "for three classes the factor comes up to 2 and no further",
      says: "For K = 3 the factor lies between 1 and 2 and changes from prediction to prediction",
      pattern: /K = 3: BCE \/ CE from \d\.\d+ to (\d\.\d+)/,
      atLeast: 1.95,
      atMost: 2,
    },
    {
      what: "an even spread over the wrong classes costs less than an uneven one: even",
      says: "Two predictions that give the right class the same probability, and so cost the same, now cost differently:",
      pattern: /^even: .* CE 0\.916, BCE (\d\.\d+)/m,
      atLeast: 1.62,
      atMost: 1.64,
    },
    {
      what: "an even spread over the wrong classes costs less than an uneven one: uneven",
      says: "Two predictions that give the right class the same probability, and so cost the same, now cost differently:",
      pattern: /^uneven: .* CE 0\.916, BCE (\d\.\d+)/m,
      atLeast: 1.82,
      atMost: 1.84,
    },
    {
      what: "knowing nothing about 27 symbols costs 3.296 nats, and more under the wrong loss",
      says: [
        "Just right for a network that knows nothing: log 27 = 3.296 nats.",
        "A letter model with 27 symbols starts training at a loss of 3.30 per letter.",
        "A network that knows nothing should start at log K; with this bug it starts at",
      ],
      pattern: /K = 27: log K = 3\.296, the wrong loss says (\d\.\d+)/,
      atLeast: 4.2,
      atMost: 4.35,
    },
    {
      what: "a mean over K hides the wrong loss for two classes",
      says: "And where the mean over the K outputs is taken, every test with two classes passes.",
      pattern: /K = 2: log K = 0\.693, .* (\d\.\d+) as a mean over K/,
      atLeast: 0.693,
      atMost: 0.693,
    },
    {
      what: "for 27 classes that mean starts at a twentieth of log K",
      says: "For K = 27 the mean starts at a twentieth of log K: a network that has learned nothing looks nearly perfect.",
      pattern: /K = 27: log K = 3\.296, .* (\d\.\d+) as a mean over K/,
      atLeast: 0.157,
      atMost: 0.159,
    },
    {
      what: "a mean over each example's own steps is another number than the mean over all",
      pattern: /another loss +(\d\.\d+)/,
      atLeast: 1.46,
      atMost: 1.47,
    },
    {
      what: "the mean over the real steps, beside it",
      pattern: /mean over the real steps +(\d\.\d+)/,
      atLeast: 1.44,
      atMost: 1.45,
    },
    {
      what: "counting padding makes the same predictions look better",
      says: "the same predictions look better the more padding there is",
      pattern: /as if it were data +(\d\.\d+)/,
      atLeast: 1.02,
      atMost: 1.03,
    },
    {
      what: "in the mean over own steps a short sentence's step weighs more",
      says: [
        "A mean over each example's own steps is more than a factor",
        "so a step of a short sentence counts more than a step of a long one",
      ],
      pattern: /sentence of 4 words weighs (\d) times a step of the one of 8/,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "the softmax's loss of the class with probability 0.259",
      pattern: /loss: −log 0\.259 = (\d\.\d+)/,
      atLeast: 1.349,
      atMost: 1.35,
    },
    {
      what: "e¹⁰⁰⁰ is infinite, and the logarithm inside gives finite numbers all the same",
      says: "Nothing overflows, and no logarithm of 0 is ever taken.",
      pattern: /stable: log ŷ = 0 {2}-1000 {2}(-\d+)/,
      atLeast: -2000,
      atMost: -2000,
    },
    {
      what: "two classes can't cost less than a third of a nat behind two softmaxes",
      says: "the second softmax squeezes everything towards 1/n_y, and the loss can't get near 0",
      value: () => lossOfSoftmaxTwice(2),
      atLeast: 0.3,
    },
    {
      what: "27 can't cost less than two nats",
      says: "the second softmax squeezes everything towards 1/n_y, and the loss can't get near 0",
      value: () => lossOfSoftmaxTwice(27),
      atLeast: 2,
    },
  ],
  noClaims: {
    history: [
      "(Frameworks do it without a word of complaint; only the names of two functions differ.",
    ],
    arithmetic: [
      "A number to remember: a network that knows nothing pays log n_y.",
      "With $\\hat y = \\sigma(z) = 1/(1+e^{-z})$ the loss becomes $\\log(1+e^{z}) - yz$ (check it for y = 0 and for y = 1).",
      "$-\\sum_k y_k\\log\\hat y_k = \\log\\sum_j e^{z_j} - \\sum_k y_k z_k$, because the $y_k$ sum to 1.",
      "Three classes:",
      "A mean over each example's own steps is more than a factor: it weights example i by 1/T⁽ⁱ⁾, so a step of a short sentence counts more than a step of a long one.",
      "For K = 2 the outputs are ŷ₁ and ŷ₂ = 1 − ŷ₁, and the labels likewise.",
      "A factor of ln 2 ≈ 0.693 between two papers may be only the unit.",
      "ŷ − y = 0.25 − 1 = −0.75.",
    ],
    instruction: [
      "If an untrained network starts far above that, its initial weights are too large; if training never gets below it, nothing has been learned.",
    ],
    label: [
      "knowing nothing, among three: log 3 = … nats",
      "largest gap between mathjs and ŷ − y at 200 random points: …",
    ],
    supposition: [
      "Here is a sentence of the name data, with predictions that we made up: a network that takes every word to be a name with probability 0.1, is nearly sure (0.9) of lily, and wavers (0.6) at sydney, which is a city here but could be a person.",
      "The right class got ŷ = 0.25.",
    ],
    minutes: ["About 20 minutes to read, and 35 for the exercises."],
    outline: [
      "Two losses serve for labels: one for yes or no, one for one of many.",
      "Below, three sentences of different lengths, random scores, and tags other / person / place as classes.",
    ],
    definition: [
      "The network has made a prediction ŷ⟨t⟩ at every step.",
      "For one example i and one step t the label y⁽ⁱ⁾⟨t⟩ is 1 or 0 (we leave the (i) of y and ŷ out below), and the prediction comes out of a sigmoid, so it is a probability between 0 and 1.",
      "At most one of the two terms is non-zero: the first if y = 1, the second if y = 0.",
      "The logarithm is the natural one, so the unit is the nat; divided by ln 2 it is bits.",
      "In fact it is the loss of one 0/1 label behind a sigmoid.",
      "With n_y labels, each behind a sigmoid of its own (a chord is many notes at once):",
      "## Three things, three symbols",
      "In fact they are two quantities, and the sum needs a label at every step: a network that reads a review and answers once, at the end, has a single loss, and padded steps have none (the mask, below).",
      "With one sentence, m = 1, and the first two are the same number.",
      "## One of many: cross-entropy behind a softmax",
      "There are n_y possibilities, and exactly one is right.",
      "(Formulas count the classes from 1 to n_y; a matrix's rows in code count from 0.)",
      "The cell computes scores $z^{\\langle t\\rangle} = W_{ya}a^{\\langle t\\rangle} + b_y$, and the softmax turns them into probabilities that sum to 1.",
      "$e^{1000}$ is infinite in floating point, and a probability that rounds to 0 has no logarithm.",
      "Softmax does not change when the same number is taken from all scores, so take the largest, and put the logarithm inside:",
      "Now the largest exponent is 0.",
      "One of many.",
      "## Masks: padding must cost nothing",
      "The mask is 1 for a real step and 0 for padding, $(1, m)$ at each step:",
      "Why this bug lives long: both parts of the wrong loss are smallest at ŷ_c = 1, so training still pushes the right class up.",
      "- Softmax twice.",
      "- Clipping ŷ at 10⁻⁷ before the logarithm.",
      "It hides the overflow, and beyond the clip the gradient is 0: the worst mistakes teach nothing.",
      "- Sigmoid output, 0/1 labels: binary cross-entropy, summed over the outputs.",
      "A song has several notes at once.",
      "A sigmoid for each note and binary cross-entropy, summed over the notes: the notes do not exclude each other, so their probabilities need not sum to 1.",
    ],
  },
});
