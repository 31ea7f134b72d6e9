import { Mat, type Random, randomNormal, sample, softmax } from "../../src/index.js";
import { numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

/** Eighths, so that sums are exact: a zero first, a zero last, and one between. */
const eighths: readonly number[] = [0, 0.25, 0.125, 0, 0.5, 0.125, 0];

/** They sum to 1, and are none. */
const withNegative: readonly number[] = [0.5, -0.25, 0.5, 0.25];

/** Scores, or probabilities that are far from equal with a u that fits the case. */
function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const n_y = sizeOf(size, "n_y");
  if (settings["eighths"] === true) return [Mat.column(eighths), numberOf(settings, "u")];
  if (settings["negative"] === true) return [Mat.column(withNegative), 0.375];
  for (;;) {
    const z: Mat<"n_y", "1"> = randomNormal(n_y, 1, random, 1.5);
    const u = numberOf(settings, "u", random.uniform());
    if (settings["scores"] === true) return [z, u];
    if (settings["doubled"] === true) return [softmax(z).times(2), u];
    if (settings["telling"] !== true || isTelling(softmax(z), u)) return [softmax(z), u];
  }
}

/** Whether no shortcut comes upon the right token by luck. */
function isTelling(yhat_t: Mat<"n_y", "1">, u: number): boolean {
  const k = sample(yhat_t, u);
  const p = yhat_t.data;
  const nearest = p.map((value) => Math.abs(value - u));
  const sorted = Array.from(p).sort((one, other) => other - one);
  const luck = [
    0,
    p.length - 1,
    p.indexOf(Math.max(...p)),
    p.findIndex((value) => value > u),
    nearest.indexOf(Math.min(...nearest)),
    Math.floor(u * p.length),
    sample(yhat_t, 1 - 2 ** -53 - u * (1 - 2 ** -52)),
    sample(Mat.column(sorted), u),
  ];
  return !luck.includes(k);
}

/** A token drawn from a distribution: an exercise of lesson 06. */
export const exercise: ExerciseDefinition = {
  id: "sample",
  lesson: "06",
  title: "Sampling",
  points: 2,
  cases: [
    { name: "five tokens", size: { n_y: 5 }, settings: { telling: true } },
    { name: "twenty-seven letters", size: { n_y: 27 }, settings: { telling: true } },
    { name: "three tokens", size: { n_y: 3 } },
    { name: "a hundred tokens", size: { n_y: 100 }, settings: { telling: true } },
    { name: "eight tokens", size: { n_y: 8 }, settings: { telling: true } },
    { name: "u is zero", size: { n_y: 4 }, settings: { u: 0 } },
    {
      name: "u is zero and so is the first probability",
      size: { n_y: 7 },
      settings: { eighths: true, u: 0 },
    },
    {
      name: "u on the edge of two tokens",
      size: { n_y: 7 },
      settings: { eighths: true, u: 0.25 },
    },
    {
      name: "u on an edge with a token of probability zero",
      size: { n_y: 7 },
      settings: { eighths: true, u: 0.375 },
    },
    {
      name: "u nearly one and the last probability zero",
      size: { n_y: 7 },
      settings: { eighths: true, u: 0.999999 },
    },
    { name: "a single token", size: { n_y: 1 } },
    { name: "u is one", size: { n_y: 4 }, settings: { u: 1 } },
    { name: "u is negative", size: { n_y: 6 }, settings: { u: -0.25 } },
    { name: "scores in place of probabilities", size: { n_y: 9 }, settings: { scores: true } },
    { name: "a probability below zero", size: { n_y: 4 }, settings: { negative: true } },
    { name: "probabilities that sum to two", size: { n_y: 10 }, settings: { doubled: true } },
  ],
  draw,
  reference: sample,
  mutants,
  hints: [
    "Walk from the first token on and keep a running sum of the probabilities. Where does it pass u?",
    "The first k with $\\hat y_0 + \\dots + \\hat y_k > u$: strictly greater, so that a token of probability 0 adds nothing and is never the first.",
    "Two checks that throw; then `let sum = 0`, and a loop over `yhat_t.get(k, 0)` that adds before it compares.",
  ],
  tolerance: { atol: 0, rtol: 0, why: "an index is a whole number" },
  answer: { "": { symbol: "k", rows: "token", columns: "column" } },
};
