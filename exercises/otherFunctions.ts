/** Functions that are taken for another: of a sum, of a state, of a score. */
import { Mat, sigmoid, softmax } from "../src/index.js";
import type { AnyFunction, Family } from "./exercise.js";

/** A function by its words. */
export interface OtherFunction {
  /** Such as "arctan z". */
  readonly words: string;
  readonly of: (value: number) => number;
}

/**
 * The places of a list, by which a family counts its members.
 *
 * @param list - what the family's members are
 * @returns gives 0, 1, …, one a member
 */
export function placesOf(list: readonly unknown[]): () => readonly number[] {
  return () => list.map((_, n) => n);
}

/** In place of tanh z; those that are mistakes of their own are left out. */
export const forTanh: readonly OtherFunction[] = [
  { words: "arctan z", of: Math.atan },
  { words: "cos z", of: Math.cos },
  { words: "sin z", of: Math.sin },
  { words: "cosh z", of: Math.cosh },
  { words: "1/cosh z", of: (z) => 1 / Math.cosh(z) },
  { words: "1/cosh² z, tanh's derivative", of: (z) => 1 / Math.cosh(z) ** 2 },
  { words: "tanh(z/2)", of: (z) => Math.tanh(z / 2) },
  { words: "tanh 2z", of: (z) => Math.tanh(2 * z) },
  { words: "tanh² z", of: (z) => Math.tanh(z) ** 2 },
  { words: "tanh³ z", of: (z) => Math.tanh(z) ** 3 },
  { words: "|tanh z|", of: (z) => Math.abs(Math.tanh(z)) },
  { words: "(1 + tanh z)/2", of: (z) => (1 + Math.tanh(z)) / 2 },
  { words: "1.7159 tanh(2z/3)", of: (z) => 1.7159 * Math.tanh((2 * z) / 3) },
  { words: "z/(1 + |z|)", of: (z) => z / (1 + Math.abs(z)) },
  { words: "z/√(1 + z²)", of: (z) => z / Math.sqrt(1 + z * z) },
  { words: "the sign of z", of: Math.sign },
  { words: "1 where z > 0 and 0 elsewhere", of: (z) => (z > 0 ? 1 : 0) },
  { words: "log(1 + e^z)", of: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) },
  { words: "log(1 + e^z), which overflows", of: (z) => Math.log1p(Math.exp(z)) },
  { words: "e^z", of: Math.exp },
  { words: "e^−z²", of: (z) => Math.exp(-z * z) },
  { words: "|z|", of: Math.abs },
  { words: "z²", of: (z) => z * z },
  { words: "z³", of: (z) => z ** 3 },
  { words: "asinh z", of: Math.asinh },
  { words: "ReLU with the slope 0.01 below 0", of: (z) => (z > 0 ? z : 0.01 * z) },
  { words: "ReLU with the slope 0.1 below 0", of: (z) => (z > 0 ? z : 0.1 * z) },
  { words: "ReLU with the slope 0.2 below 0", of: (z) => (z > 0 ? z : 0.2 * z) },
  { words: "ReLU cut off at 6", of: (z) => Math.min(6, Math.max(0, z)) },
  { words: "ELU", of: (z) => (z > 0 ? z : Math.expm1(z)) },
  { words: "z σ(z)", of: (z) => z / (1 + Math.exp(-z)) },
  { words: "max(0, tanh z)", of: (z) => Math.max(0, Math.tanh(z)) },
];

/** In place of 1 − a², tanh's derivative by the state. */
export const forSlope: readonly OtherFunction[] = [
  { words: "√(1 − a²)", of: (a) => Math.sqrt(Math.max(0, 1 - a * a)) },
  { words: "1 − |a|", of: (a) => 1 - Math.abs(a) },
  { words: "1/(1 + a²)", of: (a) => 1 / (1 + a * a) },
  { words: "1/√(1 − a²)", of: (a) => 1 / Math.sqrt(1 - a * a) },
  { words: "1/(1 − a²)", of: (a) => 1 / (1 - a * a) },
  { words: "cos a", of: Math.cos },
  { words: "1 − sin² a", of: (a) => Math.cos(a) ** 2 },
  { words: "1 − cos² a", of: (a) => Math.sin(a) ** 2 },
  { words: "1/cosh a", of: (a) => 1 / Math.cosh(a) },
  { words: "1 + a", of: (a) => 1 + a },
  { words: "1 − 2a", of: (a) => 1 - 2 * a },
  { words: "1 − 2a²", of: (a) => 1 - 2 * a * a },
  { words: "1 − a²/2", of: (a) => 1 - (a * a) / 2 },
  { words: "1 − a³", of: (a) => 1 - a ** 3 },
  { words: "a", of: (a) => a },
  { words: "2a", of: (a) => 2 * a },
  { words: "|a|", of: Math.abs },
  { words: "(1 + a)²", of: (a) => (1 + a) ** 2 },
  { words: "(1 + a)/2", of: (a) => (1 + a) / 2 },
  { words: "e^−a²", of: (a) => Math.exp(-a * a) },
  { words: "σ(a)(1 − σ(a))", of: (a) => Math.exp(-a) / (1 + Math.exp(-a)) ** 2 },
  { words: "a(1 + a)", of: (a) => a * (1 + a) },
  { words: "a(1 − a²)", of: (a) => a * (1 - a * a) },
  { words: "1 where a < 0 and 0 elsewhere", of: (a) => (a < 0 ? 1 : 0) },
];

/** In place of σ(z), for a gate. */
const forSigmoid: readonly OtherFunction[] = [
  { words: "tanh z", of: Math.tanh },
  { words: "1 − σ(z)", of: (z) => 1 / (1 + Math.exp(z)) },
  { words: "ReLU", of: (z) => Math.max(0, z) },
  { words: "z itself", of: (z) => z },
  { words: "a hard sigmoid, 0.2 z + 0.5", of: (z) => Math.min(1, Math.max(0, 0.2 * z + 0.5)) },
  { words: "a hard sigmoid, z/6 + 0.5", of: (z) => Math.min(1, Math.max(0, z / 6 + 0.5)) },
  { words: "σ(2z)", of: (z) => 1 / (1 + Math.exp(-2 * z)) },
  { words: "σ(z/2)", of: (z) => 1 / (1 + Math.exp(-z / 2)) },
  { words: "σ(z) a second time", of: (z) => 1 / (1 + Math.exp(-1 / (1 + Math.exp(-z)))) },
  { words: "1 where z > 0 and 0 elsewhere", of: (z) => (z > 0 ? 1 : 0) },
  { words: "z/(1 + |z|)", of: (z) => z / (1 + Math.abs(z)) },
];

/**
 * Gates and candidate of a cell, each made with another function.
 *
 * @param gates - the gates' letters, as in Γu
 * @returns whose function it is ("c" is the candidate), a sentence, and the function
 */
export function otherGates<G extends string>(
  gates: readonly G[],
): readonly (OtherFunction & { readonly gate: G | "c" })[] {
  return [
    ...gates.flatMap((gate) =>
      forSigmoid.map(({ words, of }) => ({
        gate,
        words: `Γ${gate} is made with ${words} in place of σ(z).`,
        of,
      })),
    ),
    ...forTanh.map(({ words, of }) => ({
      gate: "c" as const,
      words: `c̃⟨t⟩ is made with ${words} in place of tanh z.`,
      of,
    })),
  ];
}

/** In place of e^z, each then divided by the sum over a column. */
export const forExponential: readonly OtherFunction[] = [
  { words: "2^z", of: (z) => 2 ** z },
  { words: "10^z", of: (z) => 10 ** z },
  { words: "z²", of: (z) => z * z },
  { words: "z itself", of: (z) => z },
  { words: "|z|", of: Math.abs },
  { words: "max(0, z)", of: (z) => Math.max(0, z) },
  { words: "σ(z)", of: (z) => 1 / (1 + Math.exp(-z)) },
  { words: "log(1 + e^z)", of: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) },
  { words: "1 + e^z", of: (z) => 1 + Math.exp(z) },
  { words: "1 + tanh z", of: (z) => 1 + Math.tanh(z) },
  { words: "e^z − 1", of: Math.expm1 },
];

/** In place of the softmax of scores, column by column, by a sentence. */
const forSoftmax: readonly {
  readonly words: string;
  readonly of: (z: Mat<"n_y", "m">) => Mat<"n_y", "m">;
}[] = [
  {
    words: "The scores went through σ before the softmax.",
    of: (z) => softmax(sigmoid(z)),
  },
  {
    words: "The scores went through tanh before the softmax.",
    of: (z) => softmax(z.map(Math.tanh)),
  },
  {
    words: "The scores went through ReLU before the softmax.",
    of: (z) => softmax(z.map((value) => Math.max(0, value))),
  },
  {
    words: "The softmax was taken of the scores' absolute values.",
    of: (z) => softmax(z.map(Math.abs)),
  },
  { words: "The softmax was taken of −z.", of: (z) => softmax(z.times(-1)) },
  {
    words: "The powers were not divided by their sum, but by the largest of them or by nothing.",
    of: (z) => powersBelow(z, (powers) => Math.max(...powers)),
  },
  {
    words: "The powers were divided by their number in place of their sum.",
    of: (z) => powersBelow(z, (powers) => powers.length),
  },
  {
    words: "The powers were divided by their length as a vector in place of their sum.",
    of: (z) => powersBelow(z, (powers) => Math.hypot(...powers)),
  },
  {
    words: "In the softmax stands 2^z in place of e^z.",
    of: (z) => softmax(z.times(Math.LN2)),
  },
  {
    words: "In the softmax stands 10^z in place of e^z.",
    of: (z) => softmax(z.times(Math.LN10)),
  },
];

/**
 * The family of cells whose prediction takes another softmax of its scores.
 *
 * @param wrong - the cell with it
 * @returns a family that is told alone
 */
export function otherSoftmax<F extends AnyFunction>(
  wrong: (
    right: F,
    softmaxOf: (z: Mat<"n_y", "m">) => Mat<"n_y", "m">,
  ) => ReturnType<Family<F>["wrong"]>,
): Family<F> {
  return {
    name: "another-softmax",
    mistake: (k) => forSoftmax[k]!.words,
    hint: "Which function makes probabilities of scores, and of what is it taken?",
    constants: placesOf(forSoftmax),
    isAlone: true,
    wrong: (right, k) => wrong(right, forSoftmax[k]!.of),
  };
}

/** e^(z − max z), divided by what is made of a column's. */
function powersBelow(
  z: Mat<"n_y", "m">,
  below: (powers: readonly number[]) => number,
): Mat<"n_y", "m"> {
  const columns = Array.from({ length: z.cols }, (_, i) => {
    const scores = Array.from(z.column(i).data);
    const largest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - largest));
    const divisor = below(powers);
    return powers.map((power) => power / divisor);
  });
  return Mat.build(z.rows, z.cols, (k, i) => columns[i]![k]!);
}

/** In place of −log p, for the probability p of the label. */
export const forMinusLog: readonly OtherFunction[] = [
  { words: "e^−p", of: (p) => Math.exp(-p) },
  { words: "1/p", of: (p) => 1 / p },
  { words: "1/p − 1", of: (p) => 1 / p - 1 },
  { words: "−log(1 + p)", of: (p) => -Math.log1p(p) },
  { words: "log(1 + p)", of: Math.log1p },
  { words: "−p log p", of: (p) => (p === 0 ? 0 : -p * Math.log(p)) },
  { words: "√(1 − p)", of: (p) => Math.sqrt(1 - p) },
  { words: "1 − p²", of: (p) => 1 - p * p },
  { words: "−√p", of: (p) => -Math.sqrt(p) },
  { words: "1 − √p", of: (p) => 1 - Math.sqrt(p) },
  { words: "−p", of: (p) => -p },
  { words: "(log p)²", of: (p) => Math.log(p) ** 2 },
];

/**
 * Factors as people put them where none belongs.
 *
 * @returns 0.5, 2, 0.1, …
 */
export function plainFactors(): readonly number[] {
  return [0.5, 2, 0.1, 0.9, 0.99, 0.25, 3];
}
