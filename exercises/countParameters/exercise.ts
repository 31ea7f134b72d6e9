import { countParameters, Mat, type Random } from "../../src/index.js";
import { drawLayer, nonZero, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const n_x = size["n_x"] ?? 1;
  const [n_a, n_y] = [sizeOf(size, "n_a"), size["n_y"] ?? 1];
  const layers = Array.from({ length: size["L"] ?? 1 }, (_, l) =>
    drawLayer({ n_x: l === 0 ? n_x : n_a, n_a }, random),
  );
  const output = (states: number): { readonly [name: string]: Argument } => ({
    Wya: nonZero(n_y, states, random),
    by: nonZero(n_y, 1, random),
  });
  if (settings["matrix"] === true) return [{ W: nonZero(n_a, n_x, random) }];
  if (settings["zeros"] === true)
    return [{ Waa: nonZero(n_a, n_a, random), ba: Mat.zeros(n_a, 1) }];
  if (settings["layer"] === true) return [layers[0]!];
  if (settings["flat"] === true) return [{ ...layers[0]!, ...output(n_a) }];
  if (settings["both"] === true) {
    const [forward, backward] = [drawLayer(size, random), drawLayer(size, random)];
    return [{ forward, backward, ...output(2 * n_a) }];
  }
  const deep = { layers, ...output(n_a) };
  if (settings["pair"] === true) return [{ encoder: { layers }, decoder: deep }];
  return [deep];
}

/** Parameters counted: an exercise of lesson 11. */
export const exercise: ExerciseDefinition = {
  id: "countParameters",
  lesson: "11",
  title: "Parameters counted",
  points: 2,
  cases: [
    { name: "one matrix", size: { n_x: 3, n_a: 5 }, settings: { matrix: true } },
    { name: "a layer", size: { n_x: 4, n_a: 3 }, settings: { layer: true } },
    { name: "a network", size: { n_x: 5, n_a: 4, n_y: 3 }, settings: { flat: true } },
    { name: "biases before training", size: { n_x: 4, n_a: 6 }, settings: { zeros: true } },
    { name: "three layers", size: { n_x: 6, n_a: 5, n_y: 2, L: 3 } },
    { name: "both directions", size: { n_x: 7, n_a: 3, n_y: 4 }, settings: { both: true } },
    {
      name: "encoder and decoder",
      size: { n_x: 2, n_a: 7, n_y: 3, L: 2 },
      settings: { pair: true },
    },
  ],
  draw,
  reference: countParameters,
  mutants,
  hints: [
    "What you are given is either a matrix, or something that holds others like it.",
    "$\\text{count}(W) = \\text{rows} \\cdot \\text{columns}$; $\\text{count}(\\text{set}) = \\sum \\text{count}(\\text{part})$.",
    "`if (isMat(parameters)) return …;` and otherwise a loop `for (const part of Object.values(parameters))` that calls `countParameters(part)`.",
  ],
  tolerance: { atol: 0, rtol: 0, why: "a count is a whole number" },
  answer: { "": { symbol: "the count", rows: "row", columns: "column" } },
};
