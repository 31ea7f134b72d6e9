import { gradientCheck, numericalGradient, type Random } from "../../src/index.js";
import { nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { constant, cubicWave, logSumExp, standIn } from "../standIns.js";
import { families, mutants } from "./mutants.js";

const functions = [cubicWave, logSumExp, constant];

/** A function, a place, and a gradient that is right, or wrong in one entry, or wrong everywhere. */
function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const f = functions[numberOf(settings, "f")]!;
  const theta = nonZero(sizeOf(size, "rows"), sizeOf(size, "columns"), random);
  const right = numericalGradient(f, theta);
  const wrongRow = random.integer(theta.rows);
  const wrongColumn =
    settings["notFirst"] === true ? 1 + random.integer(theta.cols - 1) : random.integer(theta.cols);
  const smallest = Math.min(...right.data.map(Math.abs));
  const largest = Math.max(...right.data.map(Math.abs));
  const claimed = right.map((value, i, j) => {
    if (settings["wrong"] === 1) return i === wrongRow && j === wrongColumn ? value + 0.5 : value;
    if (settings["wrong"] === 2) return value * 1.5 + 0.01 * (i + j);
    if (settings["wrong"] === 3) return Math.abs(value) === smallest ? value + 1e-5 : value;
    if (settings["wrong"] === 4) return Math.abs(value) === largest ? 0 : value;
    if (settings["wrong"] === -1) return -value;
    return value;
  });
  return [standIn(f.name), theta, claimed, settings["bigStep"] === true ? 0.1 : 1e-4];
}

/** Is a gradient right? An exercise of lesson 04. */
export const exercise: ExerciseDefinition = {
  id: "gradientCheck",
  lesson: "04",
  title: "Is the gradient right?",
  points: 3,
  cases: [
    {
      name: "one wrong entry",
      size: { rows: 3, columns: 4 },
      settings: { f: 0, wrong: 1 },
    },
    {
      name: "a factor too large",
      size: { rows: 4, columns: 2 },
      settings: { f: 1, wrong: 2 },
    },
    {
      name: "the sign is wrong",
      size: { rows: 2, columns: 3 },
      settings: { f: 0, wrong: -1 },
    },
    {
      name: "both gradients are zero",
      size: { rows: 1, columns: 1 },
      settings: { f: 2 },
    },
    {
      name: "one wrong entry of a column",
      size: { rows: 7, columns: 1 },
      settings: { f: 1, wrong: 1 },
    },
    {
      name: "one wrong entry of a row",
      size: { rows: 1, columns: 5 },
      settings: { f: 0, wrong: 1, notFirst: true },
    },
    {
      name: "almost right",
      size: { rows: 3, columns: 2 },
      settings: { f: 1, wrong: 3 },
    },
    {
      name: "the largest entry is missing",
      size: { rows: 3, columns: 3 },
      settings: { f: 0, wrong: 4 },
    },
    {
      name: "a large step h",
      size: { rows: 2, columns: 4 },
      settings: { f: 0, wrong: 1, bigStep: true },
    },
  ],
  draw,
  reference: gradientCheck,
  mutants,
  families,
  hints: [
    "Measure the numerical gradient, then compare two matrices with one number that does not depend on their scale.",
    "$\\frac{\\lVert n - g\\rVert}{\\lVert n\\rVert + \\lVert g\\rVert}$ with the Euclidean norm over all entries, and 0 when both are 0; the place is where $|n - g|$ is largest, counted from 1.",
    "`const n = …central differences…; const difference = n.sub(gradient);` then `difference.norm() / (n.norm() + gradient.norm())`, and a double loop that keeps the largest `Math.abs(difference.get(i, j))`.",
  ],
  tolerance: {
    atol: 1e-8,
    rtol: 1e-7,
    why: "numerical gradients in another order of operations differ by 1e-11",
  },
  answer: {
    relativeError: { symbol: "relative error", rows: "row", columns: "column" },
    row: { symbol: "row", rows: "row", columns: "column" },
    column: { symbol: "column", rows: "row", columns: "column" },
  },
};
