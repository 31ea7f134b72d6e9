import { testLesson } from "./lesson.js";

testLesson({
  name: "06-language-model-and-sampling",
  charts: 6,
  claims: [
    { what: "no name is in both parts", pattern: /names in both parts: (\d+)/, atMost: 0 },
    {
      what: "27 equal choices are a perplexity of 27",
      pattern: /all tokens equal: a perplexity of (\d+\.\d)/,
      atLeast: 27,
      atMost: 27,
    },
    {
      what: "one nat less divides the choices by e",
      pattern: /one nat less: (\d+\.\d)/,
      atLeast: 9.9,
      atMost: 10,
    },
    {
      what: "letters by their frequency cost 2.84 nats",
      pattern: /unigram: (\d\.\d+) nats/,
      atLeast: 2.83,
      atMost: 2.86,
    },
    {
      what: "a bigram pays 2.43 nats a letter",
      pattern: /bigram: (\d\.\d+) nats/,
      atLeast: 2.41,
      atMost: 2.44,
    },
    {
      what: "a trigram pays 2.16 nats a letter",
      pattern: /trigram: (\d\.\d+) nats/,
      atLeast: 2.15,
      atMost: 2.18,
    },
    {
      what: "the RNN beats the trigram, by more than 0.03 nats",
      pattern: /RNN: (\d\.\d+) nats/,
      atLeast: 2,
      atMost: 2.12,
    },
    {
      what: "counting with three letters before beats the RNN",
      pattern: /counting with 3 letters before: (\d\.\d+)/,
      atMost: 2.02,
    },
    {
      what: "so does counting with four",
      pattern: /counting with 4 letters before: (\d\.\d+)/,
      atMost: 2,
    },
    {
      what: "the table of three letters holds 18,552 counts",
      pattern: /tables hold (\d+) and/,
      atLeast: 18552,
      atMost: 18552,
    },
    {
      what: "the table of four letters holds 45,078 counts",
      pattern: /tables hold \d+ and (\d+)/,
      atLeast: 45078,
      atMost: 45078,
    },
    {
      what: "the RNN holds 7,643 numbers",
      pattern: /the RNN holds (\d+) numbers/,
      atLeast: 7643,
      atMost: 7643,
    },
    {
      what: "a gradient at 7 degrees points elsewhere once it is clipped by value",
      pattern: /\(8, 1\) points 7 degrees up, clipped (\d+)/,
      atLeast: 45,
      atMost: 45,
    },
    {
      what: "the step that is not clipped jumps far above knowing nothing",
      pattern: /the worst step: \d\.\d+ and (\d\.\d+)/,
      atLeast: 3.5,
    },
    {
      what: "clipped steps do not",
      pattern: /the worst step: (\d\.\d+) and/,
      atMost: 3.4,
    },
    {
      what: "200 plain steps, clipped, end below the bigram",
      pattern: /^clipped: the last steps cost (\d\.\d+)/m,
      atMost: 2.38,
    },
    {
      what: "not clipped they do so too",
      pattern: /not clipped: the last steps cost (\d\.\d+)/,
      atMost: 2.38,
    },
    {
      what: "2,000 draws come near to the probabilities",
      pattern: /between share and probability: (\d\.\d+)/,
      atMost: 0.03,
    },
    {
      what: "at τ = 0.5 about a fifth of the names are training names",
      pattern: /τ = 0\.5 the share of training names is (\d\.\d+)/,
      atLeast: 0.15,
      atMost: 0.25,
    },
    {
      what: "at τ = 2 about one in a hundred is",
      pattern: /τ = 2 the share of training names is (\d\.\d+)/,
      atMost: 0.015,
    },
    {
      what: "the slider's entropy rises from nearly none",
      pattern: /the entropy goes from (\d\.\d+)/,
      atMost: 0.1,
    },
    {
      what: "to nearly that of equal letters",
      pattern: /the entropy goes from \d\.\d+ to (\d\.\d+)/,
      atLeast: 2.6,
    },
    {
      what: "one unit tells vowels from other letters",
      pattern: /the unit's two means are (\d\.\d+) apart/,
      atLeast: 0.7,
    },
    {
      what: "another one does not",
      pattern: /those of unit \d+: (\d\.\d+)/,
      atMost: 0.1,
    },
    {
      what: "without chance five seeds give one name, the greedy one",
      pattern: /different names: (\d+)/,
      atMost: 1,
    },
  ],
});
