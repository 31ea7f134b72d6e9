import { gruCellBackward, type Random } from "../../src/index.js";
import { drawGruCache, nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const cache = drawGruCache(size, random, settings);
  const da_next = nonZero(
    sizeOf(size, "n_a"),
    sizeOf(size, "m"),
    random,
    numberOf(settings, "upstream", 1),
  );
  return [da_next, { ...cache, parameters: { ...cache.parameters } }];
}

/** One step of the GRU backwards: an exercise of lesson 08. */
export const exercise: ExerciseDefinition = {
  id: "gruCellBackward",
  lesson: "08",
  title: "One step of the GRU backwards",
  points: 7,
  cases: [
    { name: "ordinary sizes", size: { n_x: 3, n_a: 5, n_y: 2, m: 4 } },
    { name: "one example", size: { n_x: 4, n_a: 3, n_y: 2, m: 1 } },
    { name: "as many units as inputs", size: { n_x: 4, n_a: 4, n_y: 2, m: 3 } },
    {
      name: "large upstream gradient",
      size: { n_x: 2, n_a: 3, n_y: 2, m: 5 },
      settings: { upstream: 50 },
    },
    {
      name: "gates nearly open or shut",
      size: { n_x: 5, n_a: 4, n_y: 2, m: 6 },
      settings: { scale: 4 },
    },
    { name: "many examples", size: { n_x: 6, n_a: 3, n_y: 2, m: 15 } },
  ],
  draw,
  reference: gruCellBackward,
  mutants,
  hints: [
    "Go from the blend to the three z, one after the other; each W's gradient is its dz times the stack that this W read, turned round.",
    "$dr = $ the first n_a rows of $W_c^{\\mathsf T}dz_c$; $dz_r = dr * c^{\\langle t-1\\rangle} * \\Gamma_r(1-\\Gamma_r)$; $dc^{\\langle t-1\\rangle} = (1-\\Gamma_u) * dc^{\\langle t\\rangle} + \\Gamma_r * dr + $ the first n_a rows of $W_u^{\\mathsf T}dz_u + W_r^{\\mathsf T}dz_r$.",
    "Three lines for the dz, two `splitRows(…, n_a)` (one of what comes through Wc, one of the sum through Wu and Wr), then eight lines: da_prev has three terms, dx_t two, each weight a `.dot(….T)`, each bias a `.sumColumns()`.",
  ],
  tolerance: {
    atol: 1e-10,
    rtol: 1e-9,
    why: "sums of up to fifteen products in another order differ by some 1e-15, times upstream gradients of 50",
  },
  answer: {
    dx_t: { symbol: "dx⟨t⟩", rows: "input", columns: "example" },
    da_prev: { symbol: "dc⟨t−1⟩", rows: "unit", columns: "example" },
    dWu: { symbol: "dWu", rows: "unit", columns: "entry of [c⟨t−1⟩; x⟨t⟩]" },
    dWr: { symbol: "dWr", rows: "unit", columns: "entry of [c⟨t−1⟩; x⟨t⟩]" },
    dWc: { symbol: "dWc", rows: "unit", columns: "entry of [Γr ∗ c⟨t−1⟩; x⟨t⟩]" },
    dbu: { symbol: "dbu", rows: "unit", columns: "column" },
    dbr: { symbol: "dbr", rows: "unit", columns: "column" },
    dbc: { symbol: "dbc", rows: "unit", columns: "column" },
  },
};
