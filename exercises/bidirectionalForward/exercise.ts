import { bidirectionalForward, type Random } from "../../src/index.js";
import { drawLayer, drawMask, drawSequence, nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const [m, T] = [sizeOf(size, "m"), sizeOf(size, "T_x")];
  const [n_a, n_y] = [sizeOf(size, "n_a"), sizeOf(size, "n_y")];
  const x = drawSequence(T, sizeOf(size, "n_x"), m, random);
  const parameters = {
    forward: drawLayer(size, random),
    backward: drawLayer(size, random),
    Wya: nonZero(n_y, 2 * n_a, random, numberOf(settings, "scoreScale", 1)),
    by: nonZero(n_y, 1, random),
  };
  const drawn = drawMask(T, m, random);
  const mask = settings["full"] === true ? drawn.map((mask_t) => mask_t.map(() => 1)) : drawn;
  return [x, parameters, mask, standIn("waveLayer")];
}

/** Two layers that read towards each other: an exercise of lesson 10. */
export const exercise: ExerciseDefinition = {
  id: "bidirectionalForward",
  lesson: "10",
  title: "From both ends",
  points: 5,
  cases: [
    {
      name: "equal lengths",
      size: { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 6 },
      settings: { full: true },
    },
    { name: "different lengths", size: { n_x: 2, n_a: 3, n_y: 4, m: 5, T_x: 7 } },
    { name: "one step", size: { n_x: 4, n_a: 2, n_y: 3, m: 5, T_x: 1 } },
    { name: "one example", size: { n_x: 5, n_a: 2, n_y: 3, m: 1, T_x: 4 } },
    { name: "as many units as inputs", size: { n_x: 3, n_a: 3, n_y: 4, m: 2, T_x: 5 } },
    {
      name: "scores of thousands",
      size: { n_x: 3, n_a: 4, n_y: 5, m: 2, T_x: 3 },
      settings: { scoreScale: 3000 },
    },
    { name: "forty steps", size: { n_x: 2, n_a: 4, n_y: 3, m: 5, T_x: 40 } },
  ],
  draw,
  reference: bidirectionalForward,
  mutants,
  hints: [
    "Call the layer twice. For the second call turn what it reads round, and what it gives back.",
    "$\\overleftarrow a = \\mathrm{reverse}(\\mathrm{layer}(\\mathrm{reverse}(x), \\mathrm{reverse}(\\text{mask})))$; then $\\hat y^{\\langle t\\rangle} = \\mathrm{softmax}(W_{ya}[\\overrightarrow a^{\\langle t\\rangle}; \\overleftarrow a^{\\langle t\\rangle}] + b_y)$, and everything times the mask.",
    "`const there = layer(…, …, mask).a; const back = layer(x.reverse(), …, …).a.…;` and then `….map((a_t, t) => …)` with `stackRows(…, back.at(t))`.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "the same layer gives the same numbers; scores of some thousands carry rounding of 1e-12, probabilities no more",
  },
  answer: {
    a: { symbol: "a", rows: "unit", columns: "example" },
    "a.forward": { symbol: "a→⟨{t}⟩", rows: "unit", columns: "example" },
    "a.backward": { symbol: "a←⟨{t}⟩", rows: "unit", columns: "example" },
    yhat: { symbol: "ŷ⟨{t}⟩", rows: "output", columns: "example" },
  },
};
