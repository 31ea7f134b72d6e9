import { type Random, shapeOf } from "../../src/index.js";
import { numberOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { families, mutants } from "./mutants.js";

const symbols = [
  "x_t", "x", "a_t", "a", "yhat_t", "yhat", "Wax", "Waa", "Wya", "ba", "by", "Wa", "ax_t",
] as const; // prettier-ignore

/** A symbol and five sizes, all different, so that no two shapes look alike. */
function draw(_size: Size, random: Random, settings: Settings): readonly Argument[] {
  const [n_x, n_a, n_y, m, T_x] = random.shuffle([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  return [
    symbols[numberOf(settings, "symbol")]!,
    { n_x: n_x!, n_a: n_a!, n_y: n_y!, m: m!, T_x: T_x! },
  ];
}

/** A drill on shapes: an exercise of lesson 01. */
export const exercise: ExerciseDefinition = {
  id: "shapeOf",
  lesson: "01",
  title: "Shapes by heart",
  points: 2,
  cases: symbols.map((symbol, index) => ({
    name: symbol,
    size: {},
    settings: { symbol: index },
  })),
  draw,
  reference: shapeOf,
  mutants,
  families,
  hints: [
    "Rows say what comes out, columns what goes in; of data, columns are examples.",
    "W with the index pair ya makes an output (n_y) of a state (n_a): (n_y, n_a). A whole sequence has a third number, T_x.",
    "A record from name to shape: `const shapes = { x_t: [n_x, m], Wax: [n_a, n_x], … }; return shapes[name];`",
  ],
  tolerance: { atol: 0, rtol: 0, why: "sizes are whole numbers" },
  answer: { "": { symbol: "shape", rows: "place", columns: "column" } },
};
