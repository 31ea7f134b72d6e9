import { type GruCache, Mat } from "../../../src/index.js";
import type { Forms, SecondForms } from "./secondForm.js";

type Answer = Record<"dx_t" | "da_prev" | "dWu" | "dWr" | "dWc" | "dbu" | "dbr" | "dbc", Mat>;

/** What may be done otherwise, unit by unit of one example. */
interface Slips {
  zc?: (d: number, u: number, made: number) => number;
  zu?: (d: number, u: number, made: number, c: number) => number;
  zr?: (d: number, r: number, c: number) => number;
  /** The four ways to c⟨t−1⟩, added up. */
  back?: (ways: {
    kept: number;
    seen: number;
    update: number;
    relevance: number;
    r: number;
    d: number;
  }) => number;
  /** The memory's entry in the stack whose product makes dWc. */
  read?: (r: number, c: number) => number;
  finish?: (answer: Answer, m: number) => unknown;
}

/** The step back by loops over examples and units. */
function loops(slips: Slips) {
  const { zc = (d, u, made) => d * u * (1 - made * made) } = slips;
  const { zu = (d, u, made, c) => d * (made - c) * u * (1 - u) } = slips;
  const { zr = (d, r, c) => d * c * r * (1 - r) } = slips;
  const { back = ({ kept, seen, update, relevance, r }) => kept + seen * r + update + relevance } =
    slips;
  const { read = (r, c) => r * c, finish = (answer) => answer } = slips;
  return (da_next: Mat, cache: GruCache): unknown => {
    const { x_t, a_prev, gamma_u, gamma_r, c_tilde } = cache;
    const { Wu, Wr, Wc } = cache.parameters as unknown as Record<"Wu" | "Wr" | "Wc", Mat>;
    const [n_a, n_x, m] = [a_prev.rows, x_t.rows, x_t.cols];
    const n = n_a + n_x;
    const answer: Answer = {
      dx_t: new Mat(n_x, m),
      da_prev: new Mat(n_a, m),
      dWu: new Mat(n_a, n),
      dWr: new Mat(n_a, n),
      dWc: new Mat(n_a, n),
      dbu: new Mat(n_a, 1),
      dbr: new Mat(n_a, 1),
      dbc: new Mat(n_a, 1),
    };
    const units = Array.from({ length: n_a }, (_, k) => k);
    for (let i = 0; i < m; i++) {
      const [u, r, made, c] = [gamma_u, gamma_r, c_tilde, a_prev].map((mat) =>
        units.map((k) => mat.get(k, i)),
      ) as [number[], number[], number[], number[]];
      const x = Array.from({ length: n_x }, (_, k) => x_t.get(k, i));
      const d = units.map((k) => da_next.get(k, i));
      const dzc = units.map((k) => zc(d[k]!, u[k]!, made[k]!));
      const dzu = units.map((k) => zu(d[k]!, u[k]!, made[k]!, c[k]!));
      const through = (W: Mat, dz: readonly number[], j: number): number =>
        units.reduce((sum, k) => sum + W.get(k, j) * dz[k]!, 0);
      const dzr = units.map((k) => zr(through(Wc, dzc, k), r[k]!, c[k]!));
      for (const k of units) {
        answer.da_prev.data[k * m + i] = back({
          kept: d[k]! * (1 - u[k]!),
          seen: through(Wc, dzc, k),
          update: through(Wu, dzu, k),
          relevance: through(Wr, dzr, k),
          r: r[k]!,
          d: d[k]!,
        });
        answer.dbu.data[k]! += dzu[k]!;
        answer.dbr.data[k]! += dzr[k]!;
        answer.dbc.data[k]! += dzc[k]!;
        for (let j = 0; j < n; j++) {
          const memory = j < n_a;
          answer.dWu.data[k * n + j]! += dzu[k]! * (memory ? c[j]! : x[j - n_a]!);
          answer.dWr.data[k * n + j]! += dzr[k]! * (memory ? c[j]! : x[j - n_a]!);
          answer.dWc.data[k * n + j]! += dzc[k]! * (memory ? read(r[j]!, c[j]!) : x[j - n_a]!);
        }
      }
      for (let j = 0; j < n_x; j++) {
        answer.dx_t.data[j * m + i] =
          through(Wc, dzc, n_a + j) + through(Wu, dzu, n_a + j) + through(Wr, dzr, n_a + j);
      }
    }
    return finish(answer, m);
  };
}

const singles: Forms = {
  "no-tanh-slope": ["no 1 − c̃²", loops({ zc: (d, u) => d * u })],
  "no-u-slope": ["no Γu(1 − Γu)", loops({ zu: (d, _u, made, c) => d * (made - c) })],
  "no-r-slope": ["no Γr(1 − Γr)", loops({ zr: (d, _r, c) => d * c })],
  "tanh-slope-in-gates": [
    "1 − Γ² in both gates",
    loops({
      zu: (d, u, made, c) => d * (made - c) * (1 - u * u),
      zr: (d, r, c) => d * c * (1 - r * r),
    }),
  ],
  "no-u-in-zc": ["dc̃ without Γu", loops({ zc: (d, _u, made) => d * (1 - made * made) })],
  "no-minus-c": ["dΓu without −c⟨t−1⟩", loops({ zu: (d, u, made) => d * made * u * (1 - u) })],
  "plus-c": ["dΓu with +c⟨t−1⟩", loops({ zu: (d, u, made, c) => d * (made + c) * u * (1 - u) })],
  "sign-of-u": ["dΓu turned round", loops({ zu: (d, u, made, c) => d * (c - made) * u * (1 - u) })],
  "no-c-in-zr": ["dΓr without c⟨t−1⟩", loops({ zr: (d, r) => d * r * (1 - r) })],
  "no-kept": [
    "the way through 1 − Γu is missing",
    loops({ back: ({ seen, update, relevance, r }) => seen * r + update + relevance }),
  ],
  "no-seen": [
    "the way through the candidate is missing",
    loops({ back: ({ kept, update, relevance }) => kept + update + relevance }),
  ],
  "no-gates": [
    "the ways through the gates are missing",
    loops({ back: ({ kept, seen, r }) => kept + seen * r }),
  ],
  "seen-without-r": [
    "the way through the candidate lacks Γr",
    loops({ back: ({ kept, seen, update, relevance }) => kept + seen + update + relevance }),
  ],
  "da-whole": [
    "da⟨t⟩ is handed on whole",
    loops({ back: ({ d, seen, update, relevance, r }) => d + seen * r + update + relevance }),
  ],
  "wrong-stack": ["dWc from [c; x]", loops({ read: (_r, c) => c })],
  "divided-by-m": [
    "the parameters' gradients are divided by m",
    loops({
      finish: ({ dx_t, da_prev, ...rest }, m) => ({
        dx_t,
        da_prev,
        ...Object.fromEntries(Object.entries(rest).map(([key, d]) => [key, d.times(1 / m)])),
      }),
    }),
  ],
};

/** gruCellBackward as learners may write it. */
export const forms: SecondForms = {
  singles,
  pairs: {
    "no-kept-wrong-stack": [
      "the way through 1 − Γu is missing, and dWc is from [c; x]",
      loops({
        read: (_r, c) => c,
        back: ({ seen, update, relevance, r }) => seen * r + update + relevance,
      }),
    ],
    "no-gates-divided": [
      "the gates' ways are missing, and the parameters' gradients are divided by m",
      loops({
        back: ({ kept, seen, r }) => kept + seen * r,
        finish: ({ dx_t, da_prev, ...rest }, m) => ({
          dx_t,
          da_prev,
          ...Object.fromEntries(Object.entries(rest).map(([key, d]) => [key, d.times(1 / m)])),
        }),
      }),
    ],
  },
  right: { loops: ["by loops", loops({})] },
};
