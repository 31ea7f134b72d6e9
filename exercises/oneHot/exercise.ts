import { oneHot, type Random } from "../../src/index.js";
import { numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const n_x = sizeOf(size, "n_x");
  const used = n_x - numberOf(settings, "without", 0);
  const indices = Array.from({ length: sizeOf(size, "m") }, () => random.integer(used));
  const places = ["first", "second"] as const;
  places.forEach((place, i) => {
    const fixed = settings[place];
    if (typeof fixed === "number") indices[i] = fixed;
  });
  return [indices, n_x];
}

/** Words as vectors: an exercise of lesson 01. */
export const exercise: ExerciseDefinition = {
  id: "oneHot",
  lesson: "01",
  title: "One-hot vectors",
  points: 2,
  cases: [
    { name: "a few words", size: { n_x: 7, m: 4 } },
    {
      name: "the first and the last word",
      size: { n_x: 6, m: 3 },
      settings: { first: 0, second: 5 },
    },
    {
      name: "the same word twice",
      size: { n_x: 5, m: 4 },
      settings: { first: 2, second: 2 },
    },
    {
      name: "the last word does not come up",
      size: { n_x: 8, m: 3 },
      settings: { without: 1 },
    },
    { name: "one word", size: { n_x: 9, m: 1 } },
    { name: "an index past the end", size: { n_x: 4, m: 3 }, settings: { second: 4 } },
    { name: "a negative index", size: { n_x: 4, m: 3 }, settings: { second: -1 } },
    {
      name: "an index that is no whole number",
      size: { n_x: 5, m: 2 },
      settings: { first: 1.5 },
    },
    { name: "more words than entries", size: { n_x: 3, m: 11 } },
  ],
  draw,
  reference: oneHot,
  mutants,
  hints: [
    "Each index becomes one column with a single 1. Which row is it in?",
    "$x_{k,i} = 1$ if $k = \\text{indices}_i$, else 0, with k and i counted from 0 in code.",
    "First a loop that throws an Error for an index that is no whole number from 0 to n_x − 1; then `Mat.build(n_x, indices.length, (k, i) => …)`.",
  ],
  tolerance: { atol: 0, rtol: 0, why: "zeros and ones are exact" },
  answer: { "": { symbol: "x⟨t⟩", rows: "word", columns: "example" } },
};
