import { jacobianProduct, type Random } from "../../src/index.js";
import { drawSequence, nonZero, numberOf, sizeOf } from "../draws.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

/** States between −1 and 1 and a Waa that neither halves nor doubles much at a step. */
function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const n_a = sizeOf(size, "n_a");
  const states = drawSequence<"n_a", "1">(
    sizeOf(size, "T_x"),
    n_a,
    1,
    random,
    numberOf(settings, "scale", 0.6),
  ).map((z_t) => z_t.map(Math.tanh));
  const Waa = nonZero(n_a, n_a, random, numberOf(settings, "weights", 1.4) / Math.sqrt(n_a));
  return [states, Waa, numberOf(settings, "k"), numberOf(settings, "t")];
}

/** From one state to a later one: an exercise of lesson 07. */
export const exercise: ExerciseDefinition = {
  id: "jacobianProduct",
  lesson: "07",
  title: "From one state to a later one",
  points: 4,
  cases: [
    { name: "four steps apart", size: { n_a: 3, T_x: 7 }, settings: { k: 2, t: 6 } },
    { name: "one step apart", size: { n_a: 4, T_x: 5 }, settings: { k: 3, t: 4 } },
    { name: "the same step", size: { n_a: 5, T_x: 4 }, settings: { k: 3, t: 3 } },
    { name: "from before the first step", size: { n_a: 3, T_x: 4 }, settings: { k: 0, t: 3 } },
    { name: "to the last step", size: { n_a: 2, T_x: 6 }, settings: { k: 1, t: 6 } },
    { name: "one unit", size: { n_a: 1, T_x: 5 }, settings: { k: 1, t: 4 } },
    {
      name: "saturated states",
      size: { n_a: 4, T_x: 4 },
      settings: { k: 1, t: 3, scale: 3, weights: 6 },
    },
    { name: "thirty steps apart", size: { n_a: 3, T_x: 32 }, settings: { k: 1, t: 31 } },
  ],
  draw,
  reference: jacobianProduct,
  mutants,
  hints: [
    "One factor for each step that lies between: k + 1, k + 2, …, t. Start with a matrix that changes nothing.",
    "$J_s = \\mathrm{diag}(1-(a^{\\langle s\\rangle})^2)\\,W_{aa}$: row i of $W_{aa}$ times $1-(a_i^{\\langle s\\rangle})^2$; the product is $J_t J_{t-1}\\cdots J_{k+1}$.",
    "`for (let s = k + 1; s <= t; s++)`: make the step's factor with `Waa.map((w, i) => …)`, and put it on the **left** of what you have so far.",
  ],
  tolerance: {
    atol: 1e-10,
    rtol: 1e-10,
    why: "thirty products summed in another order differ by some 1e-14 of their size",
  },
  answer: { "": { symbol: "∂a⟨t⟩/∂a⟨k⟩", rows: "unit of a⟨t⟩", columns: "unit of a⟨k⟩" } },
};
