import {
  type GruCache,
  type GruCellGradients,
  Mat,
  splitRows,
  stackRows,
} from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type A = Mat<"n_a", "m">;
type Backward = typeof starter.gruCellBackward;

/** The wrong ways to go one step of the GRU back. */
export const mutants: readonly Mutant<Backward>[] = [
  {
    name: "tanh-slope-missing",
    mistake: "The slope of tanh, 1 − c̃⟨t⟩², is missing from dzc.",
    hint: "Between the candidate and its sum stands tanh.",
    caughtBy: "ordinary sizes",
    wrong: () => back({ tanhSlope: () => 1 }),
  },
  {
    name: "update-slope-missing",
    mistake: "The slope of the sigmoid, Γu(1 − Γu), is missing from dzu.",
    hint: "Between the update gate and its sum stands a sigmoid.",
    caughtBy: "ordinary sizes",
    wrong: () => back({ updateSlope: () => 1 }),
  },
  {
    name: "relevance-slope-missing",
    mistake: "The slope of the sigmoid, Γr(1 − Γr), is missing from dzr.",
    hint: "Between the relevance gate and its sum stands a sigmoid.",
    caughtBy: "ordinary sizes",
    wrong: () => back({ relevanceSlope: () => 1 }),
  },
  {
    name: "gate-slopes-missing",
    mistake: "The slope of the sigmoid, Γ(1 − Γ), is missing from both gates.",
    hint: "Between a gate and its sum stands a sigmoid.",
    caughtBy: "ordinary sizes",
    wrong: () => back({ updateSlope: () => 1, relevanceSlope: () => 1 }),
  },
  {
    name: "tanh-slope-for-gates",
    mistake: "The gates' slope was written 1 − Γ², which is tanh's.",
    hint: "Which function made the gates?",
    caughtBy: "ordinary sizes",
    wrong: () => back({ updateSlope: ofTanh, relevanceSlope: ofTanh }),
  },
  {
    name: "sigmoid-slope-for-candidate",
    mistake: "The candidate's slope was written c̃(1 − c̃), which is the sigmoid's.",
    hint: "Which function made the candidate?",
    caughtBy: "ordinary sizes",
    wrong: () => back({ tanhSlope: ofSigmoid }),
  },
  {
    name: "slope-not-squared",
    mistake: "The slope of tanh was written 1 − c̃ in place of 1 − c̃².",
    hint: "Look up tanh′ once more, and try it at c̃ = −0.5.",
    caughtBy: "ordinary sizes",
    wrong: () => back({ tanhSlope: (c) => 1 - c }),
  },
  {
    name: "slope-with-plus",
    mistake: "The slope of tanh was written 1 + c̃² in place of 1 − c̃².",
    hint: "tanh is steepest at 0 and flat far out. What does your slope say there?",
    caughtBy: "ordinary sizes",
    wrong: () => back({ tanhSlope: (c) => 1 + c * c }),
  },
  {
    name: "slope-of-the-new-memory",
    mistake: "The slope of tanh was taken at c⟨t⟩ in place of c̃⟨t⟩.",
    hint: "What came out of tanh: the candidate, or the blend?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) => {
      const { a_prev, gamma_u, c_tilde } = cache;
      const blend = gamma_u.times(c_tilde).add(rest(gamma_u).times(a_prev));
      return back({ dzc: da_next.times(gamma_u).times(blend.map(ofTanh)) })(da_next, cache);
    },
  },
  {
    name: "relevance-slope-of-the-update-gate",
    mistake: "dzr was made with Γu(1 − Γu) in place of Γr(1 − Γr).",
    hint: "Each gate has the slope at its own value.",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      back({ relevanceSlopes: cache.gamma_u.map(ofSigmoid) })(da_next, cache),
  },
  {
    name: "candidate-without-update-gate",
    mistake: "dc̃⟨t⟩ is da⟨t⟩ itself: the factor Γu is missing.",
    hint: "By what was the candidate multiplied in the blend?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) =>
      back({ dzc: da_next.times(cache.c_tilde.map(ofTanh)) })(da_next, cache),
  },
  {
    name: "blend-exchanged",
    mistake: "Γu and 1 − Γu are exchanged: dc̃⟨t⟩ has 1 − Γu, and what was kept Γu.",
    hint: "In the forward step, which of the two stands before the candidate?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) => {
      const { gamma_u, c_tilde } = cache;
      const dzc = da_next.times(rest(gamma_u)).times(c_tilde.map(ofTanh));
      return back({ dzc, kept: da_next.times(gamma_u) })(da_next, cache);
    },
  },
  {
    name: "old-memory-missing-in-dzu",
    mistake: "dΓu is da⟨t⟩ ∗ c̃⟨t⟩: the −c⟨t−1⟩ of the factor 1 − Γu is missing.",
    hint: "Γu stands in the blend twice.",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) => {
      const { gamma_u, c_tilde } = cache;
      return back({ dzu: da_next.times(c_tilde).times(gamma_u.map(ofSigmoid)) })(da_next, cache);
    },
  },
  {
    name: "dzu-with-plus",
    mistake: "dΓu is da⟨t⟩ ∗ (c̃⟨t⟩ + c⟨t−1⟩): the minus of 1 − Γu is lost.",
    hint: "What is the derivative of 1 − Γu?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) => {
      const { gamma_u, c_tilde, a_prev } = cache;
      const dzu = da_next.times(c_tilde.add(a_prev)).times(gamma_u.map(ofSigmoid));
      return back({ dzu })(da_next, cache);
    },
  },
  {
    name: "dzu-turned-round",
    mistake: "dΓu has the wrong sign: c⟨t−1⟩ − c̃⟨t⟩ in place of c̃⟨t⟩ − c⟨t−1⟩.",
    hint: "Open the gate a little: which of the two does c⟨t⟩ move towards?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) => {
      const { gamma_u, c_tilde, a_prev } = cache;
      const dzu = da_next.times(a_prev.sub(c_tilde)).times(gamma_u.map(ofSigmoid));
      return back({ dzu })(da_next, cache);
    },
  },
  {
    name: "old-memory-missing-in-dzr",
    mistake: "dΓr is dr itself: the factor c⟨t−1⟩ is missing.",
    hint: "Γr ∗ c⟨t−1⟩ is a product: what is its derivative by Γr?",
    caughtBy: "ordinary sizes",
    wrong: () => back({ relevanceFactor: (c) => c.map(() => 1) }),
  },
  {
    name: "dzr-with-the-new-memory",
    mistake: "dΓr was made with c̃⟨t⟩ in place of c⟨t−1⟩.",
    hint: "By what was Γr multiplied in the forward step?",
    caughtBy: "ordinary sizes",
    wrong: () => (da_next, cache) => back({ relevanceFactor: () => cache.c_tilde })(da_next, cache),
  },
  {
    name: "kept-path-missing",
    mistake: "dc⟨t−1⟩ lacks the way through (1 − Γu) ∗ c⟨t−1⟩: the long memory's own.",
    hint: "c⟨t−1⟩ was used in four places. Through which one does it reach c⟨t⟩ without a matrix?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      const kept = da_next.times(rest(cache.gamma_u));
      return { ...answer, da_prev: answer.da_prev.sub(kept) };
    },
  },
  {
    name: "candidate-path-missing",
    mistake: "dc⟨t−1⟩ lacks the way through the candidate.",
    hint: "c⟨t−1⟩ was used in four places. Do you have all of them?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      const { relevant } = ways(da_next, cache);
      return { ...answer, da_prev: answer.da_prev.sub(relevant.times(cache.gamma_r)) };
    },
  },
  {
    name: "gate-paths-missing",
    mistake: "dc⟨t−1⟩ lacks the ways through both gates.",
    hint: "c⟨t−1⟩ was used in four places. Do you have all of them?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      const { update, relevance } = ways(da_next, cache);
      return { ...answer, da_prev: answer.da_prev.sub(update).sub(relevance) };
    },
  },
  {
    name: "update-path-missing",
    mistake: "dc⟨t−1⟩ lacks the way through the update gate.",
    hint: "c⟨t−1⟩ was used in four places. Do you have all of them?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, da_prev: answer.da_prev.sub(ways(da_next, cache).update) };
    },
  },
  {
    name: "relevance-path-missing",
    mistake: "dc⟨t−1⟩ lacks the way through the relevance gate.",
    hint: "c⟨t−1⟩ was used in four places. Do you have all of them?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, da_prev: answer.da_prev.sub(ways(da_next, cache).relevance) };
    },
  },
  {
    name: "candidate-path-without-relevance",
    mistake: "dc⟨t−1⟩ has dr itself in place of Γr ∗ dr.",
    hint: "The candidate did not see c⟨t−1⟩ itself. What did it see?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      const { relevant } = ways(da_next, cache);
      return { ...answer, da_prev: answer.da_prev.add(relevant.times(rest(cache.gamma_r))) };
    },
  },
  {
    name: "update-gate-in-the-kept-path",
    mistake: "The way through the blend has the factor Γu in place of 1 − Γu.",
    hint: "By what was c⟨t−1⟩ multiplied in the blend?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      const more = da_next.times(cache.gamma_u.map((u) => 2 * u - 1));
      return { ...answer, da_prev: answer.da_prev.add(more) };
    },
  },
  {
    name: "da-handed-on",
    mistake: "The way through the blend hands on da⟨t⟩ whole: its factor 1 − Γu is missing.",
    hint: "By what was c⟨t−1⟩ multiplied in the blend?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, da_prev: answer.da_prev.add(da_next.times(cache.gamma_u)) };
    },
  },
  {
    name: "dx-from-the-candidate-only",
    mistake: "dx⟨t⟩ lacks the ways through the gates.",
    hint: "How many of the three products read x⟨t⟩?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      dx_t: ways(da_next, cache).dx_candidate,
    }),
  },
  {
    name: "dx-from-the-gates-only",
    mistake: "dx⟨t⟩ lacks the way through the candidate.",
    hint: "How many of the three products read x⟨t⟩?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      return { ...answer, dx_t: answer.dx_t.sub(ways(da_next, cache).dx_candidate) };
    },
  },
  {
    name: "candidate-weights-from-the-gates-stack",
    mistake: "dWc was made with [c⟨t−1⟩; x⟨t⟩] in place of [Γr ∗ c⟨t−1⟩; x⟨t⟩].",
    hint: "A weight's gradient is made with what that weight has multiplied.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => ({
      ...right(da_next, cache),
      dWc: ways(da_next, cache).dzc.dot(stackRows(cache.a_prev, cache.x_t).T),
    }),
  },
  {
    name: "gate-weights-from-the-candidates-stack",
    mistake: "dWu and dWr were made with [Γr ∗ c⟨t−1⟩; x⟨t⟩] in place of [c⟨t−1⟩; x⟨t⟩].",
    hint: "A weight's gradient is made with what that weight has multiplied.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const { dzu, dzr } = ways(da_next, cache);
      const seen = stackRows(cache.gamma_r.times(cache.a_prev), cache.x_t).T;
      return { ...right(da_next, cache), dWu: dzu.dot(seen), dWr: dzr.dot(seen) };
    },
  },
  {
    name: "stacks-upside-down",
    mistake: "The weights' gradients were made with the input above the memory: [x⟨t⟩; …].",
    hint: "To which of the two do the first n_a columns of Wu belong?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      const n_a = cache.a_prev.rows;
      const turned = (dW: Mat<"n_a", "n_a+n_x">): Mat<"n_a", "n_a+n_x"> => {
        const n_x = dW.cols - n_a;
        return dW.map((_, k, j) => dW.get(k, j < n_x ? n_a + j : j - n_x));
      };
      return {
        ...answer,
        dWu: turned(answer.dWu),
        dWr: turned(answer.dWr),
        dWc: turned(answer.dWc),
      };
    },
  },
  {
    name: "gate-gradients-exchanged",
    mistake: "dWu and dWr (and dbu and dbr) are exchanged.",
    hint: "u is for update, r for relevance: whose dz made which gradient?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const { dWu, dWr, dbu, dbr, ...answer } = right(da_next, cache);
      return { ...answer, dWu: dWr, dWr: dWu, dbu: dbr, dbr: dbu };
    },
  },
  {
    name: "mean-over-examples",
    mistake: "The parameters' gradients were divided by m.",
    hint: "The mean over the examples is in da⟨t⟩ already, if the loss has it; here examples are summed.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) =>
      withParameterGradients(right(da_next, cache), (d) => d.times(1 / da_next.cols)),
  },
  {
    name: "gradient-clipped",
    mistake: "The gradients are clipped to ±5 inside the step.",
    hint: "Clipping belongs between the gradients and the update, not inside the derivative.",
    caughtBy: "large upstream gradient",
    wrong: (right) => (da_next, cache) => {
      const clip = <R extends string, C extends string>(d: Mat<R, C>): Mat<R, C> =>
        d.map((value) => Math.max(-5, Math.min(5, value)));
      const answer = right(da_next, cache);
      return {
        ...withParameterGradients(answer, clip),
        dx_t: clip(answer.dx_t),
        da_prev: clip(answer.da_prev),
      };
    },
  },
  {
    name: "bias-gradients-not-summed",
    mistake: "dbu, dbr and dbc were not summed over the examples: they are dzu, dzr and dzc.",
    hint: "A bias is one column that all examples share; what is the shape of its gradient?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const { dzu, dzr, dzc } = ways(da_next, cache);
      return { ...right(da_next, cache), dbu: dzu, dbr: dzr, dbc: dzc };
    },
  },
  {
    name: "biases-summed-over-units",
    mistake: "dbu, dbr and dbc were summed over the units: one number per example is left.",
    hint: "A bias has an entry for each unit; which of Mat's two sums keeps the units?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const { dzu, dzr, dzc } = ways(da_next, cache);
      return {
        ...right(da_next, cache),
        dbu: dzu.sumRows(),
        dbr: dzr.sumRows(),
        dbc: dzc.sumRows(),
      };
    },
  },
  {
    name: "first-example-only",
    mistake: "The parameters' gradients come from the first example alone.",
    hint: "Every example used the same parameters. How many of them does your gradient hear?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const { dx_t, da_prev } = right(da_next, cache);
      const first = da_next.map((value, _k, i) => (i === 0 ? value : 0));
      return { ...right(first, cache), dx_t, da_prev };
    },
  },
  {
    name: "upstream-ignored",
    mistake: "da⟨t⟩ is not used: the gradients are those of the sum of all units.",
    hint: "The step's answer depends on two arguments. Where does your code use the first?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) =>
      right(
        da_next.map(() => 1),
        cache,
      ),
  },
  {
    name: "written-into-da-next",
    mistake: "dc̃⟨t⟩ was written into da⟨t⟩: the caller's matrix is changed.",
    hint: "Whoever called you may still need the gradient that they gave you.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (da_next, cache) => {
      const answer = right(da_next, cache);
      da_next.data.set(da_next.times(cache.gamma_u).data);
      return answer;
    },
  },
];

/** What the way back may do otherwise than the right one. */
interface Slips {
  readonly tanhSlope?: (c: number) => number;
  readonly updateSlope?: (gate: number) => number;
  readonly relevanceSlope?: (gate: number) => number;
  /** In place of the slopes that `relevanceSlope` makes. */
  readonly relevanceSlopes?: A;
  readonly relevanceFactor?: (a_prev: A) => A;
  readonly dzc?: A;
  readonly dzu?: A;
  /** What comes through (1 − Γu) ∗ c⟨t−1⟩. */
  readonly kept?: A;
}

/** A step back that is right but for its slips. */
function back(slips: Slips): Backward {
  return (da_next, cache) => {
    const { dzu, dzr, dzc, relevant, update, relevance, dx_candidate, dx_gates } = ways(
      da_next,
      cache,
      slips,
    );
    const { x_t, a_prev, gamma_u, gamma_r } = cache;
    const kept = slips.kept ?? da_next.times(rest(gamma_u));
    const stack = stackRows(a_prev, x_t).T;
    return {
      dx_t: dx_candidate.add(dx_gates),
      da_prev: kept.add(relevant.times(gamma_r)).add(update).add(relevance),
      dWu: dzu.dot(stack),
      dWr: dzr.dot(stack),
      dWc: dzc.dot(stackRows(gamma_r.times(a_prev), x_t).T),
      dbu: dzu.sumColumns(),
      dbr: dzr.sumColumns(),
      dbc: dzc.sumColumns(),
    };
  };
}

/** The three dz, and what comes to c⟨t−1⟩ and x⟨t⟩ by each way that has a matrix. */
function ways(da_next: A, cache: GruCache, slips: Slips = {}) {
  const { a_prev, gamma_u, gamma_r, c_tilde, parameters } = cache;
  const { tanhSlope = ofTanh, updateSlope = ofSigmoid, relevanceSlope = ofSigmoid } = slips;
  const { relevanceFactor = (c: A): A => c } = slips;
  const n_a = a_prev.rows;
  const dzc = slips.dzc ?? da_next.times(gamma_u).times(c_tilde.map(tanhSlope));
  const dzu = slips.dzu ?? da_next.times(c_tilde.sub(a_prev)).times(gamma_u.map(updateSlope));
  const [relevant, dx_candidate] = splitRows(parameters.Wc.T.dot(dzc), n_a);
  const slopes = slips.relevanceSlopes ?? gamma_r.map(relevanceSlope);
  const dzr = relevant.times(relevanceFactor(a_prev)).times(slopes);
  const [update, dx_update] = splitRows(parameters.Wu.T.dot(dzu), n_a);
  const [relevance, dx_relevance] = splitRows(parameters.Wr.T.dot(dzr), n_a);
  const dx_gates = dx_update.add(dx_relevance);
  return { dzu, dzr, dzc, relevant, update, relevance, dx_candidate, dx_gates };
}

/** 1 − gate. */
function rest(gate: A): A {
  return gate.map((value) => 1 - value);
}

/** tanh′ of what came out of tanh. */
function ofTanh(c: number): number {
  return 1 - c * c;
}

/** σ′ of what came out of σ. */
function ofSigmoid(gate: number): number {
  return gate * (1 - gate);
}

/** The answer with the six parameters' gradients changed. */
function withParameterGradients(
  answer: GruCellGradients,
  change: <R extends string, C extends string>(d: Mat<R, C>) => Mat<R, C>,
): GruCellGradients {
  const { dWu, dWr, dWc, dbu, dbr, dbc } = answer;
  return {
    ...answer,
    dWu: change(dWu),
    dWr: change(dWr),
    dWc: change(dWc),
    dbu: change(dbu),
    dbr: change(dbr),
    dbc: change(dbc),
  };
}
