/**
 * One step of the GRU, forward and backward side by side (course 5 week 1; lesson 08).
 *
 *   Γu = σ(Wu [c⟨t−1⟩; x⟨t⟩] + bu)                    update gate: how much is written anew
 *   Γr = σ(Wr [c⟨t−1⟩; x⟨t⟩] + br)                    relevance gate: how much of c⟨t−1⟩ counts for c̃⟨t⟩
 *   c̃⟨t⟩ = tanh(Wc [Γr ∗ c⟨t−1⟩; x⟨t⟩] + bc)           the candidate
 *   c⟨t⟩ = Γu ∗ c̃⟨t⟩ + (1 − Γu) ∗ c⟨t−1⟩,  a⟨t⟩ = c⟨t⟩  the memory is the state
 *   ŷ⟨t⟩ = g2(Wya c⟨t⟩ + by)
 *
 * This is the course's GRU (Cho et al. 2014, with Γu for their 1 − z): Γr scales c⟨t−1⟩ before the
 * product with Wc. PyTorch's scales the product, which is another function.
 */
import {
  type Activation,
  sigmoid,
  sigmoidSlope,
  softmax,
  tanh,
  tanhSlope,
} from "../core/activations.js";
import { requireRecord } from "../core/arguments.js";
import { checkShapes, Mat, splitRows, stackRows } from "../core/matrix.js";
import { type Random, randomNormal } from "../core/random.js";
import { requireCellSizes, stackedShapes } from "./cellSizes.js";
import { type PaddedStep, requireWholeStep } from "./paddedStep.js";

/** The parameters that all steps share. The weights' first n_a columns belong to c⟨t−1⟩. */
export interface GruParameters {
  /** Of the update gate, (n_a, n_a + n_x). */
  readonly Wu: Mat<"n_a", "n_a+n_x">;
  /** Of the relevance gate, (n_a, n_a + n_x). */
  readonly Wr: Mat<"n_a", "n_a+n_x">;
  /** Of the candidate, (n_a, n_a + n_x). */
  readonly Wc: Mat<"n_a", "n_a+n_x">;
  /** The update gate's bias, (n_a, 1). */
  readonly bu: Mat<"n_a", "1">;
  /** The relevance gate's bias, (n_a, 1). */
  readonly br: Mat<"n_a", "1">;
  /** The candidate's bias, (n_a, 1). */
  readonly bc: Mat<"n_a", "1">;
  /** From the state to the output, (n_y, n_a). */
  readonly Wya: Mat<"n_y", "n_a">;
  /** The output's bias, (n_y, 1). */
  readonly by: Mat<"n_y", "1">;
}

/** What a backward step needs of its forward step. */
export interface GruCache extends PaddedStep {
  readonly x_t: Mat<"n_x", "m">;
  /** a⟨t−1⟩ = c⟨t−1⟩, (n_a, m). */
  readonly a_prev: Mat<"n_a", "m">;
  /** Γu, (n_a, m). */
  readonly gamma_u: Mat<"n_a", "m">;
  /** Γr, (n_a, m). */
  readonly gamma_r: Mat<"n_a", "m">;
  /** c̃⟨t⟩, (n_a, m). */
  readonly c_tilde: Mat<"n_a", "m">;
  readonly parameters: GruParameters;
}

/** The result of one forward step. */
export interface GruStep {
  /** The new state a⟨t⟩ = c⟨t⟩, (n_a, m). */
  readonly a_next: Mat<"n_a", "m">;
  /** The prediction ŷ⟨t⟩, (n_y, m). */
  readonly yhat_t: Mat<"n_y", "m">;
  readonly cache: GruCache;
}

/** A forward step: the library's own or a learner's. */
export type GruCell = (
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: GruParameters,
) => GruStep;

/** The gradients of one backward step. */
export interface GruCellGradients {
  /** ∂L/∂x⟨t⟩, (n_x, m). */
  readonly dx_t: Mat<"n_x", "m">;
  /** ∂L/∂a⟨t−1⟩, (n_a, m). */
  readonly da_prev: Mat<"n_a", "m">;
  /** ∂L/∂Wu, (n_a, n_a + n_x). */
  readonly dWu: Mat<"n_a", "n_a+n_x">;
  /** ∂L/∂Wr, (n_a, n_a + n_x). */
  readonly dWr: Mat<"n_a", "n_a+n_x">;
  /** ∂L/∂Wc, (n_a, n_a + n_x). */
  readonly dWc: Mat<"n_a", "n_a+n_x">;
  /** ∂L/∂bu, (n_a, 1). */
  readonly dbu: Mat<"n_a", "1">;
  /** ∂L/∂br, (n_a, 1). */
  readonly dbr: Mat<"n_a", "1">;
  /** ∂L/∂bc, (n_a, 1). */
  readonly dbc: Mat<"n_a", "1">;
}

/** A backward step: the library's own or a learner's. */
export type GruCellBackward = (da_next: Mat<"n_a", "m">, cache: GruCache) => GruCellGradients;

/**
 * One step of the GRU: c⟨t⟩ = Γu ∗ c̃⟨t⟩ + (1 − Γu) ∗ c⟨t−1⟩, a⟨t⟩ = c⟨t⟩, ŷ⟨t⟩ = g2(Wya a⟨t⟩ + by),
 * with the gates Γu, Γr = σ(W [c⟨t−1⟩; x⟨t⟩] + b) and c̃⟨t⟩ = tanh(Wc [Γr ∗ c⟨t−1⟩; x⟨t⟩] + bc).
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state before, a⟨t−1⟩ = c⟨t−1⟩, (n_a, m)
 * @param parameters - Wu, Wr, Wc, bu, br, bc, Wya, by
 * @param g2 - the output's activation; softmax unless said
 * @returns a⟨t⟩, (n_a, m), ŷ⟨t⟩, (n_y, m), and the cache for {@link gruCellBackward}
 * @throws ShapeError that names both shapes when they do not fit
 */
export function gruCellForward(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: GruParameters,
  g2: Activation = softmax,
): GruStep {
  requireRecord("gruCellForward", "parameters", parameters);
  const { Wu, Wr, Wc, bu, br, bc, Wya, by } = parameters;
  checkShapes("gruCellForward", { x_t: [x_t, "n_x", "m"], a_prev: [a_prev, "n_a", "m"] });
  const ax_t = stackRows(a_prev, x_t); // [c⟨t−1⟩; x⟨t⟩]
  checkShapes("gruCellForward", {
    ...stackedShapes(ax_t, a_prev, { Wu, Wr, Wc }),
    bu: [bu, "n_a", "1"],
    br: [br, "n_a", "1"],
    bc: [bc, "n_a", "1"],
    Wya: [Wya, "n_y", "n_a"],
    by: [by, "n_y", "1"],
  });
  const gamma_u = sigmoid(Wu.dot(ax_t).add(bu)); //                           Γu = σ(Wu [c⟨t−1⟩; x⟨t⟩] + bu)
  const gamma_r = sigmoid(Wr.dot(ax_t).add(br)); //                           Γr = σ(Wr [c⟨t−1⟩; x⟨t⟩] + br)
  const relevant = stackRows(gamma_r.times(a_prev), x_t); //                  [Γr ∗ c⟨t−1⟩; x⟨t⟩]
  const c_tilde = tanh(Wc.dot(relevant).add(bc)); //                          c̃⟨t⟩ = tanh(Wc [Γr ∗ c⟨t−1⟩; x⟨t⟩] + bc)
  const kept = gamma_u.map((u) => 1 - u).times(a_prev); //                    (1 − Γu) ∗ c⟨t−1⟩
  const a_next = gamma_u.times(c_tilde).add(kept); //                         c⟨t⟩ = Γu ∗ c̃⟨t⟩ + (1 − Γu) ∗ c⟨t−1⟩
  const yhat_t = g2(Wya.dot(a_next).add(by)); //                              ŷ⟨t⟩ = g2(Wya c⟨t⟩ + by)
  return { a_next, yhat_t, cache: { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters } };
}

/**
 * The step backwards: from ∂L/∂a⟨t⟩ to the gradients of everything that a⟨t⟩ was made of.
 *
 * With σ′ = Γ(1 − Γ) and tanh′ = 1 − c̃², and z the scores inside σ and tanh:
 * dzu = da⟨t⟩ ∗ (c̃⟨t⟩ − c⟨t−1⟩) ∗ Γu(1 − Γu), dzc = da⟨t⟩ ∗ Γu ∗ (1 − c̃⟨t⟩²),
 * [dr; dx] = Wcᵀ dzc, dzr = dr ∗ c⟨t−1⟩ ∗ Γr(1 − Γr), and dW = dz [ … ]ᵀ, db = Σ_i dz⁽ⁱ⁾ each.
 * Gradients are sums over the examples.
 *
 * @param da_next - ∂L/∂a⟨t⟩: from this step's output and from the step after, (n_a, m)
 * @param cache - what {@link gruCellForward} returned
 * @returns the gradients under their names, each of the shape of what it belongs to
 * @throws ShapeError when da_next or what the cache holds does not fit a⟨t⟩'s shape; OutOfRangeError when the step
 *   was padded
 */
export function gruCellBackward(da_next: Mat<"n_a", "m">, cache: GruCache): GruCellGradients {
  requireRecord("gruCellBackward", "cache", cache);
  const { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters } = cache;
  requireRecord("gruCellBackward", "cache.parameters", parameters);
  const { Wu, Wr, Wc } = parameters;
  requireWholeStep("gruCellBackward", cache, "gruBackward");
  checkShapes("gruCellBackward", {
    a_prev: [a_prev, "n_a", "m"],
    da_next: [da_next, "n_a", "m"],
    x_t: [x_t, "n_x", "m"],
    gamma_u: [gamma_u, "n_a", "m"],
    gamma_r: [gamma_r, "n_a", "m"],
    c_tilde: [c_tilde, "n_a", "m"],
  });
  const ax_t = stackRows(a_prev, x_t); //                                     [c⟨t−1⟩; x⟨t⟩]
  checkShapes("gruCellBackward", stackedShapes(ax_t, a_prev, { Wu, Wr, Wc }));
  const n_a = a_prev.rows;
  const relevant = stackRows(gamma_r.times(a_prev), x_t); //                  [Γr ∗ c⟨t−1⟩; x⟨t⟩]

  const dc_tilde = da_next.times(gamma_u); //                                 dc̃⟨t⟩ = da⟨t⟩ ∗ Γu
  const dgamma_u = da_next.times(c_tilde.sub(a_prev)); //                     dΓu = da⟨t⟩ ∗ (c̃⟨t⟩ − c⟨t−1⟩)
  const dzc = dc_tilde.times(c_tilde.map(tanhSlope)); //                      dzc = dc̃⟨t⟩ ∗ (1 − c̃⟨t⟩²)
  const [drelevant, dx_c] = splitRows(Wc.Tdot(dzc), n_a); //                  d[Γr ∗ c⟨t−1⟩; x⟨t⟩] = Wcᵀ dzc
  const dgamma_r = drelevant.times(a_prev); //                                dΓr = d(Γr ∗ c⟨t−1⟩) ∗ c⟨t−1⟩
  const dzu = dgamma_u.times(gamma_u.map(sigmoidSlope)); //                   dzu = dΓu ∗ Γu(1 − Γu)
  const dzr = dgamma_r.times(gamma_r.map(sigmoidSlope)); //                   dzr = dΓr ∗ Γr(1 − Γr)
  const [da_gates, dx_gates] = splitRows(Wu.Tdot(dzu).add(Wr.Tdot(dzr)), n_a); // d[c⟨t−1⟩; x⟨t⟩] = Wuᵀ dzu + Wrᵀ dzr
  const da_kept = da_next.times(gamma_u.map((u) => 1 - u)); //                through (1 − Γu) ∗ c⟨t−1⟩
  return {
    dx_t: dx_gates.add(dx_c), //                                              dx⟨t⟩   = both products' parts
    da_prev: da_kept.add(drelevant.times(gamma_r)).add(da_gates), //          da⟨t−1⟩ = kept + relevant + gates
    dWu: dzu.dot(ax_t.T), //                                                  dWu = dzu [c⟨t−1⟩; x⟨t⟩]ᵀ
    dWr: dzr.dot(ax_t.T), //                                                  dWr = dzr [c⟨t−1⟩; x⟨t⟩]ᵀ
    dWc: dzc.dot(relevant.T), //                                              dWc = dzc [Γr ∗ c⟨t−1⟩; x⟨t⟩]ᵀ
    dbu: dzu.sumColumns(), //                                                 dbu = Σ_i dzu⁽ⁱ⁾
    dbr: dzr.sumColumns(), //                                                 dbr = Σ_i dzr⁽ⁱ⁾
    dbc: dzc.sumColumns(), //                                                 dbc = Σ_i dzc⁽ⁱ⁾
  };
}

/**
 * Parameters to start training from: normal weights with the given standard deviation
 * (1/√(number of inputs) unless said), biases zero.
 *
 * @param sizes - n_x, n_a and n_y
 * @param random - where the weights come from
 * @param scale - the weights' standard deviation; 1/√(number of inputs) unless said
 * @returns Wu, Wr, Wc, bu, br, bc, Wya, by
 * @throws OutOfRangeError for sizes that are no whole numbers of at least 1 (n_y: 0) and for a scale that is
 *   negative or not finite
 */
export function initializeGru(
  sizes: { readonly n_x: number; readonly n_a: number; readonly n_y: number },
  random: Random,
  scale?: number,
): GruParameters {
  requireCellSizes("initializeGru", sizes);
  const { n_x, n_a, n_y } = sizes;
  const weights = (): Mat<"n_a", "n_a+n_x"> =>
    randomNormal(n_a, n_a + n_x, random, scale ?? 1 / Math.sqrt(n_a + n_x));
  return {
    Wu: weights(),
    Wr: weights(),
    Wc: weights(),
    bu: Mat.zeros(n_a, 1),
    br: Mat.zeros(n_a, 1),
    bc: Mat.zeros(n_a, 1),
    Wya: randomNormal(n_y, n_a, random, scale ?? 1 / Math.sqrt(n_a)),
    by: Mat.zeros(n_y, 1),
  };
}
