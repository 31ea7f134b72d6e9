import { testLesson } from "./lesson.js";

testLesson({
  name: "00-why-sequences",
  charts: 5,
  claims: [
    {
      what: "twenty steps of gradient descent bring the one parameter to 3",
      pattern: /step 20: loss .*, then w = (\d\.\d+)/,
      atLeast: 2.99,
      atMost: 3.01,
    },
    {
      what: "the most frequent label is right for about half of the DNA",
      pattern: /always saying N: (\d\.\d+)/,
      atLeast: 0.48,
      atMost: 0.5,
    },
    {
      what: "a bag of bases is hardly better than that",
      pattern: /bag of bases: (\d\.\d+)/,
      atLeast: 0.48,
      atMost: 0.57,
    },
    {
      what: "base by position is right for 0.95",
      pattern: /base by position: (\d\.\d+)/,
      atLeast: 0.94,
      atMost: 0.97,
    },
    {
      what: "an RNN read at the junction is as good",
      pattern: /RNN read at the junction: (\d\.\d+)/,
      atLeast: 0.935,
      atMost: 0.975,
    },
    {
      what: "the same RNN read after all 60 steps is as bad as guessing",
      pattern: /RNN read after all 60 steps: (\d\.\d+)/,
      atLeast: 0.44,
      atMost: 0.56,
    },
    {
      what: "the best two models differ by less than the test can tell",
      pattern: /base by position minus RNN at the junction: (-?\d\.\d+)/,
      atLeast: -0.02,
      atMost: 0.02,
    },
    {
      what: "the uncertainty of such an accuracy is 0.014",
      pattern: /uncertain by ± (\d\.\d+)/,
      atLeast: 0.012,
      atMost: 0.016,
    },
    {
      what: "introns begin with G: nearly every EI junction has it at t = 31",
      pattern: /is (\d\.\d+) \(base G, step 31\)/,
      atLeast: 0.99,
    },
    {
      what: "introns end with G: nearly every IE junction has it at t = 30",
      pattern: /is (\d\.\d+) \(base G, step 30\)/,
      atLeast: 0.99,
    },
    {
      what: "624 reviews have a twin with the same words and the opposite meaning",
      pattern: /(\d+) of 1296 reviews have a twin/,
      atLeast: 624,
      atMost: 624,
    },
    {
      what: "named entities have as many outputs as inputs in every example",
      pattern: /(\d+) of 1200\b[^\n]*many-to-many-equal/,
      atLeast: 1200,
    },
    {
      what: "introns begin with GT in about 99 of 100",
      pattern: /GT at t = 31, 32: (\d+\.\d) %/,
      atLeast: 98.9,
      atMost: 99.1,
    },
    {
      what: "and end with AG in more than 99 of 100",
      pattern: /AG at t = 29, 30: (\d+\.\d) %/,
      atLeast: 99.4,
      atMost: 99.6,
    },
    {
      what: "pair by pair, coins would be as uneven often enough",
      pattern: /that uneven with probability (\d\.\d+)/,
      atLeast: 0.05,
    },
    {
      what: "a bag of bases is at least as good as saying N",
      pattern: /0\.487[^]*?bag of bases: (\d\.\d+)/,
      atLeast: 0.49,
    },
  ],
});
