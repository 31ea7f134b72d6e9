import { perplexity, type Random } from "../../src/index.js";
import { numberOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { families, mutants } from "./mutants.js";

/** A loss below `upTo`, or the one that the case fixes; `choices` gives log of a number of choices. */
function draw(_size: Size, random: Random, settings: Settings): readonly Argument[] {
  if (settings["choices"] !== undefined) return [Math.log(numberOf(settings, "choices"))];
  const least = numberOf(settings, "from", 0);
  return [
    numberOf(settings, "loss", least + (numberOf(settings, "upTo", 4) - least) * random.uniform()),
  ];
}

/** A loss as a number of choices: an exercise of lesson 06. */
export const exercise: ExerciseDefinition = {
  id: "perplexity",
  lesson: "06",
  title: "Perplexity",
  points: 1,
  cases: [
    { name: "a loss of a few nats", size: {}, settings: { from: 0.3, upTo: 4 } },
    { name: "twenty-seven equal choices", size: {}, settings: { choices: 27 } },
    { name: "never surprised", size: {}, settings: { loss: 0 } },
    { name: "a small loss", size: {}, settings: { from: 0.01, upTo: 0.2 } },
    { name: "a large loss", size: {}, settings: { from: 15, upTo: 25 } },
    { name: "a negative loss", size: {}, settings: { loss: -0.5 } },
    { name: "a loss that is no number", size: {}, settings: { loss: NaN } },
  ],
  draw,
  reference: perplexity,
  mutants,
  families,
  hints: [
    "A choice among n equal tokens costs log n nats. Which function undoes the logarithm?",
    "$e^{\\mathcal L}$: e, since the loss is in nats. With bits it would be 2.",
    "One line throws for a loss below 0 and for NaN, which is neither below 0 nor above; the other line computes.",
  ],
  tolerance: { atol: 1e-12, rtol: 1e-12, why: "one exponential, to a few last digits of float64" },
  answer: { "": { symbol: "perplexity", rows: "row", columns: "column" } },
};
