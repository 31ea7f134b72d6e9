import { gruCellForward, type GruParameters, type Mat, type Random } from "../../src/index.js";
import { drawGruParameters, nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { families, mutants } from "./mutants.js";

/** A step's arguments; where the setting `apart` is given, two examples' largest scores differ by it. */
function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const m = sizeOf(size, "m");
  for (;;) {
    const x_t = nonZero<"n_x", "m">(
      sizeOf(size, "n_x"),
      m,
      random,
      numberOf(settings, "inputs", 1),
    );
    const a_prev = nonZero<"n_a", "m">(sizeOf(size, "n_a"), m, random, 0.5);
    const parameters = drawGruParameters(size, random, settings);
    const largest = largestScores(gruCellForward(x_t, a_prev, parameters).a_next, parameters);
    const apart = Math.max(...largest) - Math.min(...largest);
    if (apart >= numberOf(settings, "apart", 0)) return [x_t, a_prev, { ...parameters }];
  }
}

/** Each example's largest score. */
function largestScores(a_next: Mat<"n_a", "m">, { Wya, by }: GruParameters): readonly number[] {
  const scores = Wya.dot(a_next).add(by);
  return Array.from({ length: scores.cols }, (_, i) => Math.max(...scores.column(i).data));
}

/** One step of the GRU: an exercise of lesson 08. */
export const exercise: ExerciseDefinition = {
  id: "gruCellForward",
  lesson: "08",
  title: "One step of the GRU",
  points: 5,
  cases: [
    { name: "ordinary sizes", size: { n_x: 3, n_a: 5, n_y: 2, m: 4 } },
    { name: "one example", size: { n_x: 4, n_a: 3, n_y: 5, m: 1 } },
    { name: "more inputs than units", size: { n_x: 7, n_a: 2, n_y: 4, m: 3 } },
    {
      name: "gates nearly open or shut",
      size: { n_x: 4, n_a: 6, n_y: 3, m: 5 },
      settings: { inputs: 20 },
    },
    {
      name: "scores of several thousand",
      size: { n_x: 2, n_a: 4, n_y: 3, m: 5 },
      settings: { scale: 5000, apart: 1000 },
    },
    { name: "inputs, units and outputs alike", size: { n_x: 4, n_a: 4, n_y: 4, m: 3 } },
    { name: "many examples", size: { n_x: 5, n_a: 4, n_y: 6, m: 17 } },
  ],
  draw,
  reference: gruCellForward,
  mutants,
  families,
  hints: [
    "Both gates read the same stack, the memory above the input. The candidate reads another one: in it the memory has been through the relevance gate.",
    "$\\Gamma_u, \\Gamma_r = \\sigma(W[c^{\\langle t-1\\rangle}; x^{\\langle t\\rangle}] + b)$, $\\tilde c = \\tanh(W_c[\\Gamma_r * c^{\\langle t-1\\rangle}; x^{\\langle t\\rangle}] + b_c)$, $c^{\\langle t\\rangle} = \\Gamma_u * \\tilde c + (1 - \\Gamma_u) * c^{\\langle t-1\\rangle}$, and $\\hat y$ is made of $c^{\\langle t\\rangle}$.",
    "A line for the stack, one for each gate with `sigmoid(…)`, one for the candidate with `tanh(…)` around a second stack, one for the blend (`gamma_u.map(…)` makes 1 − Γu), one for the prediction.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "sums of a dozen products in another order differ by some 1e-16; scores of several thousand enlarge that to 1e-12",
  },
  answer: {
    a_next: { symbol: "c⟨t⟩", rows: "unit", columns: "example" },
    yhat_t: { symbol: "ŷ⟨t⟩", rows: "output", columns: "example" },
    cache: { symbol: "cache", rows: "row", columns: "example" },
  },
};
