import { testLesson } from "./lesson.js";

testLesson({
  name: "01-notation",
  charts: 3,
  claims: [
    {
      what: "a matrix times a one-hot vector is one of its columns, exactly",
      pattern: /largest difference between Wax · x⟨1⟩ and column 9 of Wax: (\S+)/,
      atLeast: 0,
      atMost: 0,
    },
    {
      what: "one-hot vectors are √2 apart",
      pattern: /from a to z: (\d\.\d+)/,
      atLeast: 1.4142,
      atMost: 1.4143,
    },
    {
      what: "a vocabulary of whole names knows no new name",
      pattern: /a whole first name +\d+ +(\d+\.\d) %/,
      atLeast: 100,
    },
    {
      what: "a vocabulary of letters knows every new name",
      pattern: /a letter +28 +(\d+\.\d) %/,
      atMost: 0,
    },
    {
      what: "whole names as one-hot vectors take about half a gigabyte",
      pattern: /(\d+) MB as float64/,
      atLeast: 450,
      atMost: 560,
    },
    {
      what: "nearly all of those numbers are zeros",
      pattern: /share of zeros among the one-hot numbers: (\d+\.\d+) %/,
      atLeast: 99.98,
      atMost: 99.99,
    },
    {
      what: "one 1 in each real column",
      pattern: /ones in a column, on average: (\d\.\d+)/,
      atLeast: 1,
      atMost: 1,
    },
    {
      what: "the average over padding too is wrong by the padding's share",
      pattern: /, (\d\.\d+) over all 54/,
      atLeast: 0.722,
      atMost: 0.723,
    },
    {
      what: "a third of a batch in random order is padding",
      pattern: /padding in batches of 32: (\d+\.\d) % in random order/,
      atLeast: 30,
      atMost: 40,
    },
    {
      what: "sorted by length, next to nothing is padding",
      pattern: /padding in batches of 32: (\d+\.\d) % sorted by length/,
      atMost: 3,
    },
    {
      what: "the drill's Wa is (n_a, n_a + n_x)",
      pattern: /\bWa +\(100, (\d+)\)/,
      atLeast: 155,
      atMost: 157,
    },
  ],
});
