/**
 * One step of the basic RNN, forward and backward side by side (course 5 week 1; lesson 02, 04).
 *
 *   a⟨t⟩ = tanh(Wax x⟨t⟩ + Waa a⟨t−1⟩ + ba)          g1 = tanh
 *   ŷ⟨t⟩ = softmax(Wya a⟨t⟩ + by)                     g2 = softmax, or sigmoid for 0/1 labels
 */
import { type Activation, softmax, tanh, tanhSlope } from "../core/activations.js";
import { requireRecord } from "../core/arguments.js";
import { checkShapes, Mat, stackColumns, stackRows } from "../core/matrix.js";
import { type Random, randomNormal } from "../core/random.js";
import { requireCellSizes } from "./cellSizes.js";
import { type PaddedStep, requireWholeStep } from "./paddedStep.js";

/** The parameters that all steps share. */
export interface RnnParameters {
  /** From the input to the state, (n_a, n_x). */
  readonly Wax: Mat<"n_a", "n_x">;
  /** From the state to the next state, (n_a, n_a). */
  readonly Waa: Mat<"n_a", "n_a">;
  /** From the state to the output, (n_y, n_a). */
  readonly Wya: Mat<"n_y", "n_a">;
  /** The state's bias, (n_a, 1). */
  readonly ba: Mat<"n_a", "1">;
  /** The output's bias, (n_y, 1). */
  readonly by: Mat<"n_y", "1">;
}

/** What a backward step needs of its forward step. */
export interface RnnCache extends PaddedStep {
  readonly x_t: Mat<"n_x", "m">;
  readonly a_prev: Mat<"n_a", "m">;
  readonly a_next: Mat<"n_a", "m">;
  readonly parameters: RnnParameters;
}

/** The result of one forward step. */
export interface RnnStep {
  /** The new state a⟨t⟩, (n_a, m). */
  readonly a_next: Mat<"n_a", "m">;
  /** The prediction ŷ⟨t⟩, (n_y, m). */
  readonly yhat_t: Mat<"n_y", "m">;
  readonly cache: RnnCache;
}

/** A forward step: the library's own or a learner's. */
export type RnnCell = (
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: RnnParameters,
) => RnnStep;

/** The gradients of one backward step. */
export interface RnnCellGradients {
  /** ∂L/∂x⟨t⟩, (n_x, m). */
  readonly dx_t: Mat<"n_x", "m">;
  /** ∂L/∂a⟨t−1⟩, (n_a, m). */
  readonly da_prev: Mat<"n_a", "m">;
  /** ∂L/∂Wax, (n_a, n_x). */
  readonly dWax: Mat<"n_a", "n_x">;
  /** ∂L/∂Waa, (n_a, n_a). */
  readonly dWaa: Mat<"n_a", "n_a">;
  /** ∂L/∂ba, (n_a, 1). */
  readonly dba: Mat<"n_a", "1">;
}

/** The gradients of all parameters of an RNN, under their names with a d in front. */
export interface RnnGradients {
  readonly dWax: Mat<"n_a", "n_x">;
  readonly dWaa: Mat<"n_a", "n_a">;
  readonly dWya: Mat<"n_y", "n_a">;
  readonly dba: Mat<"n_a", "1">;
  readonly dby: Mat<"n_y", "1">;
}

/** A backward step: the library's own or a learner's. */
export type RnnCellBackward = (da_next: Mat<"n_a", "m">, cache: RnnCache) => RnnCellGradients;

/**
 * One step of the RNN: a⟨t⟩ = tanh(Wax x⟨t⟩ + Waa a⟨t−1⟩ + ba), ŷ⟨t⟩ = g2(Wya a⟨t⟩ + by).
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state before, a⟨t−1⟩, (n_a, m)
 * @param parameters - Wax, Waa, Wya, ba, by
 * @param g2 - the output's activation; softmax unless said
 * @returns a⟨t⟩, (n_a, m), ŷ⟨t⟩, (n_y, m), and the cache for {@link rnnCellBackward}
 * @throws ShapeError that names both shapes when they do not fit
 */
export function rnnCellForward(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: RnnParameters,
  g2: Activation = softmax,
): RnnStep {
  requireRecord("rnnCellForward", "parameters", parameters);
  const { Wax, Waa, Wya, ba, by } = parameters;
  checkShapes("rnnCellForward", {
    x_t: [x_t, "n_x", "m"],
    a_prev: [a_prev, "n_a", "m"],
    Wax: [Wax, "n_a", "n_x"],
    Waa: [Waa, "n_a", "n_a"],
    Wya: [Wya, "n_y", "n_a"],
    ba: [ba, "n_a", "1"],
    by: [by, "n_y", "1"],
  });
  const a_next = tanh(Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba)); // a⟨t⟩ = tanh(Wax x⟨t⟩ + Waa a⟨t−1⟩ + ba)
  const yhat_t = g2(Wya.dot(a_next).add(by)); //                     ŷ⟨t⟩ = g2(Wya a⟨t⟩ + by)
  return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } };
}

/**
 * The step backwards: from ∂L/∂a⟨t⟩ to the gradients of everything that a⟨t⟩ was made of.
 *
 * With z⟨t⟩ = Wax x⟨t⟩ + Waa a⟨t−1⟩ + ba and tanh′(z) = 1 − tanh²(z):
 * dz = (1 − a⟨t⟩²) ∗ da⟨t⟩, dWax = dz x⟨t⟩ᵀ, dWaa = dz a⟨t−1⟩ᵀ, dba = Σ_i dz⁽ⁱ⁾,
 * dx⟨t⟩ = Waxᵀ dz, da⟨t−1⟩ = Waaᵀ dz. Gradients are sums over the examples.
 *
 * @param da_next - ∂L/∂a⟨t⟩: from this step's output and from the step after, (n_a, m)
 * @param cache - what {@link rnnCellForward} returned
 * @returns the gradients under their names, each of the shape of what it belongs to
 * @throws ShapeError when da_next or what the cache holds does not fit a⟨t⟩'s shape; OutOfRangeError when the step
 *   was padded
 */
export function rnnCellBackward(da_next: Mat<"n_a", "m">, cache: RnnCache): RnnCellGradients {
  requireRecord("rnnCellBackward", "cache", cache);
  const { x_t, a_prev, a_next, parameters } = cache;
  requireRecord("rnnCellBackward", "cache.parameters", parameters);
  const { Wax, Waa } = parameters;
  requireWholeStep("rnnCellBackward", cache, "rnnBackward");
  checkShapes("rnnCellBackward", {
    a_next: [a_next, "n_a", "m"],
    da_next: [da_next, "n_a", "m"],
    x_t: [x_t, "n_x", "m"],
    a_prev: [a_prev, "n_a", "m"],
    Wax: [Wax, "n_a", "n_x"],
    Waa: [Waa, "n_a", "n_a"],
  });
  const dz = da_next.times(a_next.map(tanhSlope)); // dz = (1 − a⟨t⟩²) ∗ da⟨t⟩
  return {
    dx_t: Wax.Tdot(dz), //        dx⟨t⟩   = Waxᵀ dz
    da_prev: Waa.Tdot(dz), //     da⟨t−1⟩ = Waaᵀ dz
    dWax: dz.dot(x_t.T), //       dWax    = dz x⟨t⟩ᵀ
    dWaa: dz.dot(a_prev.T), //    dWaa    = dz a⟨t−1⟩ᵀ
    dba: dz.sumColumns(), //      dba     = Σ_i dz⁽ⁱ⁾
  };
}

/**
 * W_a = [W_aa | W_ax], (n_a, n_a + n_x): both matrices in one, for the stack [a⟨t−1⟩; x⟨t⟩].
 *
 * @param Waa - from state to state, (n_a, n_a)
 * @param Wax - from input to state, (n_a, n_x)
 * @returns (n_a, n_a + n_x)
 * @throws ShapeError when the two differ in rows, or Waa is not square
 */
export function stackWeights(
  Waa: Mat<"n_a", "n_a">,
  Wax: Mat<"n_a", "n_x">,
): Mat<"n_a", "n_a+n_x"> {
  checkShapes("stackWeights", { Waa: [Waa, "n_a", "n_a"], Wax: [Wax, "n_a", "n_x"] });
  return stackColumns(Waa, Wax);
}

/**
 * The step in its stacked form, a⟨t⟩ = tanh(W_a [a⟨t−1⟩; x⟨t⟩] + ba): the same numbers as
 * {@link rnnCellForward}'s. W_a's parts stand side by side, the vectors one above the other.
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state before, a⟨t−1⟩, (n_a, m)
 * @param parameters - Wa, (n_a, n_a + n_x); Wya, (n_y, n_a); ba, (n_a, 1); by, (n_y, 1)
 * @returns a⟨t⟩, (n_a, m), and ŷ⟨t⟩ = softmax(Wya a⟨t⟩ + by), (n_y, m)
 * @throws ShapeError that names both shapes when they do not fit
 */
export function rnnCellForwardStacked(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: {
    readonly Wa: Mat<"n_a", "n_a+n_x">;
    readonly Wya: Mat<"n_y", "n_a">;
    readonly ba: Mat<"n_a", "1">;
    readonly by: Mat<"n_y", "1">;
  },
): { readonly a_next: Mat<"n_a", "m">; readonly yhat_t: Mat<"n_y", "m"> } {
  requireRecord("rnnCellForwardStacked", "parameters", parameters);
  const { Wa, Wya, ba, by } = parameters;
  const ax_t = stackRows(a_prev, x_t); // [a⟨t−1⟩; x⟨t⟩]
  checkShapes("rnnCellForwardStacked", {
    "[a_prev; x_t]": [ax_t, "n_a+n_x", "m"],
    Wa: [Wa, "n_a", "n_a+n_x"],
    a_prev: [a_prev, "n_a", "m"],
    Wya: [Wya, "n_y", "n_a"],
    ba: [ba, "n_a", "1"],
    by: [by, "n_y", "1"],
  });
  const a_next = tanh(Wa.dot(ax_t).add(ba)); //        a⟨t⟩ = tanh(W_a [a⟨t−1⟩; x⟨t⟩] + ba)
  const yhat_t = softmax(Wya.dot(a_next).add(by)); //  ŷ⟨t⟩ = softmax(Wya a⟨t⟩ + by)
  return { a_next, yhat_t };
}

/**
 * Parameters to start training from: normal weights with the given standard deviation
 * (1/√(number of inputs) unless said), biases zero.
 *
 * @param sizes - n_x, n_a and n_y
 * @param random - where the weights come from
 * @param scale - the weights' standard deviation; 1/√(number of inputs) unless said
 * @returns Wax, Waa, Wya, ba, by
 * @throws OutOfRangeError for sizes that are no whole numbers of at least 1 (n_y: 0) and for a scale that is
 *   negative or not finite
 */
export function initializeRnn(
  sizes: { readonly n_x: number; readonly n_a: number; readonly n_y: number },
  random: Random,
  scale?: number,
): RnnParameters {
  requireCellSizes("initializeRnn", sizes);
  const { n_x, n_a, n_y } = sizes;
  return {
    Wax: randomNormal(n_a, n_x, random, scale ?? 1 / Math.sqrt(n_x)),
    Waa: randomNormal(n_a, n_a, random, scale ?? 1 / Math.sqrt(n_a)),
    Wya: randomNormal(n_y, n_a, random, scale ?? 1 / Math.sqrt(n_a)),
    ba: Mat.zeros(n_a, 1),
    by: Mat.zeros(n_y, 1),
  };
}
