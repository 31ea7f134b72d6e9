import { numericalGradient, type Random } from "../../src/index.js";
import { nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { families, mutants } from "./mutants.js";

const functions = ["cubicWave", "logSumExp", "constant"];

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const name = functions[numberOf(settings, "f")]!;
  // cubicWave falls with its second entry once that is far from 0: a slope below 0 is there in every draw.
  const theta = nonZero(sizeOf(size, "rows"), sizeOf(size, "columns"), random).map((value, i, j) =>
    name === "cubicWave" && i === 0 && j === 1 ? value + Math.sign(value) : value,
  );
  const f = standIn(name);
  return settings["bigStep"] === true ? [f, theta, 0.1] : [f, theta, 1e-4];
}

/** Central differences: an exercise of lesson 04. */
export const exercise: ExerciseDefinition = {
  id: "numericalGradient",
  lesson: "04",
  title: "The gradient by central differences",
  points: 3,
  cases: [
    { name: "a cubic", size: { rows: 3, columns: 2 }, settings: { f: 0 } },
    {
      name: "every entry depends on all",
      size: { rows: 2, columns: 4 },
      settings: { f: 1 },
    },
    {
      name: "a large step h",
      size: { rows: 2, columns: 3 },
      settings: { f: 0, bigStep: true },
    },
    { name: "one number", size: { rows: 1, columns: 1 }, settings: { f: 0 } },
    { name: "a constant", size: { rows: 3, columns: 3 }, settings: { f: 2 } },
    { name: "many entries", size: { rows: 6, columns: 7 }, settings: { f: 1 } },
    { name: "a column", size: { rows: 9, columns: 1 }, settings: { f: 1 } },
    {
      name: "a large step, all entries",
      size: { rows: 3, columns: 2 },
      settings: { f: 1, bigStep: true },
    },
  ],
  draw,
  reference: numericalGradient,
  mutants,
  families,
  hints: [
    "Move one entry of θ a little up, then a little down, and leave all others where they are.",
    "$\\frac{\\partial f}{\\partial\\theta_{ij}} \\approx \\frac{f(\\theta + h\\,e_{ij}) - f(\\theta - h\\,e_{ij})}{2h}$",
    "`theta.map((value, i, j) => …)`, and inside it two copies: `theta.map((other, k, l) => (k === i && l === j ? value + h : other))`.",
  ],
  tolerance: {
    atol: 1e-8,
    rtol: 1e-8,
    why: "a difference of values near 10 keeps 1e-15, divided by 2h = 2e-4: 1e-11, times a hundred and more",
  },
  answer: { "": { symbol: "∂f/∂θ", rows: "row", columns: "column" } },
};
