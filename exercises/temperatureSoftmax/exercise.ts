import { type Random, temperatureSoftmax } from "../../src/index.js";
import { nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

/** Scores; `apart` moves each example's scores by another amount, which a softmax must not notice. */
function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const apart = numberOf(settings, "apart", 0);
  const z = nonZero<"n_y", "m">(
    sizeOf(size, "n_y"),
    sizeOf(size, "m"),
    random,
    numberOf(settings, "scale", 1),
  ).map((value, _k, i) => value - i * apart);
  return [z, numberOf(settings, "temperature")];
}

/** Softmax with a temperature: an exercise of lesson 06. */
export const exercise: ExerciseDefinition = {
  id: "temperatureSoftmax",
  lesson: "06",
  title: "Temperature",
  points: 2,
  cases: [
    { name: "careful", size: { n_y: 5, m: 3 }, settings: { temperature: 0.5 } },
    { name: "bold", size: { n_y: 4, m: 2 }, settings: { temperature: 3 } },
    { name: "a temperature of one", size: { n_y: 3, m: 5 }, settings: { temperature: 1 } },
    { name: "one example", size: { n_y: 6, m: 1 }, settings: { temperature: 1.7 } },
    { name: "one token", size: { n_y: 1, m: 4 }, settings: { temperature: 0.8 } },
    {
      name: "scores of ten thousand",
      size: { n_y: 5, m: 4 },
      settings: { temperature: 2, scale: 10000 },
    },
    { name: "nearly zero", size: { n_y: 4, m: 6 }, settings: { temperature: 0.0005 } },
    {
      name: "examples with scores far apart",
      size: { n_y: 3, m: 4 },
      settings: { temperature: 0.7, apart: 2000 },
    },
    { name: "very hot", size: { n_y: 7, m: 2 }, settings: { temperature: 100 } },
    { name: "a temperature of zero", size: { n_y: 5, m: 2 }, settings: { temperature: 0 } },
    { name: "a negative temperature", size: { n_y: 3, m: 2 }, settings: { temperature: -1 } },
    {
      name: "a temperature that is no number",
      size: { n_y: 4, m: 3 },
      settings: { temperature: NaN },
    },
  ],
  draw,
  reference: temperatureSoftmax,
  mutants,
  hints: [
    "Divide the scores first; the softmax comes after. And a softmax does not change when the same number is taken from all scores of a column.",
    "$e^{(z_k - \\max_j z_j)/\\tau}$ never overflows; then divide by the column's sum.",
    "For each column i: its largest score, the powers, their sum, the quotients; `z.column(i)` is one column. One line before it throws.",
  ],
  tolerance: {
    atol: 1e-12,
    rtol: 1e-9,
    why: "scores of thousands divided by a small temperature lose a few digits in the exponent",
  },
  answer: { "": { symbol: "ŷ", rows: "token", columns: "example" } },
};
