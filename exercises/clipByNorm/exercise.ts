import { clipByNorm, type Mat, type Random } from "../../src/index.js";
import { nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

/** Five gradients; `broken` is put into the first entry of one of them. */
function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const n_x = sizeOf(size, "n_x");
  const n_a = sizeOf(size, "n_a");
  const n_y = sizeOf(size, "n_y");
  const scale = numberOf(settings, "scale");
  const gradient = (rows: number, cols: number): Mat =>
    nonZero(rows, cols, random).map((value) => value * scale);
  const dWya = gradient(n_y, n_a);
  const { broken } = settings;
  return [
    {
      dWax: gradient(n_a, n_x),
      dWaa: gradient(n_a, n_a),
      dWya:
        typeof broken === "number"
          ? dWya.map((value, i, j) => (i + j === 0 ? broken : value))
          : dWya,
      dba: gradient(n_a, 1),
      dby: gradient(n_y, 1),
    },
    numberOf(settings, "maxNorm"),
  ];
}

/** Clipping by norm: an exercise of lesson 07. */
export const exercise: ExerciseDefinition = {
  id: "clipByNorm",
  lesson: "07",
  title: "Clipping by norm",
  points: 3,
  cases: [
    {
      name: "longer than the bound",
      size: { n_x: 3, n_a: 5, n_y: 4 },
      settings: { maxNorm: 5, scale: 6 },
    },
    {
      name: "shorter than the bound",
      size: { n_x: 2, n_a: 4, n_y: 3 },
      settings: { maxNorm: 1000, scale: 2 },
    },
    {
      name: "each matrix short, all together long",
      size: { n_x: 4, n_a: 3, n_y: 5 },
      settings: { maxNorm: 6, scale: 1.5 },
    },
    {
      name: "a bound below one",
      size: { n_x: 4, n_a: 3, n_y: 2 },
      settings: { maxNorm: 0.2, scale: 1 },
    },
    {
      name: "entries of a million",
      size: { n_x: 5, n_a: 2, n_y: 3 },
      settings: { maxNorm: 10, scale: 1e6 },
    },
    {
      name: "all gradients zero",
      size: { n_x: 2, n_a: 3, n_y: 5 },
      settings: { maxNorm: 1, scale: 0 },
    },
    {
      name: "an entry that is NaN",
      size: { n_x: 3, n_a: 2, n_y: 4 },
      settings: { maxNorm: 1, scale: 1, broken: NaN },
    },
    {
      name: "an entry that is infinite",
      size: { n_x: 2, n_a: 4, n_y: 3 },
      settings: { maxNorm: 1, scale: 1, broken: Infinity },
    },
  ],
  draw,
  reference: clipByNorm,
  mutants,
  hints: [
    "One norm of all five together, one factor for all five. When is the factor 1?",
    "$\\lVert g\\rVert^2$ is the sum of the squares of every entry of every matrix; the factor is $c/\\lVert g\\rVert$ only if $\\lVert g\\rVert > c$.",
    "A loop over the five matrices adds the squares; `Number.isFinite` sees NaN and infinity in the sum; then `.times(factor)` for each.",
  ],
  tolerance: {
    atol: 1e-12,
    rtol: 1e-11,
    why: "fifty squares summed in another order differ by some 1e-15 of their sum",
  },
  answer: {
    gradients: { symbol: "gradients", rows: "row", columns: "column" },
    norm: { symbol: "norm", rows: "row", columns: "column" },
  },
};
