import { manyToManySynced, type Random } from "../../src/index.js";
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
  const mask =
    settings["full"] === true
      ? drawMask(T, m, random).map((mask_t) => mask_t.map(() => 1))
      : drawMask(T, m, random);
  return [x, a_0, parameters, standIn("waveCell"), mask];
}

/** An output at every step, with padding: an exercise of lesson 05. */
export const exercise: ExerciseDefinition = {
  id: "manyToManySynced",
  lesson: "05",
  title: "Many to many, in step",
  points: 4,
  cases: [
    {
      name: "equal lengths",
      size: { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 5 },
      settings: { full: true },
    },
    { name: "different lengths", size: { n_x: 2, n_a: 4, n_y: 3, m: 5, T_x: 6 } },
    { name: "one step", size: { n_x: 4, n_a: 2, n_y: 3, m: 3, T_x: 1 } },
    { name: "one example", size: { n_x: 3, n_a: 2, n_y: 4, m: 1, T_x: 4 } },
    { name: "forty steps", size: { n_x: 3, n_a: 4, n_y: 2, m: 4, T_x: 40 } },
  ],
  draw,
  reference: manyToManySynced,
  mutants,
  families,
  hints: [
    "As rnnForward, but an example that has ended must stand still: no new state, no prediction.",
    "$a^{\\langle t\\rangle} = \\text{mask}\\cdot a_{\\text{next}} + (1 - \\text{mask})\\cdot a^{\\langle t-1\\rangle}$ and $\\hat y^{\\langle t\\rangle} = \\text{mask}\\cdot\\hat y_{\\text{cell}}$.",
    "Inside the loop: `const mask_t = mask.at(t); const a_t = step.a_next.times(mask_t).add(a_prev.times(mask_t.map((v) => 1 - v)));` a (1, m) row multiplies every row.",
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
  ignore: ["caches"],
};
