import { binaryCrossEntropy, Mat, type Random } from "../../src/index.js";
import { numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { families, mutants } from "./mutants.js";

/** Probabilities away from 0 and 1 and 0/1 labels of both kinds, or sure predictions. */
function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const n_y = sizeOf(size, "n_y");
  const m = sizeOf(size, "m");
  const yhat_t = Mat.build(n_y, m, () => 0.05 + 0.9 * random.uniform());
  const y_t = Mat.build(n_y, m, (k, i) =>
    numberOf(settings, "label", (k + i + random.integer(2)) % 2),
  );
  if (settings["sure"] === 1) return [y_t, y_t];
  if (settings["sure"] === -1) return [y_t.map((y) => 1 - y), y_t];
  return [yhat_t, y_t];
}

/** The loss of yes-or-no outputs: an exercise of lesson 03. */
export const exercise: ExerciseDefinition = {
  id: "binaryCrossEntropy",
  lesson: "03",
  title: "The loss of yes or no",
  points: 2,
  cases: [
    { name: "one output", size: { n_y: 1, m: 6 } },
    { name: "several outputs", size: { n_y: 4, m: 3 } },
    { name: "one example", size: { n_y: 5, m: 1 } },
    { name: "sure and right", size: { n_y: 2, m: 5 }, settings: { sure: 1 } },
    { name: "sure and wrong", size: { n_y: 3, m: 4 }, settings: { sure: -1 } },
    {
      name: "sure of 0 where it is 1",
      size: { n_y: 2, m: 3 },
      settings: { sure: -1, label: 1 },
    },
    { name: "many examples", size: { n_y: 3, m: 25 } },
  ],
  draw,
  reference: binaryCrossEntropy,
  mutants,
  families,
  hints: [
    "Two terms: one counts where the label is 1, the other where it is 0. Then one number per example is left.",
    "$\\mathcal L^{(i)} = \\sum_k -y_k \\log \\hat y_k - (1 - y_k)\\log(1 - \\hat y_k)$, with each logarithm bounded below by −100.",
    "`const boundedLog = (p: number) => Math.max(Math.log(p), -100)`; then `Mat.build(1, m, (_, i) => …)` with a loop over the outputs k.",
  ],
  tolerance: {
    atol: 1e-11,
    rtol: 1e-11,
    why: "a few logarithms summed in another order differ by 1e-15",
  },
  answer: { "": { symbol: "L⟨t⟩", rows: "row", columns: "example" } },
};
