import { padBatch, type Random } from "../../src/index.js";
import { sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const n_x = sizeOf(size, "n_x");
  const m = sizeOf(size, "m");
  const longest = sizeOf(size, "T_x");
  const batch = Array.from({ length: m }, (_, i) => {
    const length =
      i === (m > 1 ? 1 : 0) || settings["equal"] === true
        ? longest
        : 1 + random.integer(longest - 1);
    return Array.from({ length }, () => random.integer(n_x));
  });
  if (settings["padWord"] === true) for (const indices of batch) indices[0] = 0;
  return [batch, n_x];
}

/** Examples of different lengths in one batch: an exercise of lesson 01. */
export const exercise: ExerciseDefinition = {
  id: "padBatch",
  lesson: "01",
  title: "A batch of different lengths",
  points: 3,
  cases: [
    { name: "different lengths", size: { n_x: 5, m: 4, T_x: 6 } },
    { name: "one example", size: { n_x: 4, m: 1, T_x: 3 } },
    {
      name: "equal lengths",
      size: { n_x: 3, m: 4, T_x: 5 },
      settings: { equal: true },
    },
    {
      name: "the word with index 0",
      size: { n_x: 4, m: 3, T_x: 5 },
      settings: { padWord: true },
    },
    { name: "forty steps", size: { n_x: 6, m: 5, T_x: 40 } },
    { name: "many examples", size: { n_x: 3, m: 13, T_x: 4 } },
  ],
  draw,
  reference: padBatch,
  mutants,
  hints: [
    "The longest example decides how many steps there are; the others are filled up with columns of zeros.",
    "$x^{(i)\\langle t\\rangle}$ is one-hot for $t \\le T_x^{(i)}$ and zero after; $\\text{mask}^{(i)\\langle t\\rangle}$ is 1 and 0 there.",
    "`const T = Math.max(…lengths)`, then `Sequence.build(T, (t) => Mat.build(n_x, m, (k, i) => …))`; `batch[i][t - 1]` is undefined once example i has ended.",
  ],
  tolerance: { atol: 0, rtol: 0, why: "zeros and ones are exact" },
  answer: {
    x: { symbol: "x⟨{t}⟩", rows: "word", columns: "example" },
    mask: { symbol: "mask⟨{t}⟩", rows: "row", columns: "example" },
    T_x: { symbol: "T_x", rows: "example", columns: "column" },
  },
};
