import { deepForward, type Random } from "../../src/index.js";
import { drawLayer, drawMask, drawSequence, nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const [m, T] = [sizeOf(size, "m"), sizeOf(size, "T_x")];
  const x = drawSequence(T, sizeOf(size, "n_x"), m, random);
  const growth = numberOf(settings, "growth", 0);
  const widths = Array.from({ length: sizeOf(size, "L") }, (_, l) => size["n_a"]! + growth * l);
  const layers = widths.map((n_a, l) =>
    drawLayer({ n_x: l === 0 ? x.rows : widths[l - 1]!, n_a }, random),
  );
  const n_y = sizeOf(size, "n_y");
  const parameters = {
    layers,
    Wya: nonZero(n_y, widths.at(-1)!, random, numberOf(settings, "scoreScale", 1)),
    by: nonZero(n_y, 1, random),
  };
  const drawn = drawMask(T, m, random);
  const mask = settings["full"] === true ? drawn.map((mask_t) => mask_t.map(() => 1)) : drawn;
  return [x, parameters, mask, standIn("waveLayer")];
}

/** Layers upon layers: an exercise of lesson 11. */
export const exercise: ExerciseDefinition = {
  id: "deepForward",
  lesson: "11",
  title: "Layer upon layer",
  points: 4,
  cases: [
    {
      name: "two layers",
      size: { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 6, L: 2 },
      settings: { full: true },
    },
    {
      name: "three layers, different lengths",
      size: { n_x: 2, n_a: 3, n_y: 4, m: 5, T_x: 7, L: 3 },
    },
    { name: "one layer", size: { n_x: 4, n_a: 2, n_y: 3, m: 5, T_x: 4, L: 1 } },
    {
      name: "as many units as inputs",
      size: { n_x: 4, n_a: 4, n_y: 3, m: 2, T_x: 5, L: 3 },
    },
    {
      name: "wider and wider",
      size: { n_x: 2, n_a: 3, n_y: 2, m: 1, T_x: 4, L: 3 },
      settings: { growth: 2 },
    },
    { name: "one step", size: { n_x: 3, n_a: 4, n_y: 5, m: 2, T_x: 1, L: 2 } },
    {
      name: "scores of thousands",
      size: { n_x: 3, n_a: 4, n_y: 5, m: 2, T_x: 3, L: 2 },
      settings: { scoreScale: 3000 },
    },
    { name: "thirty steps, four layers", size: { n_x: 2, n_a: 3, n_y: 4, m: 5, T_x: 30, L: 4 } },
  ],
  draw,
  reference: deepForward,
  mutants,
  hints: [
    "A loop over the layers, and one variable that holds what the next layer reads.",
    "$a^{[l]} = \\mathrm{layer}(a^{[l-1]}, \\text{layers}[l-1], \\text{mask})$, beginning with $a^{[0]} = x$; only $a^{[L]}$ goes to the output.",
    "`let below: Sequence = x; for (const own of parameters.layers) { below = …; a.push(…); }`, then `below.map(…)` for ŷ⟨t⟩ with softmax and the mask.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "the same layers give the same numbers; scores of some thousands carry rounding of 1e-12, probabilities no more",
  },
  answer: {
    a: { symbol: "a⟨{t}⟩", rows: "unit", columns: "example" },
    yhat: { symbol: "ŷ⟨{t}⟩", rows: "output", columns: "example" },
  },
};
