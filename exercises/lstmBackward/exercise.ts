import { lstmBackward, type Random, Sequence } from "../../src/index.js";
import { drawLstmCaches, drawSequence, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const caches = drawLstmCaches(size, random);
  const upstream = numberOf(settings, "upstream", 1);
  const T = sizeOf(size, "T_x");
  const everywhere = drawSequence(T, sizeOf(size, "n_a"), sizeOf(size, "m"), random, upstream);
  const da =
    settings["lastOnly"] === true
      ? Sequence.build(T, (t) => (t === T ? everywhere.at(t) : everywhere.at(t).times(0)))
      : everywhere;
  const plain = caches.map((cache) => ({ ...cache, parameters: { ...cache.parameters } }));
  return [da, plain, standIn("waveMemoryCellBackward")];
}

/** Backpropagation through time with a memory: an exercise of lesson 09. */
export const exercise: ExerciseDefinition = {
  id: "lstmBackward",
  lesson: "09",
  title: "Two gradients through time",
  points: 4,
  cases: [
    { name: "a gradient into every step", size: { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 6 } },
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
  reference: lstmBackward,
  mutants,
  families,
  hints: [
    "As rnnBackward, from the last step to the first, but two gradients are carried: one into the state, one into the memory.",
    "$da^{\\langle t\\rangle}_{\\text{total}} = da^{\\langle t\\rangle} + da_{\\text{prev}}$ of step t+1; $dc_{\\text{next}} = dc_{\\text{prev}}$ of step t+1 and nothing else; both are zero behind the last step. The parameters' gradients are **sums** over the steps.",
    "`for (let t = da.T_x; t >= 1; t--) { const step = cellBackward(…, …, caches[t - 1]); … }` with two variables that are replaced in each round. What they hold at the end are da_0 and dc_0.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "forty steps summed in another order differ by some 1e-14, times squares of upstream gradients of 50",
  },
  answer: {
    dx: { symbol: "dx⟨{t}⟩", rows: "input", columns: "example" },
    da_0: { symbol: "da⟨0⟩", rows: "unit", columns: "example" },
    dc_0: { symbol: "dc⟨0⟩", rows: "unit", columns: "example" },
    dWf: { symbol: "dWf", rows: "unit", columns: "entry of [a; x]" },
    dWu: { symbol: "dWu", rows: "unit", columns: "entry of [a; x]" },
    dWc: { symbol: "dWc", rows: "unit", columns: "entry of [a; x]" },
    dWo: { symbol: "dWo", rows: "unit", columns: "entry of [a; x]" },
    dbf: { symbol: "dbf", rows: "unit", columns: "column" },
    dbu: { symbol: "dbu", rows: "unit", columns: "column" },
    dbc: { symbol: "dbc", rows: "unit", columns: "column" },
    dbo: { symbol: "dbo", rows: "unit", columns: "column" },
  },
};
