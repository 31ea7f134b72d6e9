import {
  type LstmCache,
  type LstmCellGradients,
  Mat,
  splitRows,
  stackRows,
  tanh,
} from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type Back = typeof starter.lstmCellBackward;
type A = Mat<"n_a", "m">;
/** The gradients of the four sums, and what flows into the memory. */
type Parts = Readonly<Record<"dc" | "dzf" | "dzu" | "dzc" | "dzo", A>>;

const gateSlope = (gate: A): A => gate.map((g) => g * (1 - g));
const tanhSlope = (value: A): A => value.map((v) => 1 - v * v);
const weightNames = ["dWf", "dWu", "dWc", "dWo"] as const;
const biasNames = ["dbf", "dbu", "dbc", "dbo"] as const;
const gates = {
  f: { name: "forget", factor: "c⟨t−1⟩" },
  u: { name: "update", factor: "c̃⟨t⟩" },
  o: { name: "output", factor: "tanh(c⟨t⟩)" },
} as const;

/** The wrong ways to go one step back through an LSTM. */
export const mutants: readonly Mutant<Back>[] = [
  {
    name: "state-left-out-of-dc",
    mistake: "dc is dc_next alone: what comes through the state is missing.",
    hint: "The memory acts on the loss in two ways. One of them goes through a⟨t⟩.",
    caughtBy: "ordinary sizes",
    wrong: () => withMemoryGradient((_da, dc_next) => dc_next),
  },
  {
    name: "dc-next-dropped",
    mistake: "dc_next is not used: only what comes through the state is in dc.",
    hint: "The memory acts on the loss in two ways. One of them leads straight to c⟨t+1⟩.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => right(da_next, dc_next.times(0), cache),
  },
  {
    name: "da-next-dropped",
    mistake: "da_next is not used: only what comes back into the memory counts.",
    hint: "The step's answer depends on three arguments. Where does your code use the first?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => right(da_next.times(0), dc_next, cache),
  },
  {
    name: "tanh-slope-missing-in-dc",
    mistake: "dc lacks the slope of tanh, 1 − tanh²(c⟨t⟩).",
    hint: "Between the memory and the state stands tanh.",
    caughtBy: "ordinary sizes",
    wrong: () => withMemoryGradient((da, dc, { gamma_o }) => dc.add(da.times(gamma_o))),
  },
  {
    name: "output-gate-missing-in-dc",
    mistake: "dc lacks the output gate: da_next ∗ (1 − tanh²(c⟨t⟩)) was added.",
    hint: "What was tanh(c⟨t⟩) multiplied with on its way to the state?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withMemoryGradient((da, dc, { c_next }) => dc.add(da.times(tanhSlope(tanh(c_next))))),
  },
  {
    name: "slope-of-the-memory-itself",
    mistake: "The slope of tanh was written 1 − c² in place of 1 − tanh²(c).",
    hint: "1 − v² is the slope where v is what tanh has made. The memory has not been through it.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withMemoryGradient((da, dc, { gamma_o, c_next }) =>
        dc.add(da.times(gamma_o).times(tanhSlope(c_next))),
      ),
  },
  {
    name: "slope-of-the-old-memory",
    mistake: "The slope of tanh in dc was taken at c⟨t−1⟩ in place of c⟨t⟩.",
    hint: "Which memory went through tanh in this step?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withMemoryGradient((da, dc, { gamma_o, c_prev }) =>
        dc.add(da.times(gamma_o).times(tanhSlope(tanh(c_prev)))),
      ),
  },
  ...(["f", "u", "o"] as const).map((letter): Mutant<Back> => ({
    name: `${gates[letter].name}-slope-missing`,
    mistake: `dz${letter} lacks the slope of the sigmoid, Γ${letter}(1 − Γ${letter}).`,
    hint: "Between a gate and its sum stands the sigmoid.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, da, cache) => ({
        ...parts,
        [`dz${letter}`]: beforeSlope(letter, parts.dc, da, cache),
      })),
  })),
  {
    name: "gate-slopes-missing",
    mistake: "All three gates lack the slope of the sigmoid, Γ(1 − Γ).",
    hint: "Between a gate and its sum stands the sigmoid.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, da, cache) => ({
        ...parts,
        dzf: beforeSlope("f", parts.dc, da, cache),
        dzu: beforeSlope("u", parts.dc, da, cache),
        dzo: beforeSlope("o", parts.dc, da, cache),
      })),
  },
  {
    name: "tanh-slope-for-the-gates",
    mistake: "The gates were given the slope of tanh, 1 − Γ².",
    hint: "Which function made the gates?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, da, cache) => ({
        ...parts,
        dzf: beforeSlope("f", parts.dc, da, cache).times(tanhSlope(cache.gamma_f)),
        dzu: beforeSlope("u", parts.dc, da, cache).times(tanhSlope(cache.gamma_u)),
        dzo: beforeSlope("o", parts.dc, da, cache).times(tanhSlope(cache.gamma_o)),
      })),
  },
  {
    name: "candidate-slope-missing",
    mistake: "dzc lacks the slope of tanh, 1 − c̃².",
    hint: "Between the candidate and its sum stands tanh.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, _da, { gamma_u }) => ({ ...parts, dzc: parts.dc.times(gamma_u) })),
  },
  {
    name: "sigmoid-slope-for-the-candidate",
    mistake: "The candidate was given the slope of the sigmoid, c̃(1 − c̃).",
    hint: "Which function made the candidate?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, _da, { gamma_u, c_tilde }) => ({
        ...parts,
        dzc: parts.dc.times(gamma_u).times(gateSlope(c_tilde)),
      })),
  },
  {
    name: "candidate-not-squared",
    mistake: "The slope of tanh was written 1 − c̃ in place of 1 − c̃².",
    hint: "Look up tanh′ once more, and try it at c̃ = −0.5.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, _da, { gamma_u, c_tilde }) => ({
        ...parts,
        dzc: parts.dc.times(gamma_u).times(c_tilde.map((v) => 1 - v)),
      })),
  },
  {
    name: "tanh-of-the-candidate",
    mistake: "The slope was written 1 − tanh²(c̃): tanh was taken of what tanh had made.",
    hint: "c̃⟨t⟩ has been through tanh already.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, _da, { gamma_u, c_tilde }) => ({
        ...parts,
        dzc: parts.dc.times(gamma_u).times(tanhSlope(tanh(c_tilde))),
      })),
  },
  {
    name: "new-memory-in-dzf",
    mistake: "dzf was made with c⟨t⟩ in place of c⟨t−1⟩.",
    hint: "Which memory did the forget gate stand before?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, _da, { gamma_f, c_next }) => ({
        ...parts,
        dzf: parts.dc.times(c_next).times(gateSlope(gamma_f)),
      })),
  },
  {
    name: "old-state-in-dzf",
    mistake: "dzf was made with a⟨t−1⟩ in place of c⟨t−1⟩.",
    hint: "What did the forget gate stand before: the state or the memory?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, _da, { gamma_f, a_prev }) => ({
        ...parts,
        dzf: parts.dc.times(a_prev).times(gateSlope(gamma_f)),
      })),
  },
  {
    name: "factors-of-update-exchanged",
    mistake: "dzu was made with Γu and dzc with c̃⟨t⟩: each with itself in place of the other.",
    hint: "The gradient of one factor of a product has the other factor in it.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, _da, { gamma_u, c_tilde }) => ({
        ...parts,
        dzu: parts.dc.times(gamma_u).times(gateSlope(gamma_u)),
        dzc: parts.dc.times(c_tilde).times(tanhSlope(c_tilde)),
      })),
  },
  {
    name: "factors-of-the-gates-exchanged",
    mistake: "dzf was made with c̃⟨t⟩ and dzu with c⟨t−1⟩: each with the other's factor.",
    hint: "The gradient of one factor of a product has the other factor in it.",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, _da, { c_prev, c_tilde, gamma_f, gamma_u }) => ({
        ...parts,
        dzf: parts.dc.times(c_tilde).times(gateSlope(gamma_f)),
        dzu: parts.dc.times(c_prev).times(gateSlope(gamma_u)),
      })),
  },
  {
    name: "memory-without-tanh-in-dzo",
    mistake: "dzo was made with c⟨t⟩ in place of tanh(c⟨t⟩).",
    hint: "What did the output gate stand before?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, da, { gamma_o, c_next }) => ({
        ...parts,
        dzo: da.times(c_next).times(gateSlope(gamma_o)),
      })),
  },
  {
    name: "output-gate-from-dc",
    mistake: "dzo was made with dc in place of da_next.",
    hint: "Does the output gate act on the memory, or only on the state?",
    caughtBy: "ordinary sizes",
    wrong: () =>
      withParts((parts, _da, { gamma_o, c_next }) => ({
        ...parts,
        dzo: parts.dc.times(tanh(c_next)).times(gateSlope(gamma_o)),
      })),
  },
  {
    name: "gates-from-dc-next",
    mistake: "dzf, dzu and dzc were made with dc_next in place of dc.",
    hint: "dc gathers two things. Do the gates use the whole of it?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, dc_next, cache) => {
      const parts = partsOf(da_next, dc_next, cache);
      const { gamma_f, gamma_u, c_tilde, c_prev } = cache;
      return gradientsOf(
        {
          ...parts,
          dzf: dc_next.times(c_prev).times(gateSlope(gamma_f)),
          dzu: dc_next.times(c_tilde).times(gateSlope(gamma_u)),
          dzc: dc_next.times(gamma_u).times(tanhSlope(c_tilde)),
        },
        cache,
      );
    },
  },
  {
    name: "dc-prev-not-gated",
    mistake: "dc⟨t−1⟩ is dc itself: the forget gate is missing.",
    hint: "Between c⟨t−1⟩ and c⟨t⟩ stands a gate.",
    caughtBy: "ordinary sizes",
    wrong: () => withCarried(({ dc }) => dc),
  },
  {
    name: "dc-prev-from-dc-next",
    mistake: "dc⟨t−1⟩ was made of dc_next alone: dc_next ∗ Γf.",
    hint: "All that flows into c⟨t⟩ flows on to c⟨t−1⟩, what comes through the state too.",
    caughtBy: "ordinary sizes",
    wrong: () => withCarried((_parts, { gamma_f }, dc_next) => dc_next.times(gamma_f)),
  },
  {
    name: "dc-prev-through-the-update-gate",
    mistake: "dc⟨t−1⟩ was carried back through Γu in place of Γf.",
    hint: "Which gate stands before c⟨t−1⟩?",
    caughtBy: "ordinary sizes",
    wrong: () => withCarried(({ dc }, { gamma_u }) => dc.times(gamma_u)),
  },
  {
    name: "dc-prev-with-the-gate-s-slope",
    mistake: "dc⟨t−1⟩ has the slope of the forget gate in it: dc ∗ Γf(1 − Γf).",
    hint: "For c⟨t−1⟩ the gate is a factor like any number.",
    caughtBy: "ordinary sizes",
    wrong: () => withCarried(({ dc }, { gamma_f }) => dc.times(gateSlope(gamma_f))),
  },
  ...(["f", "u", "c", "o"] as const).map((letter): Mutant<Back> => ({
    name: `dz${letter}-left-out-of-the-way-back`,
    mistake: `W${letter}ᵀ dz${letter} is missing from da⟨t−1⟩ and dx⟨t⟩.`,
    hint: "The stack [a; x] went into four products. How many come back?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => {
      const parts = partsOf(da_next, dc_next, cache);
      const less = { ...parts, [`dz${letter}`]: parts[`dz${letter}`].times(0) };
      const { da_prev, dx_t } = gradientsOf(less, cache);
      return { ...right(da_next, dc_next, cache), da_prev, dx_t };
    },
  })),
  {
    name: "stack-cut-the-other-way-round",
    mistake: "The stack's gradient was cut the other way round: the first n_x rows became dx⟨t⟩.",
    hint: "Which of the two stands on top in [a; x]?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => {
      const answer = right(da_next, dc_next, cache);
      const whole = stackRows(answer.da_prev, answer.dx_t) as Mat;
      const [dx_t, da_prev] = splitRows(whole, cache.x_t.rows) as unknown as [
        LstmCellGradients["dx_t"],
        A,
      ];
      return { ...answer, dx_t, da_prev };
    },
  },
  {
    name: "stacked-the-other-way-round",
    mistake: "The weights' gradients were made with [x; a] in place of [a; x].",
    hint: "The weights' first n_a columns belong to the state.",
    caughtBy: "ordinary sizes",
    wrong: (right) => withWeights(right, ({ x_t, a_prev }) => stackRows(x_t, a_prev) as never),
  },
  {
    name: "new-state-in-the-weights",
    mistake: "The weights' gradients were made with a⟨t⟩ in place of a⟨t−1⟩.",
    hint: "Which state did the gates read?",
    caughtBy: "ordinary sizes",
    wrong: (right) =>
      withWeights(right, ({ x_t, gamma_o, c_next }) => stackRows(gamma_o.times(tanh(c_next)), x_t)),
  },
  {
    name: "memory-in-the-weights",
    mistake: "The weights' gradients were made with c⟨t−1⟩ in place of a⟨t−1⟩.",
    hint: "What did the gates read: the state or the memory?",
    caughtBy: "ordinary sizes",
    wrong: (right) => withWeights(right, ({ x_t, c_prev }) => stackRows(c_prev, x_t)),
  },
  {
    name: "mean-over-examples",
    mistake: "The parameters' gradients were divided by m.",
    hint: "The mean over the examples is in da⟨t⟩ already, if the loss has it; here examples are summed.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => {
      const answer = right(da_next, dc_next, cache);
      return changed(answer, [...weightNames, ...biasNames], (mat) => mat.times(1 / da_next.cols));
    },
  },
  {
    name: "biases-not-summed",
    mistake: "dbf, dbu, dbc and dbo were not summed over the examples: they are dz themselves.",
    hint: "A bias is one column that all examples share; what is the shape of its gradient?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => {
      const { dzf, dzu, dzc, dzo } = partsOf(da_next, dc_next, cache);
      return { ...right(da_next, dc_next, cache), dbf: dzf, dbu: dzu, dbc: dzc, dbo: dzo };
    },
  },
  {
    name: "biases-zero",
    mistake: "The biases' gradients are zero.",
    hint: "The biases are trained too, the forget gate's above all.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) =>
      changed(right(da_next, dc_next, cache), biasNames, (mat) => mat.times(0)),
  },
  {
    name: "forget-and-update-exchanged",
    mistake: "dWf and dWu are exchanged, and dbf and dbu.",
    hint: "Each gate's gradient belongs to the parameters under its own letter.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => {
      const answer = right(da_next, dc_next, cache);
      const { dWf, dWu, dbf, dbu } = answer;
      return { ...answer, dWf: dWu, dWu: dWf, dbf: dbu, dbu: dbf };
    },
  },
  {
    name: "da-prev-and-dc-prev-exchanged",
    mistake: "da_prev holds dc⟨t−1⟩, and dc_prev holds da⟨t−1⟩.",
    hint: "Which of the two came through the weights?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => {
      const answer = right(da_next, dc_next, cache);
      return { ...answer, da_prev: answer.dc_prev, dc_prev: answer.da_prev };
    },
  },
  {
    name: "upstream-exchanged",
    mistake: "da_next and dc_next were taken for each other.",
    hint: "The first argument is the state's, the second the memory's.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => right(dc_next, da_next, cache),
  },
  {
    name: "first-example-only",
    mistake: "The parameters' gradients come from the first example alone.",
    hint: "Every example used the same parameters. How many of them does your gradient hear?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => {
      const first = (mat: A): A => mat.map((value, _k, i) => (i === 0 ? value : 0));
      const { dx_t, da_prev, dc_prev } = right(da_next, dc_next, cache);
      return { ...right(first(da_next), first(dc_next), cache), dx_t, da_prev, dc_prev };
    },
  },
  {
    name: "gradient-clipped",
    mistake: "The gradients are clipped to ±5 inside the step.",
    hint: "Clipping belongs between the gradients and the update, not inside the derivative.",
    caughtBy: "large upstream gradient",
    wrong: (right) => (da_next, dc_next, cache) => {
      const answer = right(da_next, dc_next, cache);
      const all = Object.keys(answer) as (keyof LstmCellGradients)[];
      return changed(answer, all, (mat) => mat.map((v) => Math.max(-5, Math.min(5, v))));
    },
  },
  {
    name: "written-into-dc-next",
    mistake: "dc was added into dc_next itself: the caller's matrix is changed.",
    hint: "Whoever called you may still need the gradient that they gave you.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, dc_next, cache) => {
      const answer = right(da_next, dc_next, cache);
      dc_next.data.set(partsOf(da_next, dc_next, cache).dc.data);
      return answer;
    },
  },
];

/** What flows into a gate before its sigmoid's slope. */
function beforeSlope(
  letter: "f" | "u" | "o",
  dc: A,
  da_next: A,
  { c_prev, c_tilde, c_next }: LstmCache,
): A {
  if (letter === "o") return da_next.times(tanh(c_next));
  return dc.times(letter === "f" ? c_prev : c_tilde);
}

function memoryGradient(da_next: A, dc_next: A, { gamma_o, c_next }: LstmCache): A {
  return dc_next.add(da_next.times(gamma_o).times(tanhSlope(tanh(c_next))));
}

/** All four sums' gradients, from what flows into the memory. */
function partsFrom(dc: A, da_next: A, cache: LstmCache): Parts {
  const { gamma_f, gamma_u, gamma_o, c_tilde } = cache;
  return {
    dc,
    dzf: beforeSlope("f", dc, da_next, cache).times(gateSlope(gamma_f)),
    dzu: beforeSlope("u", dc, da_next, cache).times(gateSlope(gamma_u)),
    dzc: dc.times(gamma_u).times(tanhSlope(c_tilde)),
    dzo: beforeSlope("o", dc, da_next, cache).times(gateSlope(gamma_o)),
  };
}

function partsOf(da_next: A, dc_next: A, cache: LstmCache): Parts {
  return partsFrom(memoryGradient(da_next, dc_next, cache), da_next, cache);
}

/** All gradients from the sums' gradients: the part that most mistakes leave alone. */
function gradientsOf({ dc, dzf, dzu, dzc, dzo }: Parts, cache: LstmCache): LstmCellGradients {
  const { x_t, a_prev, gamma_f, parameters } = cache;
  const { Wf, Wu, Wc, Wo } = parameters;
  const ax_t = stackRows(a_prev, x_t);
  const dax_t = Wf.Tdot(dzf).add(Wu.Tdot(dzu)).add(Wc.Tdot(dzc)).add(Wo.Tdot(dzo));
  const [da_prev, dx_t] = splitRows(dax_t, a_prev.rows);
  return {
    dx_t,
    da_prev,
    dc_prev: dc.times(gamma_f),
    dWf: dzf.dot(ax_t.T),
    dWu: dzu.dot(ax_t.T),
    dWc: dzc.dot(ax_t.T),
    dWo: dzo.dot(ax_t.T),
    dbf: dzf.sumColumns(),
    dbu: dzu.sumColumns(),
    dbc: dzc.sumColumns(),
    dbo: dzo.sumColumns(),
  };
}

/** A step back in which another gradient flows into the memory. */
function withMemoryGradient(dc: (da_next: A, dc_next: A, cache: LstmCache) => A): Back {
  return (da_next, dc_next, cache) =>
    gradientsOf(partsFrom(dc(da_next, dc_next, cache), da_next, cache), cache);
}

/** A step back with other gradients of the sums. */
function withParts(change: (parts: Parts, da_next: A, cache: LstmCache) => Parts): Back {
  return (da_next, dc_next, cache) =>
    gradientsOf(change(partsOf(da_next, dc_next, cache), da_next, cache), cache);
}

/** A step back that carries another gradient to c⟨t−1⟩. */
function withCarried(carried: (parts: Parts, cache: LstmCache, dc_next: A) => A): Back {
  return (da_next, dc_next, cache) => {
    const parts = partsOf(da_next, dc_next, cache);
    return { ...gradientsOf(parts, cache), dc_prev: carried(parts, cache, dc_next) };
  };
}

/** A step back whose weights' gradients are made with another stack. */
function withWeights(right: Back, stack: (cache: LstmCache) => Mat<"n_a+n_x", "m">): Back {
  return (da_next, dc_next, cache) => {
    const { dzf, dzu, dzc, dzo } = partsOf(da_next, dc_next, cache);
    const other = stack(cache).T;
    return {
      ...right(da_next, dc_next, cache),
      dWf: dzf.dot(other),
      dWu: dzu.dot(other),
      dWc: dzc.dot(other),
      dWo: dzo.dot(other),
    };
  };
}

/** The answer with some of its matrices changed. */
function changed(
  answer: LstmCellGradients,
  names: readonly (keyof LstmCellGradients)[],
  change: (mat: Mat) => Mat,
): LstmCellGradients {
  return { ...answer, ...Object.fromEntries(names.map((name) => [name, change(answer[name])])) };
}
