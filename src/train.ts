/** One training loop for all lessons: Adam, clipping by norm, and random batches from a seed. */
import { clipByNorm, globalNorm } from "./clipping.js";
import { OutOfRangeError } from "./core/errors.js";
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

/**
 * Trains with Adam. The same options give the same result on every machine.
 *
 * @param options - where to start, the loss, the number of steps, …
 * @returns the trained parameters, and the loss before each step in nats
 * @throws OutOfRangeError when a loss or a gradient is no finite number, which names the step; or when steps,
 *   learningRate or maxNorm is none that it could be
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
  const { lossAndGradients, steps, learningRate = 0.01, maxNorm = 5, seed = 1, onStep } = options;
  if (!Number.isInteger(steps) || steps < 0) {
    throw new OutOfRangeError(
      `train: expected a whole number of steps of at least 0, got ${steps}`,
    );
  }
  const random = seededRandom(seed);
  let { parameters } = options;
  let state = adamStart(parameters);
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { total, gradients } = lossAndGradients(parameters, random, step);
    requireFinite("the loss", step, total);
    requireFinite("the gradients' norm", step, globalNorm(gradients as Record<string, Mat>));
    losses.push(total);
    const clipped = clipByNorm(gradients as Record<string, Mat>, maxNorm); // whatever its nesting is
    const next = adam(parameters, clipped.gradients as unknown as GradientsOf<P>, state, {
      learningRate: typeof learningRate === "number" ? learningRate : learningRate(step),
    });
    ({ parameters, state } = next);
    onStep?.({ step, loss: total, norm: clipped.norm, parameters });
  }
  return { parameters, losses };
}

function requireFinite(what: string, step: number, value: number): void {
  if (Number.isFinite(value)) return;
  throw new OutOfRangeError(
    `train: ${what} of step ${step} is ${value}: expected a finite number; a smaller learningRate or maxNorm may keep it so`,
  );
}
