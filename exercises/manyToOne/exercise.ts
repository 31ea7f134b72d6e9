import { manyToOne, type Random } from "../../src/index.js";
import { drawMask, drawParameters, drawSequence, nonZero, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const m = sizeOf(size, "m");
  const T = sizeOf(size, "T_x");
  const x = drawSequence(T, sizeOf(size, "n_x"), m, random);
  const a_0 = nonZero(sizeOf(size, "n_a"), m, random, 0.5);
  const parameters = { ...drawParameters(size, random) };
  const cell = standIn("waveCell");
  return settings["masked"] === true
    ? [x, a_0, parameters, cell, drawMask(T, m, random)]
    : [x, a_0, parameters, cell];
}

/** Many inputs, one output: an exercise of lesson 05. */
export const exercise: ExerciseDefinition = {
  id: "manyToOne",
  lesson: "05",
  title: "Many to one",
  points: 4,
  cases: [
    { name: "equal lengths", size: { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 6 } },
    {
      name: "different lengths",
      size: { n_x: 2, n_a: 3, n_y: 4, m: 5, T_x: 7 },
      settings: { masked: true },
    },
    { name: "one step", size: { n_x: 4, n_a: 2, n_y: 3, m: 3, T_x: 1 } },
    { name: "one example", size: { n_x: 3, n_a: 4, n_y: 2, m: 1, T_x: 5 } },
    {
      name: "forty steps of different lengths",
      size: { n_x: 3, n_a: 4, n_y: 2, m: 6, T_x: 40 },
      settings: { masked: true },
    },
  ],
  draw,
  reference: manyToOne,
  mutants,
  families,
  hints: [
    "Read the whole sequence, then answer once. When has an example been read to its end?",
    "Example i's answer is $\\hat y^{(i)\\langle T_x^{(i)}\\rangle}$: the prediction at its own last step, where its mask is 1 for the last time.",
    "Run the cell over all steps and keep every ŷ⟨t⟩; for each column i find the largest t with `mask.at(t).get(0, i) === 1`; `Mat.build(n_y, m, (k, i) => …)` puts the answer together.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "the same cell gives the same numbers; rounding in another order stays below 1e-13 over forty steps",
  },
  answer: {
    yhat: { symbol: "ŷ", rows: "output", columns: "example" },
    a: { symbol: "a⟨{t}⟩", rows: "unit", columns: "example" },
    caches: { symbol: "caches", rows: "row", columns: "example" },
  },
  ignore: ["a", "caches"],
};
