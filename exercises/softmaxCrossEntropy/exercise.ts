import { type Random, softmaxCrossEntropy } from "../../src/index.js";
import { drawMask, drawOneHot, drawSequence, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const T = sizeOf(size, "T_y");
  const n_y = sizeOf(size, "n_y");
  const m = sizeOf(size, "m");
  const shift = numberOf(settings, "shift", 0);
  const apart = numberOf(settings, "apart", 0);
  const z = drawSequence(T, n_y, m, random, numberOf(settings, "scale", 1)).map((z_t) =>
    z_t.map((value, _k, i) => value + shift - i * apart),
  );
  const y = drawOneHot(T, n_y, m, random);
  if (settings["masked"] !== true) return [z, y];
  const mask = drawMask(T, m, random);
  return [
    z,
    y,
    settings["emptyEnd"] === true ? mask.map((step, t) => step.times(t < T ? 1 : 0)) : mask,
  ];
}

/** The loss of one class among many, over a sequence: an exercise of lesson 03. */
export const exercise: ExerciseDefinition = {
  id: "softmaxCrossEntropy",
  lesson: "03",
  title: "The loss of one among many, at every step",
  points: 5,
  cases: [
    { name: "ordinary sizes", size: { n_y: 4, m: 3, T_y: 5 } },
    { name: "one step", size: { n_y: 5, m: 2, T_y: 1 } },
    { name: "one example", size: { n_y: 3, m: 1, T_y: 4 } },
    { name: "padding", size: { n_y: 3, m: 4, T_y: 6 }, settings: { masked: true } },
    {
      name: "scores of a thousand",
      size: { n_y: 6, m: 2, T_y: 3 },
      settings: { scale: 1000 },
    },
    {
      name: "examples with scores far apart",
      size: { n_y: 4, m: 3, T_y: 2 },
      settings: { apart: 2000 },
    },
    {
      name: "forty steps with padding",
      size: { n_y: 4, m: 5, T_y: 40 },
      settings: { masked: true },
    },
    {
      name: "scores of a thousand with padding",
      size: { n_y: 5, m: 3, T_y: 4 },
      settings: { scale: 1000, masked: true },
    },
    {
      name: "all scores far below zero",
      size: { n_y: 3, m: 4, T_y: 2 },
      settings: { shift: -2000 },
    },
    {
      name: "a last step of padding only",
      size: { n_y: 4, m: 3, T_y: 5 },
      settings: { masked: true, emptyEnd: true },
    },
  ],
  draw,
  reference: softmaxCrossEntropy,
  mutants,
  families,
  hints: [
    "Work on log softmax, not on the logarithm of softmax: subtract the largest score before any exponential.",
    "$\\log \\mathrm{softmax}(z)_k = z_k - z_{\\max} - \\log\\sum_j e^{z_j - z_{\\max}}$; $\\mathcal L^{\\langle t\\rangle} = \\frac1m\\sum_i \\text{mask}\\cdot(-\\sum_k y_k \\log \\hat y_k)$; $dz^{\\langle t\\rangle} = \\text{mask}\\,(\\hat y - y)/m$.",
    "For each t a (1, m) row of losses, times `mask.at(t)` if there is a mask, summed and divided by m; `total` is the sum of `perStep`; `dz = Sequence.build(T, (t) => softmax(z.at(t)).sub(y.at(t)).times(…))`.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-10,
    why: "differences of scores near 1000 keep 1e-13; sums over forty steps in another order stay below 1e-11",
  },
  answer: {
    total: { symbol: "L", rows: "row", columns: "column" },
    perStep: { symbol: "L⟨t⟩", rows: "row", columns: "step" },
    dz: { symbol: "dz⟨{t}⟩", rows: "class", columns: "example" },
  },
};
