import { lstmCellForward, type Random } from "../../src/index.js";
import { drawLstmParameters, nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const m = sizeOf(size, "m");
  const n_a = sizeOf(size, "n_a");
  return [
    nonZero(sizeOf(size, "n_x"), m, random, numberOf(settings, "inputs", 1)),
    nonZero(n_a, m, random, 0.5),
    nonZero(n_a, m, random, numberOf(settings, "memory", 1)),
    { ...drawLstmParameters(size, random, settings) },
  ];
}

/** One step of the LSTM: an exercise of lesson 09. */
export const exercise: ExerciseDefinition = {
  id: "lstmCellForward",
  lesson: "09",
  title: "One step of the LSTM",
  points: 5,
  cases: [
    { name: "ordinary sizes", size: { n_x: 3, n_a: 5, n_y: 2, m: 4 } },
    { name: "one example", size: { n_x: 4, n_a: 3, n_y: 5, m: 1 } },
    { name: "more inputs than units", size: { n_x: 7, n_a: 2, n_y: 4, m: 3 } },
    {
      name: "saturated gates",
      size: { n_x: 4, n_a: 6, n_y: 3, m: 5 },
      settings: { inputs: 20 },
    },
    {
      name: "a memory far from zero",
      size: { n_x: 2, n_a: 4, n_y: 3, m: 6 },
      settings: { memory: 4 },
    },
    {
      name: "scores of many thousand",
      size: { n_x: 2, n_a: 5, n_y: 4, m: 3 },
      settings: { outputs: 50000 },
    },
    { name: "inputs, units and outputs alike", size: { n_x: 4, n_a: 4, n_y: 4, m: 3 } },
    { name: "many examples", size: { n_x: 5, n_a: 4, n_y: 6, m: 17 } },
  ],
  draw,
  reference: lstmCellForward,
  mutants,
  families,
  hints: [
    "Four products with the same stacked input; three go through the sigmoid, the candidate through tanh. Then the memory, then what shows of it.",
    "$c^{\\langle t\\rangle} = \\Gamma_u * \\tilde c^{\\langle t\\rangle} + \\Gamma_f * c^{\\langle t-1\\rangle}$, then $a^{\\langle t\\rangle} = \\Gamma_o * \\tanh c^{\\langle t\\rangle}$, then $\\hat y^{\\langle t\\rangle}$ of the new state.",
    "`const ax_t = stackRows(…, …);` four lines `sigmoid(….dot(ax_t).add(…))` or `tanh(…)`, two lines with `.times(…)`, one with `softmax(…)`, and an object with the cache in it.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "sums of a dozen products in another order differ by some 1e-16; scores of many thousand enlarge that to 1e-11",
  },
  answer: {
    a_next: { symbol: "a⟨t⟩", rows: "unit", columns: "example" },
    c_next: { symbol: "c⟨t⟩", rows: "unit", columns: "example" },
    yhat_t: { symbol: "ŷ⟨t⟩", rows: "output", columns: "example" },
    cache: { symbol: "cache", rows: "row", columns: "example" },
  },
};
