import { lstmCellBackward, type Random } from "../../src/index.js";
import { drawLstmCaches, nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const [cache] = drawLstmCaches(size, random, settings);
  const upstream = numberOf(settings, "upstream", 1);
  const gradient = (): Argument =>
    nonZero(sizeOf(size, "n_a"), sizeOf(size, "m"), random, upstream);
  return [gradient(), gradient(), { ...cache!, parameters: { ...cache!.parameters } }];
}

/** One step of backpropagation through an LSTM: an exercise of lesson 09. */
export const exercise: ExerciseDefinition = {
  id: "lstmCellBackward",
  lesson: "09",
  title: "One step of the LSTM backwards",
  points: 6,
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
      name: "saturated gates",
      size: { n_x: 5, n_a: 4, n_y: 2, m: 6 },
      settings: { scale: 4, memory: 3 },
    },
    { name: "many examples", size: { n_x: 6, n_a: 3, n_y: 2, m: 15 } },
  ],
  draw,
  reference: lstmCellBackward,
  mutants,
  hints: [
    "Start with dc: the memory acts on the loss by itself (dc_next) and through the state (da_next). All but the output gate hang on dc.",
    "$dz_f = dc * c^{\\langle t-1\\rangle} * \\Gamma_f(1-\\Gamma_f)$; $dz_u = dc * \\tilde c * \\Gamma_u(1-\\Gamma_u)$; $dz_c = dc * \\Gamma_u * (1-\\tilde c^2)$; $dc_{prev} = dc * \\Gamma_f$; $dW = dz\\,[a; x]^{\\mathsf T}$; $d[a; x] = \\sum W^{\\mathsf T}dz$ over the four.",
    "A line for dc, four for the dz, one for the stack and one for its gradient: four products with a `.T`, added up and given to `splitRows`. Then eight lines: `.dot(….T)` for each dW, `.sumColumns()` for each db.",
  ],
  tolerance: {
    atol: 1e-10,
    rtol: 1e-9,
    why: "sums of up to twenty products in another order differ by some 1e-15, times upstream gradients of 50",
  },
  answer: {
    dx_t: { symbol: "dx⟨t⟩", rows: "input", columns: "example" },
    da_prev: { symbol: "da⟨t−1⟩", rows: "unit", columns: "example" },
    dc_prev: { symbol: "dc⟨t−1⟩", rows: "unit", columns: "example" },
    dWf: { symbol: "dWf", rows: "unit", columns: "entry of [a; x]" },
    dWu: { symbol: "dWu", rows: "unit", columns: "entry of [a; x]" },
    dWc: { symbol: "dWc", rows: "unit", columns: "entry of [a; x]" },
    dWo: { symbol: "dWo", rows: "unit", columns: "entry of [a; x]" },
    dbf: { symbol: "dbf", rows: "unit", columns: "column" },
    dbu: { symbol: "dbu", rows: "unit", columns: "column" },
    dbc: { symbol: "dbc", rows: "unit", columns: "column" },
    dbo: { symbol: "dbo", rows: "unit", columns: "column" },
  },
};
