import { type Random, stackWeights } from "../../src/index.js";
import { nonZero, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

function draw(size: Size, random: Random): readonly Argument[] {
  const n_a = sizeOf(size, "n_a");
  return [nonZero(n_a, n_a, random), nonZero(n_a, sizeOf(size, "n_x"), random)];
}

/** W_a = [W_aa | W_ax]: an exercise of lesson 02. */
export const exercise: ExerciseDefinition = {
  id: "stackWeights",
  lesson: "02",
  title: "Two matrices in one",
  points: 1,
  cases: [
    { name: "more units than inputs", size: { n_a: 5, n_x: 3 } },
    { name: "as many units as inputs", size: { n_a: 4, n_x: 4 } },
    { name: "one input", size: { n_a: 3, n_x: 1 } },
    { name: "more inputs than units", size: { n_a: 2, n_x: 6 } },
  ],
  draw,
  reference: stackWeights,
  mutants,
  hints: [
    "Both matrices make something of n_a rows: rows stay rows. What grows is the number of columns.",
    "$W_a = [\\,W_{aa} \\mid W_{ax}\\,]$ is $(n_a,\\ n_a + n_x)$; it will multiply $[a^{\\langle t-1\\rangle}; x^{\\langle t\\rangle}]$, the state on top.",
    "`Mat.build(rows, columns, (i, j) => …)`: for j below n_a take `Waa.get(i, j)`, beyond it `Wax.get(i, j − n_a)`. Or find the function that puts matrices side by side.",
  ],
  tolerance: { atol: 0, rtol: 0, why: "nothing is computed: entries are only put in their places" },
  answer: { "": { symbol: "W_a", rows: "row", columns: "column" } },
};
