import { oneToMany, type Random } from "../../src/index.js";
import { drawParameters, nonZero, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random): readonly Argument[] {
  const m = sizeOf(size, "m");
  const n_x = sizeOf(size, "n_x");
  const x_1 = nonZero(n_x, m, random);
  const a_0 = nonZero(sizeOf(size, "n_a"), m, random, 0.5);
  const parameters = drawParameters({ ...size, n_y: n_x }, random);
  return [x_1, a_0, { ...parameters }, sizeOf(size, "T_y"), standIn("waveCell")];
}

/** One input, many outputs: an exercise of lesson 05. */
export const exercise: ExerciseDefinition = {
  id: "oneToMany",
  lesson: "05",
  title: "One to many",
  points: 3,
  cases: [
    { name: "ordinary sizes", size: { n_x: 3, n_a: 5, m: 4, T_y: 6 } },
    { name: "one step", size: { n_x: 4, n_a: 2, m: 3, T_y: 1 } },
    { name: "two steps", size: { n_x: 2, n_a: 3, m: 5, T_y: 2 } },
    { name: "one example", size: { n_x: 5, n_a: 4, m: 1, T_y: 5 } },
    { name: "forty steps", size: { n_x: 3, n_a: 4, m: 2, T_y: 40 } },
  ],
  draw,
  reference: oneToMany,
  mutants,
  families,
  hints: [
    "There is only one input. What does the cell read at the second step?",
    "$x^{\\langle 1\\rangle}$ is given; $x^{\\langle t+1\\rangle} = \\hat y^{\\langle t\\rangle}$.",
    "As in rnnForward, with one more variable: `let x_t: Mat = x_1; for (let t = 1; t <= T_y; t++) { const step = cell(x_t, a_prev, parameters); …; x_t = …; a_prev = …; }`",
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
