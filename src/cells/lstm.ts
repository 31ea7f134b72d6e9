/**
 * One step of the LSTM, forward and backward side by side (course 5 week 1; lesson 09).
 *
 *   Γf = σ(Wf [a⟨t−1⟩; x⟨t⟩] + bf)                    forget gate: how much of c⟨t−1⟩ stays
 *   Γu = σ(Wu [a⟨t−1⟩; x⟨t⟩] + bu)                    update gate: how much of c̃⟨t⟩ is written
 *   Γo = σ(Wo [a⟨t−1⟩; x⟨t⟩] + bo)                    output gate: how much of c⟨t⟩ shows
 *   c̃⟨t⟩ = tanh(Wc [a⟨t−1⟩; x⟨t⟩] + bc)                the candidate
 *   c⟨t⟩ = Γu ∗ c̃⟨t⟩ + Γf ∗ c⟨t−1⟩                      the memory
 *   a⟨t⟩ = Γo ∗ tanh(c⟨t⟩),  ŷ⟨t⟩ = g2(Wya a⟨t⟩ + by)
 *
 * (Hochreiter and Schmidhuber 1997; the forget gate is Gers et al. 2000.) Wu and bu are what
 * Coursera's assignment calls Wi and bi, and many papers the input gate's.
 */
import {
  type Activation,
  sigmoid,
  sigmoidSlope,
  softmax,
  tanh,
  tanhSlope,
} from "../core/activations.js";
import { requireNumber, requireOptions, requireRecord } from "../core/arguments.js";
import { checkShapes, Mat, splitRows, stackRows } from "../core/matrix.js";
import { type Random, randomNormal } from "../core/random.js";
import { requireCellSizes, stackedShapes } from "./cellSizes.js";
import { type PaddedStep, requireWholeStep } from "./paddedStep.js";

/** The parameters that all steps share. The weights' first n_a columns belong to a⟨t−1⟩. */
export interface LstmParameters {
  /** Of the forget gate, (n_a, n_a + n_x). */
  readonly Wf: Mat<"n_a", "n_a+n_x">;
  /** Of the update gate (Coursera's Wi), (n_a, n_a + n_x). */
  readonly Wu: Mat<"n_a", "n_a+n_x">;
  /** Of the candidate, (n_a, n_a + n_x). */
  readonly Wc: Mat<"n_a", "n_a+n_x">;
  /** Of the output gate, (n_a, n_a + n_x). */
  readonly Wo: Mat<"n_a", "n_a+n_x">;
  /** The forget gate's bias, (n_a, 1). */
  readonly bf: Mat<"n_a", "1">;
  /** The update gate's bias (Coursera's bi), (n_a, 1). */
  readonly bu: Mat<"n_a", "1">;
  /** The candidate's bias, (n_a, 1). */
  readonly bc: Mat<"n_a", "1">;
  /** The output gate's bias, (n_a, 1). */
  readonly bo: Mat<"n_a", "1">;
  /** From the state to the output, (n_y, n_a). */
  readonly Wya: Mat<"n_y", "n_a">;
  /** The output's bias, (n_y, 1). */
  readonly by: Mat<"n_y", "1">;
}

/** What a backward step needs of its forward step. */
export interface LstmCache extends PaddedStep {
  readonly x_t: Mat<"n_x", "m">;
  readonly a_prev: Mat<"n_a", "m">;
  readonly c_prev: Mat<"n_a", "m">;
  /** Γf, (n_a, m). */
  readonly gamma_f: Mat<"n_a", "m">;
  /** Γu, (n_a, m). */
  readonly gamma_u: Mat<"n_a", "m">;
  /** Γo, (n_a, m). */
  readonly gamma_o: Mat<"n_a", "m">;
  /** c̃⟨t⟩, (n_a, m). */
  readonly c_tilde: Mat<"n_a", "m">;
  /** c⟨t⟩, (n_a, m). */
  readonly c_next: Mat<"n_a", "m">;
  readonly parameters: LstmParameters;
}

/** The result of one forward step. */
export interface LstmStep {
  /** The new state a⟨t⟩, (n_a, m). */
  readonly a_next: Mat<"n_a", "m">;
  /** The new memory c⟨t⟩, (n_a, m). */
  readonly c_next: Mat<"n_a", "m">;
  /** The prediction ŷ⟨t⟩, (n_y, m). */
  readonly yhat_t: Mat<"n_y", "m">;
  readonly cache: LstmCache;
}

/** A forward step: the library's own or a learner's. */
export type LstmCell = (
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  c_prev: Mat<"n_a", "m">,
  parameters: LstmParameters,
) => LstmStep;

/** The gradients of one backward step. */
export interface LstmCellGradients {
  /** ∂L/∂x⟨t⟩, (n_x, m). */
  readonly dx_t: Mat<"n_x", "m">;
  /** ∂L/∂a⟨t−1⟩, (n_a, m). */
  readonly da_prev: Mat<"n_a", "m">;
  /** ∂L/∂c⟨t−1⟩, (n_a, m). */
  readonly dc_prev: Mat<"n_a", "m">;
  /** ∂L/∂Wf, (n_a, n_a + n_x). */
  readonly dWf: Mat<"n_a", "n_a+n_x">;
  /** ∂L/∂Wu, (n_a, n_a + n_x). */
  readonly dWu: Mat<"n_a", "n_a+n_x">;
  /** ∂L/∂Wc, (n_a, n_a + n_x). */
  readonly dWc: Mat<"n_a", "n_a+n_x">;
  /** ∂L/∂Wo, (n_a, n_a + n_x). */
  readonly dWo: Mat<"n_a", "n_a+n_x">;
  /** ∂L/∂bf, (n_a, 1). */
  readonly dbf: Mat<"n_a", "1">;
  /** ∂L/∂bu, (n_a, 1). */
  readonly dbu: Mat<"n_a", "1">;
  /** ∂L/∂bc, (n_a, 1). */
  readonly dbc: Mat<"n_a", "1">;
  /** ∂L/∂bo, (n_a, 1). */
  readonly dbo: Mat<"n_a", "1">;
}

/** A backward step: the library's own or a learner's. */
export type LstmCellBackward = (
  da_next: Mat<"n_a", "m">,
  dc_next: Mat<"n_a", "m">,
  cache: LstmCache,
) => LstmCellGradients;

/**
 * One step of the LSTM: c⟨t⟩ = Γu ∗ c̃⟨t⟩ + Γf ∗ c⟨t−1⟩, a⟨t⟩ = Γo ∗ tanh(c⟨t⟩),
 * ŷ⟨t⟩ = g2(Wya a⟨t⟩ + by), with the gates Γf, Γu, Γo = σ(W [a⟨t−1⟩; x⟨t⟩] + b) and
 * c̃⟨t⟩ = tanh(Wc [a⟨t−1⟩; x⟨t⟩] + bc).
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state before, a⟨t−1⟩, (n_a, m)
 * @param c_prev - the memory before, c⟨t−1⟩, (n_a, m)
 * @param parameters - Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by
 * @param g2 - the output's activation; softmax unless said
 * @returns a⟨t⟩ and c⟨t⟩, (n_a, m), ŷ⟨t⟩, (n_y, m), and the cache for {@link lstmCellBackward}
 * @throws ShapeError that names both shapes when they do not fit
 */
export function lstmCellForward(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  c_prev: Mat<"n_a", "m">,
  parameters: LstmParameters,
  g2: Activation = softmax,
): LstmStep {
  requireRecord("lstmCellForward", "parameters", parameters);
  const { Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by } = parameters;
  checkShapes("lstmCellForward", {
    x_t: [x_t, "n_x", "m"],
    a_prev: [a_prev, "n_a", "m"],
    c_prev: [c_prev, "n_a", "m"],
  });
  const ax_t = stackRows(a_prev, x_t); // [a⟨t−1⟩; x⟨t⟩]
  checkShapes("lstmCellForward", {
    ...stackedShapes(ax_t, a_prev, { Wf, Wu, Wc, Wo }),
    bf: [bf, "n_a", "1"],
    bu: [bu, "n_a", "1"],
    bc: [bc, "n_a", "1"],
    bo: [bo, "n_a", "1"],
    Wya: [Wya, "n_y", "n_a"],
    by: [by, "n_y", "1"],
  });
  const gamma_f = sigmoid(Wf.dot(ax_t).add(bf)); //                     Γf = σ(Wf [a⟨t−1⟩; x⟨t⟩] + bf)
  const gamma_u = sigmoid(Wu.dot(ax_t).add(bu)); //                     Γu = σ(Wu [a⟨t−1⟩; x⟨t⟩] + bu)
  const gamma_o = sigmoid(Wo.dot(ax_t).add(bo)); //                     Γo = σ(Wo [a⟨t−1⟩; x⟨t⟩] + bo)
  const c_tilde = tanh(Wc.dot(ax_t).add(bc)); //                        c̃⟨t⟩ = tanh(Wc [a⟨t−1⟩; x⟨t⟩] + bc)
  const c_next = gamma_u.times(c_tilde).add(gamma_f.times(c_prev)); //  c⟨t⟩ = Γu ∗ c̃⟨t⟩ + Γf ∗ c⟨t−1⟩
  const a_next = gamma_o.times(tanh(c_next)); //                        a⟨t⟩ = Γo ∗ tanh(c⟨t⟩)
  const yhat_t = g2(Wya.dot(a_next).add(by)); //                        ŷ⟨t⟩ = g2(Wya a⟨t⟩ + by)
  return {
    a_next,
    c_next,
    yhat_t,
    cache: { x_t, a_prev, c_prev, gamma_f, gamma_u, gamma_o, c_tilde, c_next, parameters },
  };
}

/**
 * The step backwards: from ∂L/∂a⟨t⟩ and what comes back into c⟨t⟩ from the step after, to the
 * gradients of everything that they were made of.
 *
 * dc⟨t⟩ = dc_next + da⟨t⟩ ∗ Γo ∗ (1 − tanh²(c⟨t⟩)). With σ′ = Γ(1 − Γ) and z the scores inside σ
 * and tanh: dzf = dc⟨t⟩ ∗ c⟨t−1⟩ ∗ Γf(1 − Γf), dzu = dc⟨t⟩ ∗ c̃⟨t⟩ ∗ Γu(1 − Γu),
 * dzc = dc⟨t⟩ ∗ Γu ∗ (1 − c̃⟨t⟩²), dzo = da⟨t⟩ ∗ tanh(c⟨t⟩) ∗ Γo(1 − Γo), and
 * dW = dz [a⟨t−1⟩; x⟨t⟩]ᵀ, db = Σ_i dz⁽ⁱ⁾ each. Gradients are sums over the examples.
 *
 * @param da_next - ∂L/∂a⟨t⟩: from this step's output and from the step after, (n_a, m)
 * @param dc_next - the part of ∂L/∂c⟨t⟩ that comes from the step after (its dc_prev), (n_a, m)
 * @param cache - what {@link lstmCellForward} returned
 * @returns the gradients under their names, each of the shape of what it belongs to
 * @throws ShapeError when da_next, dc_next or what the cache holds does not fit a⟨t⟩'s shape; OutOfRangeError when
 *   the step was padded
 */
export function lstmCellBackward(
  da_next: Mat<"n_a", "m">,
  dc_next: Mat<"n_a", "m">,
  cache: LstmCache,
): LstmCellGradients {
  requireRecord("lstmCellBackward", "cache", cache);
  const { x_t, a_prev, c_prev, gamma_f, gamma_u, gamma_o, c_tilde, c_next, parameters } = cache;
  requireRecord("lstmCellBackward", "cache.parameters", parameters);
  const { Wf, Wu, Wc, Wo } = parameters;
  requireWholeStep("lstmCellBackward", cache, "lstmBackward");
  checkShapes("lstmCellBackward", {
    c_next: [c_next, "n_a", "m"],
    da_next: [da_next, "n_a", "m"],
    dc_next: [dc_next, "n_a", "m"],
    x_t: [x_t, "n_x", "m"],
    a_prev: [a_prev, "n_a", "m"],
    c_prev: [c_prev, "n_a", "m"],
    gamma_f: [gamma_f, "n_a", "m"],
    gamma_u: [gamma_u, "n_a", "m"],
    gamma_o: [gamma_o, "n_a", "m"],
    c_tilde: [c_tilde, "n_a", "m"],
  });
  const ax_t = stackRows(a_prev, x_t); //                               [a⟨t−1⟩; x⟨t⟩]
  checkShapes("lstmCellBackward", stackedShapes(ax_t, a_prev, { Wf, Wu, Wc, Wo }));
  const shown = tanh(c_next); //                                        tanh(c⟨t⟩)

  const dc = dc_next.add(da_next.times(gamma_o).times(shown.map(tanhSlope))); // dc⟨t⟩ = dc_next + da⟨t⟩ ∗ Γo ∗ (1 − tanh²(c⟨t⟩))
  const dzf = dc.times(c_prev).times(gamma_f.map(sigmoidSlope)); //     dzf = dc⟨t⟩ ∗ c⟨t−1⟩ ∗ Γf(1 − Γf)
  const dzu = dc.times(c_tilde).times(gamma_u.map(sigmoidSlope)); //    dzu = dc⟨t⟩ ∗ c̃⟨t⟩ ∗ Γu(1 − Γu)
  const dzc = dc.times(gamma_u).times(c_tilde.map(tanhSlope)); //       dzc = dc⟨t⟩ ∗ Γu ∗ (1 − c̃⟨t⟩²)
  const dzo = da_next.times(shown).times(gamma_o.map(sigmoidSlope)); // dzo = da⟨t⟩ ∗ tanh(c⟨t⟩) ∗ Γo(1 − Γo)
  const dax_t = Wf.Tdot(dzf).add(Wu.Tdot(dzu)).add(Wc.Tdot(dzc)).add(Wo.Tdot(dzo)); // d[a⟨t−1⟩; x⟨t⟩] = Σ Wᵀ dz
  const [da_prev, dx_t] = splitRows(dax_t, a_prev.rows);
  return {
    dx_t,
    da_prev,
    dc_prev: dc.times(gamma_f), //                                      dc⟨t−1⟩ = dc⟨t⟩ ∗ Γf
    dWf: dzf.dot(ax_t.T), //                                            dWf = dzf [a⟨t−1⟩; x⟨t⟩]ᵀ
    dWu: dzu.dot(ax_t.T), //                                            dWu = dzu [a⟨t−1⟩; x⟨t⟩]ᵀ
    dWc: dzc.dot(ax_t.T), //                                            dWc = dzc [a⟨t−1⟩; x⟨t⟩]ᵀ
    dWo: dzo.dot(ax_t.T), //                                            dWo = dzo [a⟨t−1⟩; x⟨t⟩]ᵀ
    dbf: dzf.sumColumns(), //                                           dbf = Σ_i dzf⁽ⁱ⁾
    dbu: dzu.sumColumns(), //                                           dbu = Σ_i dzu⁽ⁱ⁾
    dbc: dzc.sumColumns(), //                                           dbc = Σ_i dzc⁽ⁱ⁾
    dbo: dzo.sumColumns(), //                                           dbo = Σ_i dzo⁽ⁱ⁾
  };
}

/** How {@link initializeLstm} starts. */
export interface LstmStart {
  /** The weights' standard deviation; 1/√(number of inputs) unless said. */
  readonly scale?: number;
  /** The forget gate's bias bf; 1 unless said, so that at first most of c⟨t−1⟩ stays (Gers et al. 2000). */
  readonly forgetBias?: number;
}

/**
 * Parameters to start training from: normal weights, biases zero but for the forget gate's.
 *
 * @param sizes - n_x, n_a and n_y
 * @param random - where the weights come from
 * @param options - the weights' standard deviation and the forget gate's bias
 * @returns Wf, Wu, Wc, Wo, bf, bu, bc, bo, Wya, by
 * @throws OutOfRangeError for sizes that are no whole numbers of at least 1 (n_y: 0) and for a scale that is
 *   negative or not finite
 */
export function initializeLstm(
  sizes: { readonly n_x: number; readonly n_a: number; readonly n_y: number },
  random: Random,
  options: LstmStart = {},
): LstmParameters {
  requireOptions("initializeLstm", options, ["scale", "forgetBias"]);
  const { scale, forgetBias = 1 } = options;
  requireCellSizes("initializeLstm", sizes);
  requireNumber("initializeLstm", "forgetBias", forgetBias);
  const { n_x, n_a, n_y } = sizes;
  const weights = (): Mat<"n_a", "n_a+n_x"> =>
    randomNormal(n_a, n_a + n_x, random, scale ?? 1 / Math.sqrt(n_a + n_x));
  return {
    Wf: weights(),
    Wu: weights(),
    Wc: weights(),
    Wo: weights(),
    bf: Mat.filled(n_a, 1, forgetBias),
    bu: Mat.zeros(n_a, 1),
    bc: Mat.zeros(n_a, 1),
    bo: Mat.zeros(n_a, 1),
    Wya: randomNormal(n_y, n_a, random, scale ?? 1 / Math.sqrt(n_a)),
    by: Mat.zeros(n_y, 1),
  };
}
