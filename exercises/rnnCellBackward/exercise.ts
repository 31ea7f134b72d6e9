import { type Random, rnnCellBackward } from "../../src/index.js";
import { drawCaches, nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const [cache] = drawCaches(size, random, settings);
  const da_next = nonZero(
    sizeOf(size, "n_a"),
    sizeOf(size, "m"),
    random,
    numberOf(settings, "upstream", 1),
  );
  return [da_next, { ...cache!, parameters: { ...cache!.parameters } }];
}

/** One step of backpropagation through time: an exercise of lesson 04. */
export const exercise: ExerciseDefinition = {
  id: "rnnCellBackward",
  lesson: "04",
  title: "One step backwards",
  points: 5,
  cases: [
    { name: "ordinary sizes", size: { n_x: 3, n_a: 5, n_y: 2, m: 4 } },
    { name: "one example", size: { n_x: 4, n_a: 3, n_y: 2, m: 1 } },
    { name: "as many units as inputs", size: { n_x: 4, n_a: 4, n_y: 2, m: 3 } },
    {
      name: "large upstream gradient",
      size: { n_x: 2, n_a: 3, n_y: 2, m: 5 },
      settings: { upstream: 50 },
    },
    {
      name: "saturated units",
      size: { n_x: 5, n_a: 4, n_y: 2, m: 6 },
      settings: { scale: 5 },
    },
    { name: "many examples", size: { n_x: 6, n_a: 3, n_y: 2, m: 15 } },
  ],
  draw,
  reference: rnnCellBackward,
  mutants,
  families,
  hints: [
    "First go back through tanh; what you get (call it dz) has a's shape, and all five gradients are made of it.",
    "$dz = (1 - a^{\\langle t\\rangle 2}) * da$; $dW_{ax} = dz\\,x^{\\langle t\\rangle\\mathsf T}$; $dW_{aa} = dz\\,a^{\\langle t-1\\rangle\\mathsf T}$; $db_a = \\sum_i dz^{(i)}$; $dx^{\\langle t\\rangle} = W_{ax}^{\\mathsf T} dz$; $da^{\\langle t-1\\rangle} = W_{aa}^{\\mathsf T} dz$.",
    "A line for dz: `.times(…)` of what `a_next.map(…)` makes of each a. Then five lines, each a `.dot(…)` with one `.T` in it, but for dba, which is `.sumColumns()`.",
  ],
  tolerance: {
    atol: 1e-10,
    rtol: 1e-9,
    why: "sums of up to fifteen products in another order differ by some 1e-15, times upstream gradients of 50",
  },
  answer: {
    dx_t: { symbol: "dx⟨t⟩", rows: "input", columns: "example" },
    da_prev: { symbol: "da⟨t−1⟩", rows: "unit", columns: "example" },
    dWax: { symbol: "dWax", rows: "unit", columns: "input" },
    dWaa: { symbol: "dWaa", rows: "unit", columns: "unit of a⟨t−1⟩" },
    dba: { symbol: "dba", rows: "unit", columns: "column" },
  },
};
