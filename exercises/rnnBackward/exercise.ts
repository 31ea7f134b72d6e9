import { type Random, rnnBackward, Sequence } from "../../src/index.js";
import { drawCaches, drawSequence, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const caches = drawCaches(size, random);
  const upstream = numberOf(settings, "upstream", 1);
  const T = sizeOf(size, "T_x");
  const everywhere = drawSequence(T, sizeOf(size, "n_a"), sizeOf(size, "m"), random, upstream);
  const da =
    settings["lastOnly"] === true
      ? Sequence.build(T, (t) => (t === T ? everywhere.at(t) : everywhere.at(t).times(0)))
      : everywhere;
  const plain = caches.map((cache) => ({ ...cache, parameters: { ...cache.parameters } }));
  return [da, plain, standIn("waveCellBackward")];
}

/** Backpropagation through time: an exercise of lesson 04. */
export const exercise: ExerciseDefinition = {
  id: "rnnBackward",
  lesson: "04",
  title: "Backpropagation through time",
  points: 6,
  cases: [
    {
      name: "a gradient into every step",
      size: { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 6 },
    },
    {
      name: "a gradient into the last step only",
      size: { n_x: 2, n_a: 4, n_y: 2, m: 3, T_x: 5 },
      settings: { lastOnly: true },
    },
    { name: "one step", size: { n_x: 4, n_a: 3, n_y: 2, m: 5, T_x: 1 } },
    { name: "one example", size: { n_x: 2, n_a: 3, n_y: 2, m: 1, T_x: 4 } },
    {
      name: "large upstream gradient",
      size: { n_x: 3, n_a: 2, n_y: 2, m: 4, T_x: 3 },
      settings: { upstream: 50 },
    },
    { name: "forty steps", size: { n_x: 3, n_a: 4, n_y: 2, m: 2, T_x: 40 } },
    { name: "two steps", size: { n_x: 5, n_a: 3, n_y: 2, m: 2, T_x: 2 } },
  ],
  draw,
  reference: rnnBackward,
  mutants,
  families,
  hints: [
    "Walk from the last step to the first. Into each state flow two gradients: one from its own step's output, one from the step after it.",
    "$da^{\\langle t\\rangle}_{\\text{total}} = da^{\\langle t\\rangle} + da_{\\text{prev}}$ of step t+1 (zero at the end); the parameters' gradients are **sums** over all steps.",
    "`for (let t = da.T_x; t >= 1; t--) { const g = cellBackward(da.at(t).add(carried), caches[t - 1]); carried = g.da_prev; dWax = dWax.add(g.dWax); … }`; da_0 is what is carried at the end.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "forty steps summed in another order differ by some 1e-14, times squares of upstream gradients of 50",
  },
  answer: {
    dx: { symbol: "dx⟨{t}⟩", rows: "input", columns: "example" },
    da_0: { symbol: "da⟨0⟩", rows: "unit", columns: "example" },
    dWax: { symbol: "dWax", rows: "unit", columns: "input" },
    dWaa: { symbol: "dWaa", rows: "unit", columns: "unit of a⟨t−1⟩" },
    dba: { symbol: "dba", rows: "unit", columns: "column" },
  },
};
