import { Mat, softmax } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to sharpen and to flatten. */
export const mutants: readonly Mutant<typeof starter.temperatureSoftmax>[] = [
  {
    name: "multiplied",
    mistake: "The scores were multiplied by τ in place of divided.",
    hint: "Does a temperature below 1 make your distribution sharper?",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) => right(z, 1 / temperature),
  },
  {
    name: "temperature-forgotten",
    mistake: "The temperature was not used, or it was added: what is left is a plain softmax.",
    hint: "What is different when τ is 3?",
    caughtBy: "bold",
    wrong: (right) => (z, temperature) => {
      right(z, temperature);
      return softmax(z);
    },
  },
  {
    name: "divided-after",
    mistake: "The probabilities were divided by τ in place of the scores: they don't sum to 1.",
    hint: "What do your columns sum to?",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) => right(z, 1).map((p) => p / positive(temperature)),
  },
  {
    name: "softmax-twice",
    mistake: "A softmax was taken before the temperature, and once more after it.",
    hint: "z are scores. What does the temperature divide?",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) => right(softmax(z), temperature),
  },
  {
    name: "over-the-examples",
    mistake: "The sum runs over the examples in place of the tokens.",
    hint: "Which sums are 1: those of rows or those of columns?",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) =>
      right(z.T as unknown as typeof z, temperature).T as unknown as typeof z,
  },
  {
    name: "over-everything",
    mistake: "One sum over all entries was used for all columns.",
    hint: "Each example has a distribution of its own.",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) => {
      const all = right(Mat.column(z.data) as unknown as typeof z, temperature);
      return Mat.build(z.rows, z.cols, (k, i) => all.get(k * z.cols + i, 0));
    },
  },
  {
    name: "not-normalised",
    mistake: "e^(z/τ) was not divided by its sum.",
    hint: "What do your columns sum to?",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) => {
      right(z, temperature);
      return z.map((score) => Math.exp(score / temperature));
    },
  },
  {
    name: "overflow",
    mistake: "e^(z/τ) was taken of the scores as they are: large ones overflow, and give NaN.",
    hint: "A softmax does not change when the same number is taken from all scores: which helps?",
    caughtBy: "scores of ten thousand",
    wrong: (right) => (z, temperature) => {
      right(z, temperature);
      const powers = z.map((score) => Math.exp(score / temperature));
      const totals = powers.sumRows();
      return powers.map((power, _k, i) => power / totals.get(0, i));
    },
  },
  {
    name: "largest-of-all",
    mistake: "The largest score of all examples was subtracted: others underflow, and give NaN.",
    hint: "Whose largest score belongs to a column?",
    caughtBy: "examples with scores far apart",
    wrong: (right) => (z, temperature) => {
      right(z, temperature);
      const largest = Math.max(...z.data);
      const powers = z.map((score) => Math.exp((score - largest) / temperature));
      const totals = powers.sumRows();
      return powers.map((power, _k, i) => power / totals.get(0, i));
    },
  },
  {
    name: "largest-not-divided",
    mistake: "The largest score was subtracted after the division, and was not divided itself.",
    hint: "Which two numbers do you subtract: are both divided by τ?",
    caughtBy: "scores of ten thousand",
    wrong: (right) => (z, temperature) => {
      right(z, temperature);
      const largest = columnMaxima(z);
      const powers = z.map((score, _k, i) => Math.exp(score / temperature - largest[i]!));
      const totals = powers.sumRows();
      return powers.map((power, _k, i) => power / totals.get(0, i));
    },
  },
  {
    name: "power-not-renormalised",
    mistake: "ŷ^(1/τ) was taken and not divided by its sum again.",
    hint: "Powers of probabilities don't sum to 1.",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) => right(z, 1).map((p) => p ** (1 / positive(temperature))),
  },
  {
    name: "squared-temperature",
    mistake: "The scores were divided by τ².",
    hint: "How often did you divide?",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) => right(z, temperature * Math.abs(temperature)),
  },
  {
    name: "square-root-of-temperature",
    mistake: "The scores were divided by √τ.",
    hint: "By what are the scores divided?",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) =>
      right(z, Math.sign(temperature) * Math.sqrt(Math.abs(temperature))),
  },
  {
    name: "logarithms",
    mistake: "The logarithm of the probabilities was returned.",
    hint: "Are your numbers between 0 and 1?",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) => right(z, temperature).map(Math.log),
  },
  {
    name: "winner-takes-all",
    mistake: "The most probable token got 1, all others 0, whatever τ is.",
    hint: "That is what is left as τ nears 0. And at τ = 3?",
    caughtBy: "bold",
    wrong: (right) => (z, temperature) => {
      right(z, temperature);
      const largest = columnMaxima(z);
      return z.map((score, _k, i) => (score === largest[i] ? 1 : 0));
    },
  },
  {
    name: "zero-let-through",
    mistake: "A temperature of 0 gave an answer in place of an error.",
    hint: "What does a division by 0 give here, and who would notice?",
    caughtBy: "a temperature of zero",
    wrong: (right) => (z, temperature) =>
      temperature === 0 ? z.map(() => NaN) : right(z, temperature),
  },
  {
    name: "negative-let-through",
    mistake: "A negative temperature turned the distribution round in place of an error.",
    hint: "Which token would be the most probable at τ = −1?",
    caughtBy: "a negative temperature",
    wrong: (right) => (z, temperature) =>
      temperature < 0 ? right(z.times(-1), -temperature) : right(z, temperature),
  },
  {
    name: "softmax-after",
    mistake: "A softmax was taken twice, the second time of the probabilities.",
    hint: "What goes into the second softmax: scores or probabilities?",
    caughtBy: "careful",
    wrong: (right) => (z, temperature) => softmax(right(z, temperature)),
  },
];

/** The temperature, where it is one: what is no temperature is refused before any mistake is made. */
function positive(temperature: number): number {
  if (!(temperature > 0)) throw new RangeError("no temperature");
  return temperature;
}

function columnMaxima(z: Mat): readonly number[] {
  return Array.from({ length: z.cols }, (_, i) => Math.max(...z.column(i).data));
}
