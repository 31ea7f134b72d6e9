import { testLesson } from "./lesson.js";

testLesson({
  name: "02-the-rnn-cell",
  charts: 7,
  claims: [
    {
      what: "the stacked form gives the same numbers",
      pattern: /between the two forms: (\d\.\de[+-]\d+)/,
      atMost: 1e-14,
    },
    {
      what: "a changed last letter leaves every earlier state as it was",
      pattern: /x⟨8⟩ changed: (?:0 {2}){7}(\d\.\d+)/,
      atLeast: 0.1,
    },
    {
      what: "a changed first letter moves even the last state",
      pattern: /x⟨1⟩ changed: (?:\d\.\d+ {2}){7}(\d\.\d+)/,
      atLeast: 0.05,
    },
    {
      what: "the exclusive or of two bits costs next to nothing",
      pattern: /predict the xor \(after two bits\): (\d\.\d+)/,
      atMost: 0.03,
    },
    {
      what: "a random bit costs one bit",
      pattern: /predict a random bit: (\d\.\d+)/,
      atLeast: 0.98,
      atMost: 1.05,
    },
    {
      what: "the first half of a stream costs two thirds of a bit per prediction",
      pattern: /bits per prediction: (\d\.\d+) in steps 1 to 30/,
      atLeast: 0.66,
      atMost: 0.7,
    },
    {
      what: "the second half, which is longer than training, costs the same",
      pattern: /in steps 1 to 30, (\d\.\d+) in 31 to 60/,
      atLeast: 0.66,
      atMost: 0.7,
    },
    {
      what: "a stream that starts one bit late costs far more",
      pattern: /started one bit late: (\d\.\d+) bits/,
      atLeast: 0.8,
      atMost: 1,
    },
    {
      what: "at first it is sure and wrong: more than the bit that guessing costs",
      pattern: /one bit late: .* (\d\.\d+) in the first 30 steps/,
      atLeast: 1.03,
    },
    {
      what: "later it is back near two thirds of a bit",
      pattern: /first 30 steps and (\d\.\d+) in the rest/,
      atMost: 0.71,
    },
    {
      what: "the two l's have states that are far apart, beside their length",
      pattern: /a⟨6⟩ − a⟨5⟩ (\d\.\d+)/,
      atLeast: 0.3,
    },
    {
      what: "seven of eight units keep what no longer matters",
      pattern: /at t = 18: 0\.\d+ for one, (0\.\d+) to/,
      atLeast: 0.5,
    },
  ],
});
