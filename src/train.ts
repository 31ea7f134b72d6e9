/** One training loop for all lessons: Adam, clipping by norm, and random batches from a seed. */
import { clipByNorm, globalNorm } from "./clipping.js";
import {
  inWords,
  requireFunction,
  requireNumber,
  requireOptions,
  requireRecord,
} from "./core/arguments.js";
import { OutOfRangeError } from "./core/errors.js";
import { requireFinite } from "./core/finite.js";
import type { Mat } from "./core/matrix.js";
import { adam, adamStart } from "./optimisers.js";
import type { GradientsOf, MatricesOf } from "./core/parameterSet.js";
import { type Random, seededRandom } from "./core/random.js";

/** What {@link train} tells after a step. */
export interface TrainingStep<P> {
  /** The step's number, from 1. */
  readonly step: number;
  /** The loss before the step, in nats. */
  readonly loss: number;
  /** The gradients' norm before clipping. */
  readonly norm: number;
  /** The parameters after the step. */
  readonly parameters: P;
}

/** What {@link train} needs. */
export interface TrainOptions<P> {
  /** Where to start: matrices by name, or sets of them by name or in a list. */
  readonly parameters: P;
  /** The loss and its gradients; draws its batch from `random`. */
  readonly lossAndGradients: (
    parameters: P,
    random: Random,
    step: number,
  ) => { readonly total: number; readonly gradients: GradientsOf<P> };
  /** Steps to take. */
  readonly steps: number;
  /** Adam's step size, or the step size of each step (from 1); 0.01 unless said. */
  readonly learningRate?: number | ((step: number) => number);
  /** Gradients of a larger norm are clipped to it; 5 unless said, Infinity for no clipping. */
  readonly maxNorm?: number;
  /** The seed of `random`; 1 unless said. */
  readonly seed?: number;
  /** Called after every step. */
  readonly onStep?: (step: TrainingStep<P>) => void;
}

const trainOptions = [
  "parameters",
  "lossAndGradients",
  "steps",
  "learningRate",
  "maxNorm",
  "seed",
  "onStep",
] as const satisfies readonly (keyof TrainOptions<unknown>)[];

/** Training met a loss, a gradient or a parameter that is no finite number; what was learned before is kept. */
export class TrainingStoppedError<P = unknown> extends OutOfRangeError {
  /** The step that could not be taken, from 1. */
  readonly step: number;
  /** The last parameters whose loss was finite; those from the start where there are none. */
  readonly parameters: P;
  /** The loss before each step until then, in nats. */
  readonly losses: readonly number[];

  constructor(reason: string, step: number, parameters: P, losses: readonly number[]) {
    super(`train: ${reason}; a smaller learningRate or maxNorm may keep it so`);
    this.step = step;
    this.parameters = parameters;
    this.losses = losses;
  }
}

/**
 * Trains with Adam. The same options give the same result on every machine.
 *
 * @param options - where to start, the loss, the number of steps, …
 * @returns the trained parameters, and the loss before each step in nats
 * @throws TrainingStoppedError, an OutOfRangeError, when a loss, a gradient or a next parameter is no finite number: it
 *   names the step and keeps what was learned; OutOfRangeError when steps, learningRate, maxNorm or onStep is none that
 *   it could be, or lossAndGradients gives no object; ShapeError when a gradient is missing or its shape differs
 * @example
 * const parameters = { w: Mat.from([[3]]) };
 * const lossAndGradients = ({ w }) => ({ total: w.get(0, 0) ** 2, gradients: { dw: w.times(2) } });
 * const { losses } = train({ parameters, lossAndGradients, steps: 500 });
 * losses[0] // → 9
 * losses[499] < 0.1 // → true
 */
export function train<P extends MatricesOf<P>>(
  options: TrainOptions<P>,
): { readonly parameters: P; readonly losses: readonly number[] } {
  requireOptions("train", options, trainOptions);
  const { lossAndGradients, steps, learningRate = 0.01, maxNorm = 5, seed = 1, onStep } = options;
  requireFunction("train", "lossAndGradients", lossAndGradients);
  if (!Number.isInteger(steps) || steps < 0) {
    throw new OutOfRangeError(
      `train: expected a whole number of steps of at least 0, got ${inWords(steps)}`,
    );
  }
  if (typeof learningRate !== "function") {
    requireNumber("train", "learningRate", learningRate, { from: 0 });
  }
  if (onStep !== undefined) requireFunction("train", "onStep", onStep);
  if (maxNorm !== Infinity) requireNumber("train", "maxNorm", maxNorm, { from: 0 });
  requireFinite("train", options.parameters);
  const random = seededRandom(seed);
  let { parameters } = options;
  let good = parameters; // the last ones whose loss was finite
  let state = adamStart(parameters);
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const requireGood = (what: string, value: number): void => {
      if (Number.isFinite(value)) return;
      const reason = `${what} of step ${step} is ${inWords(value)}: expected a finite number`;
      throw new TrainingStoppedError(reason, step, good, losses);
    };
    const told = lossAndGradients(parameters, random, step);
    requireRecord("train", "lossAndGradients' answer", told);
    const { total, gradients } = told;
    requireGood("the loss", total);
    good = parameters;
    losses.push(total);
    requireGood("the gradients' norm", globalNorm(gradients as Record<string, Mat>)); // whatever its nesting is
    const rate = typeof learningRate === "function" ? learningRate(step) : learningRate;
    requireNumber("train", `the learningRate of step ${step}`, rate, { from: 0 });
    const clipped = clipByNorm(gradients as Record<string, Mat>, maxNorm);
    try {
      ({ parameters, state } = adam(
        parameters,
        clipped.gradients as unknown as GradientsOf<P>,
        state,
        { learningRate: rate },
      ));
    } catch (error) {
      if (!(error instanceof OutOfRangeError)) throw error;
      throw new TrainingStoppedError(`step ${step}: ${error.message}`, step, good, losses);
    }
    onStep?.({ step, loss: total, norm: clipped.norm, parameters });
  }
  return { parameters, losses };
}
