/** One training loop for all lessons: Adam, clipping by norm, and random batches from a seed. */
import { clipByNorm } from "./clipping.js";
import { OutOfRangeError } from "./errors.js";
import { isMat, type Mat } from "./matrix.js";
import { adam, adamStart } from "./optimisers.js";
import type { GradientsOf, MatricesOf } from "./parameterSet.js";
import { type Random, seededRandom } from "./random.js";

/** What can be trained: matrices by name, or several such sets by name ({ encoder, decoder }). */
export type Trainable<P> = { readonly [Name in keyof P]: Mat | MatricesOf<P[Name]> };

/** The gradients of a {@link Trainable}: "dWax" for "Wax", and for a set its gradients under its name. */
export type TrainableGradients<P> = {
  readonly [
    Name in keyof P & string as P[Name] extends Mat ? `d${Name}` : Name
  ]: P[Name] extends Mat ? P[Name] : GradientsOf<P[Name]>;
};

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
  /** Where to start. */
  readonly parameters: P;
  /** The loss and its gradients; draws its batch from `random`. */
  readonly lossAndGradients: (
    parameters: P,
    random: Random,
    step: number,
  ) => { readonly total: number; readonly gradients: TrainableGradients<P> };
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
 * @throws OutOfRangeError when a loss is no finite number
 * @example
 * const parameters = { w: Mat.from([[3]]) };
 * const lossAndGradients = ({ w }) => ({ total: w.get(0, 0) ** 2, gradients: { dw: w.times(2) } });
 * const { losses } = train({ parameters, lossAndGradients, steps: 500 });
 * losses[0] // → 9
 * losses[499] < 0.1 // → true
 */
export function train<P extends Trainable<P>>(
  options: TrainOptions<P>,
): { readonly parameters: P; readonly losses: readonly number[] } {
  const { lossAndGradients, steps, learningRate = 0.01, maxNorm = 5, seed = 1, onStep } = options;
  const random = seededRandom(seed);
  let { parameters } = options;
  let state = adamStart(flatten(parameters, ""));
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { total, gradients } = lossAndGradients(parameters, random, step);
    if (!Number.isFinite(total)) {
      throw new OutOfRangeError(
        `train: the loss of step ${step} is ${total}: expected a finite number; a smaller learningRate or maxNorm may keep it so`,
      );
    }
    losses.push(total);
    const clipped = clipByNorm(flatten(gradients, "d"), maxNorm);
    const next = adam(flatten(parameters, ""), clipped.gradients, state, {
      learningRate: typeof learningRate === "number" ? learningRate : learningRate(step),
    });
    state = next.state;
    parameters = unflatten(parameters, next.parameters);
    onStep?.({ step, loss: total, norm: clipped.norm, parameters });
  }
  return { parameters, losses };
}

/** One flat set: { encoder: { Wax } } becomes { "encoder.Wax" }, its gradient { "dencoder.Wax" }. */
function flatten(groups: object, prefix: "" | "d"): Record<string, Mat> {
  const flat: Record<string, Mat> = {};
  for (const [name, value] of Object.entries(groups) as [string, Mat | Record<string, Mat>][]) {
    if (isMat(value)) {
      flat[name] = value;
    } else {
      for (const [inner, matrix] of Object.entries(value)) {
        flat[`${prefix}${name}.${inner.slice(prefix.length)}`] = matrix;
      }
    }
  }
  return flat;
}

/** The values of `flat` in the form of `groups`. */
function unflatten<P extends object>(groups: P, flat: Readonly<Record<string, Mat>>): P {
  const entries = Object.entries(groups).map(([name, value]: [string, unknown]) =>
    isMat(value)
      ? [name, flat[name]]
      : [
          name,
          Object.fromEntries(
            Object.keys(value as object).map((inner) => [inner, flat[`${name}.${inner}`]]),
          ),
        ],
  );
  return Object.fromEntries(entries) as P;
}
