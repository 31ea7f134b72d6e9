import { lstmForward, type Random } from "../../src/index.js";
import { drawLstmParameters, drawSequence, nonZero, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random): readonly Argument[] {
  const [n_a, m] = [sizeOf(size, "n_a"), sizeOf(size, "m")];
  const x = drawSequence(sizeOf(size, "T_x"), sizeOf(size, "n_x"), m, random);
  const a_0 = nonZero(n_a, m, random, 0.5);
  const c_0 = nonZero(n_a, m, random);
  return [
    x,
    a_0,
    { ...drawLstmParameters(size, random) },
    { c_0, cell: standIn("waveMemoryCell") },
  ];
}

/** State and memory through time: an exercise of lesson 09. */
export const exercise: ExerciseDefinition = {
  id: "lstmForward",
  lesson: "09",
  title: "State and memory through time",
  points: 3,
  cases: [
    { name: "ordinary sizes", size: { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 6 } },
    { name: "one step", size: { n_x: 2, n_a: 4, n_y: 3, m: 5, T_x: 1 } },
    { name: "one example", size: { n_x: 4, n_a: 3, n_y: 5, m: 1, T_x: 7 } },
    { name: "as many units as inputs", size: { n_x: 4, n_a: 4, n_y: 4, m: 2, T_x: 3 } },
    { name: "forty steps", size: { n_x: 3, n_a: 4, n_y: 2, m: 2, T_x: 40 } },
    { name: "two steps", size: { n_x: 5, n_a: 2, n_y: 4, m: 3, T_x: 2 } },
  ],
  draw,
  reference: lstmForward,
  mutants,
  families,
  hints: [
    "As in rnnForward, a loop over t; but now two variables are carried from each step to the next.",
    "$a^{\\langle t\\rangle}, c^{\\langle t\\rangle}, \\hat y^{\\langle t\\rangle} = \\mathrm{cell}(x^{\\langle t\\rangle}, a^{\\langle t-1\\rangle}, c^{\\langle t-1\\rangle}, \\text{parameters})$, starting from the given $a^{\\langle 0\\rangle}$ and $c^{\\langle 0\\rangle}$.",
    "Keep each step in a list: `const step = cell(…); steps.push(step); a_prev = …; c_prev = …;`. Afterwards four lines, `Sequence.of(…)` of what each step has under a name.",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "the same cell gives the same numbers; rounding in another order stays below 1e-13 over forty steps",
  },
  answer: {
    a: { symbol: "a⟨{t}⟩", rows: "unit", columns: "example" },
    c: { symbol: "c⟨{t}⟩", rows: "unit", columns: "example" },
    yhat: { symbol: "ŷ⟨{t}⟩", rows: "output", columns: "example" },
    caches: { symbol: "caches", rows: "row", columns: "example" },
  },
};
