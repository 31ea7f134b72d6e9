import { encodeDecode, type Random } from "../../src/index.js";
import { drawParameters, drawSequence, nonZero, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Size } from "../exercise.js";
import { standIn } from "../standIns.js";
import { families, mutants } from "./mutants.js";

function draw(size: Size, random: Random): readonly Argument[] {
  const m = sizeOf(size, "m");
  const n_a = sizeOf(size, "n_a");
  const n_y = sizeOf(size, "n_y");
  const x = drawSequence(sizeOf(size, "T_x"), sizeOf(size, "n_x"), m, random);
  const encoder = { ...drawParameters(size, random) };
  const decoder = { ...drawParameters({ ...size, n_x: n_y }, random) };
  const a_0 = nonZero(n_a, m, random, 0.5);
  const y_0 = nonZero(n_y, m, random);
  return [x, a_0, { encoder, decoder }, y_0, sizeOf(size, "T_y"), standIn("waveCell")];
}

/** First read all, then say all: an exercise of lesson 05. */
export const exercise: ExerciseDefinition = {
  id: "encodeDecode",
  lesson: "05",
  title: "Encoder and decoder",
  points: 5,
  cases: [
    {
      name: "a longer answer",
      size: { n_x: 3, n_a: 5, n_y: 2, m: 4, T_x: 3, T_y: 6 },
    },
    {
      name: "a shorter answer",
      size: { n_x: 4, n_a: 3, n_y: 5, m: 2, T_x: 6, T_y: 2 },
    },
    {
      name: "inputs like outputs",
      size: { n_x: 3, n_a: 4, n_y: 3, m: 2, T_x: 4, T_y: 3 },
    },
    { name: "one step each", size: { n_x: 2, n_a: 3, n_y: 4, m: 5, T_x: 1, T_y: 1 } },
    { name: "one example", size: { n_x: 5, n_a: 4, n_y: 3, m: 1, T_x: 5, T_y: 4 } },
    { name: "forty steps", size: { n_x: 2, n_a: 3, n_y: 4, m: 2, T_x: 40, T_y: 40 } },
  ],
  draw,
  reference: encodeDecode,
  mutants,
  families,
  hints: [
    "Two loops, one after the other. What is handed from the first to the second?",
    "The encoder reads $x^{\\langle 1\\rangle} \\dots x^{\\langle T_x\\rangle}$; the decoder starts from its last state, reads $y^{\\langle 0\\rangle}$ first, and then its own $\\hat y^{\\langle t\\rangle}$.",
    "`let a_prev = a_0; for (t …T_x) a_prev = cell(x.at(t), a_prev, encoder).a_next;` then `let s_prev = a_prev; let input: Mat = y_0; for (t …T_y) { const step = cell(input, s_prev, decoder); … }`",
  ],
  tolerance: {
    atol: 1e-9,
    rtol: 1e-9,
    why: "the same cell gives the same numbers; rounding in another order stays below 1e-13 over eighty steps",
  },
  answer: {
    yhat: { symbol: "ŷ⟨{t}⟩", rows: "output", columns: "example" },
    a: { symbol: "a⟨{t}⟩", rows: "unit", columns: "example" },
    s: { symbol: "s⟨{t}⟩", rows: "unit", columns: "example" },
    caches: { symbol: "caches", rows: "row", columns: "example" },
  },
  ignore: ["a", "s", "caches"],
};
