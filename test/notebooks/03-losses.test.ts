import { testLesson } from "./lesson.js";

testLesson({
  name: "03-losses",
  charts: 4,
  claims: [
    {
      what: "one wavering word costs more than all the others together",
      pattern: /sydney's share of the loss: (\d+)%/,
      atLeast: 51,
      atMost: 70,
    },
    {
      what: "the derivatives that mathjs finds are ŷ − y",
      pattern: /at 200 random points: (\d\.\de[+-]\d+)/,
      atMost: 1e-12,
    },
    {
      what: "for two classes the wrong loss is never less than twice the right one",
      pattern: /K = 2: BCE \/ CE from (\d\.\d+)/,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "for two classes the wrong loss is never more than twice the right one",
      pattern: /K = 2: BCE \/ CE from \d\.\d+ to (\d\.\d+)/,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "for three classes the factor goes down to nearly 1",
      pattern: /K = 3: BCE \/ CE from (\d\.\d+)/,
      atLeast: 1,
      atMost: 1.3,
    },
    {
      what: "for three classes the factor comes up to 2 and no further",
      pattern: /K = 3: BCE \/ CE from \d\.\d+ to (\d\.\d+)/,
      atLeast: 1.95,
      atMost: 2,
    },
    {
      what: "an even spread over the wrong classes costs less than an uneven one: even",
      pattern: /^even: .* CE 0\.916, BCE (\d\.\d+)/m,
      atLeast: 1.62,
      atMost: 1.64,
    },
    {
      what: "an even spread over the wrong classes costs less than an uneven one: uneven",
      pattern: /^uneven: .* CE 0\.916, BCE (\d\.\d+)/m,
      atLeast: 1.82,
      atMost: 1.84,
    },
    {
      what: "knowing nothing about 27 symbols costs 3.296 nats, and more under the wrong loss",
      pattern: /K = 27: log K = 3\.296, the wrong loss says (\d\.\d+)/,
      atLeast: 4.2,
      atMost: 4.35,
    },
    {
      what: "a mean over K hides the wrong loss for two classes",
      pattern: /K = 2: log K = 0\.693, .* (\d\.\d+) as a mean over K/,
      atLeast: 0.693,
      atMost: 0.693,
    },
    {
      what: "for 27 classes that mean starts at a twentieth of log K",
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
      pattern: /as if it were data +(\d\.\d+)/,
      atLeast: 1.02,
      atMost: 1.03,
    },
    {
      what: "in the mean over own steps a short sentence's step weighs more",
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
  ],
});
