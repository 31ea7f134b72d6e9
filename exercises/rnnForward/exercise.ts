import { type Random, rnnForward } from "../../src/index.js";
import { drawParameters, drawSequence, nonZero, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random): readonly Argument[] {
  const m = sizeOf(size, "m");
  const x = drawSequence(sizeOf(size, "T_x"), sizeOf(size, "n_x"), m, random);
  const a_0 = nonZero(sizeOf(size, "n_a"), m, random, 0.5);
  return [x, a_0, { ...drawParameters(size, random) }, standIn("waveCell")];
}

/** The cell used T_x times: an exercise of lesson 02. */
export const exercise: ExerciseDefinition = {
  id: "rnnForward",
  lesson: "02",
  title: "The same cell, T_x times",
  points: 4,
  cases: [
    { name: "ordinary sizes", size: { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 6 } },
    { name: "one step", size: { n_x: 2, n_a: 4, n_y: 3, m: 5, T_x: 1 } },
    { name: "one example", size: { n_x: 4, n_a: 3, n_y: 5, m: 1, T_x: 7 } },
    {
      name: "as many units as inputs",
      size: { n_x: 4, n_a: 4, n_y: 4, m: 2, T_x: 3 },
    },
    { name: "forty steps", size: { n_x: 3, n_a: 4, n_y: 2, m: 2, T_x: 40 } },
    { name: "two steps", size: { n_x: 5, n_a: 2, n_y: 4, m: 3, T_x: 2 } },
  ],
  draw,
  reference: rnnForward,
  mutants,
  families,
  hints: [
    "A loop over t, and one variable that carries the state from each step to the next.",
    "$a^{\\langle t\\rangle}, \\hat y^{\\langle t\\rangle} = \\mathrm{cell}(x^{\\langle t\\rangle}, a^{\\langle t-1\\rangle}, \\text{parameters})$ for t = 1, …, T_x, starting from the given $a^{\\langle 0\\rangle}$.",
    "`let a_prev = a_0; for (let t = 1; t <= x.T_x; t++) { const step = cell(…); …push…; a_prev = …; }`, then `Sequence.of(…)` of each list.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "the same cell gives the same numbers; rounding in another order stays below 1e-13 over forty steps",
  },
  answer: {
    a: { symbol: "a⟨{t}⟩", rows: "unit", columns: "example" },
    yhat: { symbol: "ŷ⟨{t}⟩", rows: "output", columns: "example" },
    caches: { symbol: "caches", rows: "row", columns: "example" },
  },
};
