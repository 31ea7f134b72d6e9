/** Optimisers: from parameters and their gradients to the next parameters. Nothing is changed in place. */
import { inWords, requireOptions, requireRecord, requireWhole } from "./core/arguments.js";
import { OutOfRangeError, ShapeError } from "./core/errors.js";
import { requireFinite } from "./core/finite.js";
import { checkShapes, Mat, requireMat } from "./core/matrix.js";
import {
  atPath,
  type GradientsOf,
  mapMatrices,
  type MatricesOf,
  type Path,
} from "./core/parameterSet.js";

/**
 * One step of gradient descent: W := W − learningRate · dW, for every parameter.
 *
 * @param parameters - matrices by name, or sets of them by name or in a list
 * @param gradients - the gradient of each under its name with a d in front, of the same shape
 * @param learningRate - the step's size, at least 0
 * @returns the next parameters
 * @throws ShapeError when a gradient is missing or its shape differs; OutOfRangeError when learningRate is negative or
 *   no finite number, or a gradient or a next parameter is none
 * @example
 * sgd({ W: Mat.from([[1]]) }, { dW: Mat.from([[2]]) }, 0.5).W.toArray() // → [[0]]
 */
export function sgd<P extends MatricesOf<P>>(
  parameters: P,
  gradients: GradientsOf<P>,
  learningRate: number,
): P {
  requireSetting("sgd", "learningRate", learningRate, 0, Infinity);
  const next = mapMatrices(
    parameters,
    (W, path) => W.sub(gradientAt("sgd", gradients, path, W).times(learningRate)), // W := W − α dW
  );
  requireFinite("sgd", next);
  return next;
}

/** What Adam remembers from step to step. */
export interface AdamState<P> {
  /** Steps taken. */
  readonly step: number;
  /** The running mean of each gradient, under the parameter's name. */
  readonly mean: P;
  /** The running mean of each gradient's square, under the parameter's name. */
  readonly meanSquare: P;
}

/** Adam's settings; Kingma and Ba's values unless said. */
export interface AdamOptions {
  /** The step's size α, at least 0; 0.001 unless said. */
  readonly learningRate?: number;
  /** How slowly the mean forgets, in [0, 1); 0.9 unless said. */
  readonly beta1?: number;
  /** How slowly the mean square forgets, in [0, 1); 0.999 unless said. */
  readonly beta2?: number;
  /** Keeps the division from 0, at least 1e-150; 1e-8 unless said. */
  readonly epsilon?: number;
}

/**
 * Adam's state before the first step: zeros.
 *
 * @param parameters - matrices by name, or sets of them by name or in a list
 * @returns no step taken, and both running means zero, of the parameters' names and shapes
 * @throws ShapeError when something in the set is no matrix
 */
export function adamStart<P extends MatricesOf<P>>(parameters: P): AdamState<P> {
  const zeros = mapMatrices(parameters, (W) => Mat.zeros(W.rows, W.cols));
  return { step: 0, mean: zeros, meanSquare: zeros };
}

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1), with its bias correction:
 * v := β1 v + (1 − β1) dW, s := β2 s + (1 − β2) dW²,
 * W := W − α · v/(1 − β1ᵗ) / ( √(s/(1 − β2ᵗ)) + ε ).
 *
 * @param parameters - matrices by name, or sets of them by name or in a list
 * @param gradients - the gradient of each under its name with a d in front, of the same shape
 * @param state - from {@link adamStart} or the step before
 * @param options - the settings
 * @returns the next parameters and the next state
 * @throws ShapeError when a gradient or a part of the state is missing or its shape differs; OutOfRangeError when a
 *   setting is none that it could be, and when a gradient is not finite or its square no float64
 */
export function adam<P extends MatricesOf<P>>(
  parameters: P,
  gradients: GradientsOf<P>,
  state: AdamState<P>,
  options: AdamOptions = {},
): { readonly parameters: P; readonly state: AdamState<P> } {
  const { learningRate, beta1, beta2, epsilon } = adamSettings("adam", options);
  requireRecord("adam", "state", state);
  requireWhole("adam", "state.step", state.step);
  const step = state.step + 1;
  const gradient = (path: Path, W: Mat): Mat => gradientAt("adam", gradients, path, W);
  const before = (moments: P, name: string): P =>
    mapMatrices(parameters, (W, path) => momentAt(moments, name, path, W));
  const mean = mapMatrices(
    before(state.mean, "mean"),
    (v, path) => combined(v, gradient(path, v), (v_n, dW_n) => v_n * beta1 + dW_n * (1 - beta1)), //          v := β1 v + (1 − β1) dW
  );
  const meanSquare = mapMatrices(
    before(state.meanSquare, "meanSquare"),
    (s, path) =>
      combined(s, gradient(path, s), (s_n, dW_n) => s_n * beta2 + (1 - beta2) * dW_n * dW_n), //   s := β2 s + (1 − β2) dW²
  );
  const meanFactor = 1 / (1 - beta1 ** step); // both start at 0 and would be too small at first
  const squareFactor = 1 / (1 - beta2 ** step);
  const move = (v_n: number, s_n: number): number =>
    v_n * meanFactor * (learningRate / (Math.sqrt(s_n * squareFactor) + epsilon));
  const next = mapMatrices(
    parameters,
    (W, path) => W.sub(combined(atPath(mean, path) as Mat, atPath(meanSquare, path) as Mat, move)), // W := W − α v / (√s + ε)
  );
  const result = { parameters: next, state: { step, mean, meanSquare } };
  requireFinite("adam", { parameters: next, state: { mean, meanSquare } });
  return result;
}

/** What Adam remembers of the parameter W that stands at `path`, checked to be there and to have its shape. */
function momentAt(moments: object, name: string, path: Path, W: Mat): Mat {
  const symbol = path.join(".");
  const found = atPath(moments, path);
  if (found === undefined) {
    throw new ShapeError(
      `adam: the state's ${name} of ${symbol} is missing: expected adamStart's state of these parameters, or the step's before`,
    );
  }
  requireMat("adam", `state.${name}.${symbol}`, found);
  checkShapes("adam", {
    [symbol]: [W, "rows", "columns"],
    [`state.${name}.${symbol}`]: [found, "rows", "columns"],
  });
  return found;
}

/** Gradients below this have squares near float64's smallest numbers, or 0: √s would say nothing of their size. */
const leastEpsilon = 1e-150;

/**
 * Adam's settings, each in its range.
 *
 * @param caller - the function whose options they are, named in the error
 * @param options - what was said
 * @returns all four
 * @throws OutOfRangeError when one is none that it could be
 */
function adamSettings(caller: string, options: AdamOptions): Required<AdamOptions> {
  requireOptions(caller, options, ["learningRate", "beta1", "beta2", "epsilon"]);
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  requireSetting(caller, "learningRate", learningRate, 0, Infinity);
  requireSetting(caller, "beta1", beta1, 0, 1);
  requireSetting(caller, "beta2", beta2, 0, 1);
  requireSetting(caller, "epsilon", epsilon, Number.MIN_VALUE, Infinity);
  if (epsilon < leastEpsilon) {
    throw new OutOfRangeError(
      `${caller}: expected an epsilon of at least ${leastEpsilon}, got ${epsilon}; the square of a gradient below it is 0 in float64, so that the step would be divided by epsilon alone`,
    );
  }
  return { learningRate, beta1, beta2, epsilon };
}

/** Asks that least ≤ value < end. */
function requireSetting(
  caller: string,
  name: string,
  value: number,
  least: number,
  end: number,
): void {
  if (typeof value === "number" && value >= least && value < end) return;
  const from = least === 0 ? "from 0 on" : "above 0";
  const range = end === 1 ? "from 0 to below 1" : `${from}, and finite`;
  throw new OutOfRangeError(`${caller}: expected a ${name} ${range}, got ${inWords(value)}`);
}

/** f of each entry of A and the entry of B in the same place, for A and B of one shape. */
function combined(A: Mat, B: Mat, f: (a: number, b: number) => number): Mat {
  const result = Mat.zeros(A.rows, A.cols);
  for (let n = 0; n < result.data.length; n++) result.data[n] = f(A.data[n]!, B.data[n]!);
  return result;
}

/** The gradient of the parameter W that stands at `path`, checked to be there and to have its shape. */
function gradientAt(caller: string, gradients: object, path: Path, W: Mat): Mat {
  const groups = path.slice(0, -1);
  const [name] = path.slice(-1) as [string];
  const symbol = path.join(".");
  const dSymbol = [...groups, `d${name}`].join(".");
  const gradient = atPath(gradients, [...groups, `d${name}`]);
  if (gradient === undefined) {
    const found = Object.keys((atPath(gradients, groups) as object | undefined) ?? {});
    throw new ShapeError(
      `${caller}: the gradient ${dSymbol} of ${symbol} is missing: expected one for every parameter, got ${found.join(", ") || "none"}`,
    );
  }
  requireMat(caller, dSymbol, gradient);
  checkShapes(caller, {
    [symbol]: [W, "rows", "columns"],
    [dSymbol]: [gradient, "rows", "columns"],
  });
  requireFinite(caller, { [dSymbol]: gradient });
  return gradient;
}
