import { clipByValue, type Mat, type Random } from "../../src/index.js";
import { nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

/** Five gradients of several times the bound; the first entries of each are beyond it on either side. */
function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const n_x = sizeOf(size, "n_x");
  const n_a = sizeOf(size, "n_a");
  const n_y = sizeOf(size, "n_y");
  const maxValue = numberOf(settings, "maxValue");
  const scale = numberOf(settings, "scale");
  const edge = Math.max(2 * maxValue, 3 * scale);
  const gradient = (rows: number, cols: number): Mat =>
    nonZero(rows, cols, random, scale).map((value, i, j) =>
      settings["beyond"] === true && i === 0 && j < 2 ? (j === 0 ? edge : -edge) : value,
    );
  return [
    {
      dWax: gradient(n_a, n_x),
      dWaa: gradient(n_a, n_a),
      dWya: gradient(n_y, n_a),
      dba: gradient(n_a, 1),
      dby: gradient(n_y, 1),
    },
    maxValue,
  ];
}

/** Clipping by value: an exercise of lesson 06. */
export const exercise: ExerciseDefinition = {
  id: "clipByValue",
  lesson: "06",
  title: "Clipping by value",
  points: 1,
  cases: [
    {
      name: "some entries beyond the bound",
      size: { n_x: 3, n_a: 5, n_y: 4 },
      settings: { maxValue: 5, scale: 6, beyond: true },
    },
    {
      name: "all entries within the bound",
      size: { n_x: 2, n_a: 4, n_y: 3 },
      settings: { maxValue: 100, scale: 2 },
    },
    {
      name: "a bound below one",
      size: { n_x: 4, n_a: 3, n_y: 2 },
      settings: { maxValue: 0.3, scale: 1, beyond: true },
    },
    {
      name: "entries of a million",
      size: { n_x: 5, n_a: 2, n_y: 3 },
      settings: { maxValue: 10, scale: 1e6, beyond: true },
    },
    {
      name: "a bound of zero",
      size: { n_x: 2, n_a: 3, n_y: 5 },
      settings: { maxValue: 0, scale: 1, beyond: true },
    },
  ],
  draw,
  reference: clipByValue,
  mutants,
  hints: [
    "Two bounds for each entry, one on either side of zero. What is within them stays.",
    "$\\min(\\max(v, -c), c)$ for each entry v of each of the five matrices.",
    "`gradient.map((value) => …)` makes a new matrix. Write a small function for one matrix, and call it five times.",
  ],
  tolerance: { atol: 0, rtol: 0, why: "an entry is copied, or it is the bound itself" },
  answer: {
    dWax: { symbol: "dWax", rows: "unit", columns: "input" },
    dWaa: { symbol: "dWaa", rows: "unit", columns: "unit of a⟨t−1⟩" },
    dWya: { symbol: "dWya", rows: "output", columns: "unit" },
    dba: { symbol: "dba", rows: "unit", columns: "column" },
    dby: { symbol: "dby", rows: "output", columns: "column" },
  },
};
