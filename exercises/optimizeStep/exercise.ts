import { optimizeStep, type Random } from "../../src/index.js";
import { drawParameters, numberOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  return [
    { ...drawParameters(size, random, { scale: numberOf(settings, "scale", 2) }) },
    standIn("waveLoss"),
    numberOf(settings, "learningRate"),
    numberOf(settings, "maxValue"),
  ];
}

/** One step of training: an exercise of lesson 06. */
export const exercise: ExerciseDefinition = {
  id: "optimizeStep",
  lesson: "06",
  title: "One step of training",
  points: 3,
  cases: [
    {
      name: "some gradients are clipped",
      size: { n_x: 3, n_a: 5, n_y: 4 },
      settings: { learningRate: 0.1, maxValue: 3 },
    },
    {
      name: "no gradient is clipped",
      size: { n_x: 2, n_a: 4, n_y: 3 },
      settings: { learningRate: 0.05, maxValue: 100 },
    },
    {
      name: "nearly all gradients are clipped",
      size: { n_x: 4, n_a: 3, n_y: 2 },
      settings: { learningRate: 0.5, maxValue: 0.2 },
    },
    {
      name: "one unit",
      size: { n_x: 3, n_a: 1, n_y: 2 },
      settings: { learningRate: 0.2, maxValue: 2 },
    },
    {
      name: "a learning rate of zero",
      size: { n_x: 5, n_a: 2, n_y: 3 },
      settings: { learningRate: 0, maxValue: 3 },
    },
    {
      name: "a learning rate above one",
      size: { n_x: 2, n_a: 3, n_y: 5 },
      settings: { learningRate: 1.5, maxValue: 4 },
    },
  ],
  draw,
  reference: optimizeStep,
  mutants,
  hints: [
    "Call `lossAndGradients` once, with the parameters that came in. Which of its gradients moves the parameters: as it came, or clipped?",
    "$W := W - \\alpha\\, dW$ with the clipped dW, for all five. The loss is the one that you were given before the step.",
    "`const gradients = clipByValue(…)`; then an object with `Wax: Wax.sub(…)` and its four brothers; `.times(learningRate)` scales a matrix.",
  ],
  tolerance: {
    atol: 1e-12,
    rtol: 1e-12,
    why: "one product and one difference per parameter, in float64",
  },
  answer: {
    loss: { symbol: "loss", rows: "row", columns: "column" },
    gradients: { symbol: "gradients", rows: "row", columns: "column" },
    parameters: { symbol: "parameters", rows: "row", columns: "column" },
  },
};
