/**
 * The GRU's state as other libraries compute it, in the course's symbols and from the same parameters.
 *
 * TensorFlow's gate z keeps where the course's Γu writes: z = 1 − Γu. That is a name and no difference, since
 * −Wu and −bu in place of Wu and bu turn the one into the other. Two things do differ: the gates' activation
 * (TensorFlow.js takes a hard sigmoid unless told otherwise), and where PyTorch resets: behind the product.
 */
import { type Activation, sigmoid, tanh } from "../core/activations.js";
import { requireRecord } from "../core/arguments.js";
import { checkShapes, type Mat, requireMat, stackRows } from "../core/matrix.js";
import type { GruParameters } from "./gru.js";

/** A step of a GRU that gives the new state alone. */
export type GruState = (
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: GruParameters,
) => Mat<"n_a", "m">;

/**
 * The hard sigmoid of TensorFlow.js: 0.2z + 0.5, cut off at 0 and 1.
 *
 * @param z - any matrix
 * @returns a matrix of z's shape, entries from 0 to 1
 * @throws ShapeError when z is no Mat
 */
export function hardSigmoid<R extends string, C extends string>(z: Mat<R, C>): Mat<R, C> {
  requireMat("hardSigmoid", "z", z);
  return z.map((value) => Math.min(1, Math.max(0, 0.2 * value + 0.5)));
}

/**
 * c⟨t⟩ as `tf.layers.gru` of TensorFlow.js computes it by default (resetAfter = false, the gates through a hard
 * sigmoid): the course's GRU but for {@link hardSigmoid} in place of σ.
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state before, a⟨t−1⟩ = c⟨t−1⟩, (n_a, m)
 * @param parameters - Wu, Wr, Wc, bu, br, bc; Γu = 1 − z, so theirs are −Wu and −bu
 * @returns the new state, (n_a, m)
 * @throws ShapeError that names both shapes when they do not fit
 */
export function gruStateTensorFlow(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: GruParameters,
): Mat<"n_a", "m"> {
  const { gamma_u, gamma_r, Wc, bc } = gates(
    "gruStateTensorFlow",
    { x_t, a_prev, parameters },
    hardSigmoid,
  );
  const relevant = stackRows(gamma_r.times(a_prev), x_t); // [Γr ∗ c⟨t−1⟩; x⟨t⟩]
  const c_tilde = tanh(Wc.dot(relevant).add(bc)); //         c̃⟨t⟩ = tanh(Wc [Γr ∗ c⟨t−1⟩; x⟨t⟩] + bc)
  return blend(gamma_u, c_tilde, a_prev);
}

/**
 * c⟨t⟩ as PyTorch's `nn.GRU` computes it: the relevance gate scales the state's part of the candidate's sum
 * behind the product, c̃⟨t⟩ = tanh(Wcx x⟨t⟩ + Γr ∗ (Wca c⟨t−1⟩) + bc) with Wc = [Wca | Wcx].
 *
 * @param x_t - the input x⟨t⟩, (n_x, m)
 * @param a_prev - the state before, a⟨t−1⟩ = c⟨t−1⟩, (n_a, m)
 * @param parameters - Wu, Wr, Wc, bu, br, bc; the second bias that nn.GRU has inside Γr ∗ ( … ) is zero
 * @returns the new state, (n_a, m)
 * @throws ShapeError that names both shapes when they do not fit
 */
export function gruStatePyTorch(
  x_t: Mat<"n_x", "m">,
  a_prev: Mat<"n_a", "m">,
  parameters: GruParameters,
): Mat<"n_a", "m"> {
  const { gamma_u, gamma_r, Wc, bc } = gates(
    "gruStatePyTorch",
    { x_t, a_prev, parameters },
    sigmoid,
  );
  const fromInput = Wc.dot(
    stackRows(
      a_prev.map(() => 0),
      x_t,
    ),
  ); //   Wcx x⟨t⟩
  const fromState = Wc.dot(
    stackRows(
      a_prev,
      x_t.map(() => 0),
    ),
  ); //   Wca c⟨t−1⟩
  const c_tilde = tanh(fromInput.add(gamma_r.times(fromState)).add(bc)); // the reset comes behind the product
  return blend(gamma_u, c_tilde, a_prev);
}

/** What goes into a step. */
interface StepInputs {
  readonly x_t: Mat<"n_x", "m">;
  readonly a_prev: Mat<"n_a", "m">;
  readonly parameters: GruParameters;
}

/** Γu and Γr, with the candidate's parameters; everything is checked on the way. */
function gates(caller: string, { x_t, a_prev, parameters }: StepInputs, activation: Activation) {
  requireRecord(caller, "parameters", parameters);
  const { Wu, Wr, Wc, bu, br, bc } = parameters;
  checkShapes(caller, { x_t: [x_t, "n_x", "m"], a_prev: [a_prev, "n_a", "m"] });
  const ax_t = stackRows(a_prev, x_t); // [c⟨t−1⟩; x⟨t⟩]
  checkShapes(caller, {
    "[a_prev; x_t]": [ax_t, "n_a+n_x", "m"],
    a_prev: [a_prev, "n_a", "m"],
    Wu: [Wu, "n_a", "n_a+n_x"],
    Wr: [Wr, "n_a", "n_a+n_x"],
    Wc: [Wc, "n_a", "n_a+n_x"],
    bu: [bu, "n_a", "1"],
    br: [br, "n_a", "1"],
    bc: [bc, "n_a", "1"],
  });
  const gamma_u = activation(Wu.dot(ax_t).add(bu) as Mat) as Mat<"n_a", "m">;
  const gamma_r = activation(Wr.dot(ax_t).add(br) as Mat) as Mat<"n_a", "m">;
  return { gamma_u, gamma_r, Wc, bc };
}

/** c⟨t⟩ = Γu ∗ c̃⟨t⟩ + (1 − Γu) ∗ c⟨t−1⟩. */
function blend(
  gamma_u: Mat<"n_a", "m">,
  c_tilde: Mat<"n_a", "m">,
  a_prev: Mat<"n_a", "m">,
): Mat<"n_a", "m"> {
  return gamma_u.times(c_tilde).add(gamma_u.map((u) => 1 - u).times(a_prev));
}
