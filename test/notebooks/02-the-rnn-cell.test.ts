import { testLesson } from "./lesson.js";

testLesson({
  name: "02-the-rnn-cell",
  charts: 6,
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
  ],
});
