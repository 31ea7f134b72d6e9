import { Mat, type RnnCell, type RnnParameters, Sequence } from "../../../src/index.js";
import type { SecondForms } from "./secondForm.js";

type X = Sequence<"n_x", "m">;
type A = Mat<"n_a", "m">;
type Mask = Sequence<"1", "m">;
interface Slips {
  start?: (a: A) => A;
  on?: (mask: Mask, t: number, i: number) => boolean;
  onY?: (mask: Mask, t: number, i: number) => boolean;
  held?: (value: number, before: number, first: number) => number;
  off?: (value: number, before: number) => number;
  carry?: (kept: A, fresh: A, a_0: A) => A;
  input?: (x: X, t: number) => Mat<"n_x", "m">;
  gather?: (a: A[], y: Mat[]) => object;
}
function sync(s: Slips = {}) {
  return (x: X, a_0: A, p: RnnParameters, cell: RnnCell, mask: Mask): unknown => {
    const on = s.on ?? ((v, t, i) => v.at(t).get(0, i) === 1);
    const states: A[] = [];
    const ys: Mat[] = [];
    let a = s.start?.(a_0) ?? a_0;
    for (let t = 1; t <= x.T_x; t++) {
      const { a_next, yhat_t } = cell(s.input?.(x, t) ?? x.at(t), a, p);
      const before = a;
      const kept = a_next.map((v, k, i) =>
        on(mask, t, i) ? v : s.held ? s.held(v, before.get(k, i), a_0.get(k, i)) : before.get(k, i),
      );
      const last = ys.at(-1);
      states.push(kept);
      ys.push(
        yhat_t.map((v, k, i) =>
          (s.onY ?? on)(mask, t, i) ? v : s.off ? s.off(v, last?.get(k, i) ?? 0) : 0,
        ),
      );
      a = s.carry?.(kept, a_next, a_0) ?? kept;
    }
    return { a: Sequence.of(states), yhat: Sequence.of(ys), ...s.gather?.(states, ys) };
  };
}

/** manyToManySynced as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "no-mask": ["the mask is not used", sync({ on: () => true })],
    "state-runs-on": ["the state runs on through padding", sync({ held: (v) => v })],
    "state-zeroed": ["the state is zero where masked", sync({ held: () => 0 })],
    "state-reset": ["the state is a_0 where masked", sync({ held: (_v, _b, first) => first })],
    "yhat-runs-on": ["ŷ is not masked", sync({ off: (v) => v })],
    "yhat-held": ["ŷ keeps its last value where masked", sync({ off: (_v, b) => b })],
    inverted: [
      "the mask is read the wrong way round",
      sync({ on: (m, t, i) => m.at(t).get(0, i) === 0 }),
    ],
    "inverted-yhat": [
      "the mask is the wrong way round for ŷ",
      sync({ onY: (m, t, i) => m.at(t).get(0, i) === 0 }),
    ],
    "mask-late": [
      "the mask of the step before",
      sync({ on: (m, t, i) => m.at(Math.max(1, t - 1)).get(0, i) === 1 }),
    ],
    "mask-early": [
      "the mask of the step after",
      sync({ on: (m, t, i) => m.at(Math.min(m.T_x, t + 1)).get(0, i) === 1 }),
    ],
    "first-mask": [
      "the first step's mask for all",
      sync({ on: (m, _t, i) => m.at(1).get(0, i) === 1 }),
    ],
    "first-example": [
      "the first example's mask for all",
      sync({ on: (m, t) => m.at(t).get(0, 0) === 1 }),
    ],
    "zero-start": ["a_0 is not used", sync({ start: (a) => a.times(0) })],
    "not-carried": ["every step starts from a_0", sync({ carry: (_k, _f, a_0) => a_0 })],
    "wrong-carried": [
      "the returned state is held, but the unmasked one is carried on",
      sync({ carry: (_k, fresh) => fresh }),
    ],
    "input-first": ["every step reads x⟨1⟩", sync({ input: (x) => x.at(1) })],
    "input-late": ["x⟨t−1⟩ for x⟨t⟩", sync({ input: (x, t) => x.at(Math.max(1, t - 1)) })],
    "states-before": [
      "a is one step late",
      sync({ gather: (a) => ({ a: Sequence.of([a[0]!, ...a.slice(0, -1)]) }) }),
    ],
    "yhat-ones": ["ŷ is 1 where masked", sync({ off: () => 1 })],
    "yhat-is-a": ["ŷ is the state", sync({ gather: (a) => ({ yhat: Sequence.of(a) }) })],
  },
  pairs: {
    "zero-yhat": ["zero start; ŷ not masked", sync({ start: (a) => a.times(0), off: (v) => v })],
    "zeroed-yhat": [
      "state zero where masked; ŷ not masked",
      sync({ held: () => 0, off: (v) => v }),
    ],
    "zeroed-held": [
      "state zero where masked; ŷ keeps its last value",
      sync({ held: () => 0, off: (_v, b) => b }),
    ],
    "reset-yhat": [
      "state is a_0 where masked; ŷ not masked",
      sync({ held: (_v, _b, f) => f, off: (v) => v }),
    ],
    "not-carried-yhat": [
      "state not carried; ŷ not masked",
      sync({ carry: (_k, _f, a_0) => a_0, off: (v) => v }),
    ],
    "zero-state-on": [
      "zero start; state runs on",
      sync({ start: (a) => a.times(0), held: (v) => v }),
    ],
  },
  right: {
    "by-products": [
      "branches by the mask's negation",
      sync({ on: (m, t, i) => !(m.at(t).get(0, i) < 0.5) }),
    ],
  },
};
