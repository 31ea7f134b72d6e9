/** One step of training with gradients clipped by value and plain gradient descent. */
import { clipByValue } from "./clipping.js";
import { requireFunction, requireNumber, requireRecord } from "./core/arguments.js";
import { requireFinite } from "./core/finite.js";
import type { GradientsOf, MatricesOf } from "./core/parameterSet.js";
import { sgd } from "./optimisers.js";

/** What {@link optimizeStep} gives. */
export interface OptimizeStep<P> {
  /** The loss at the parameters that came in, in nats. */
  readonly loss: number;
  /** Its gradients, clipped. */
  readonly gradients: GradientsOf<P>;
  /** The next parameters. */
  readonly parameters: P;
}

/**
 * One training step: the loss and its gradients, clipped by value, and W := W − learningRate · dW.
 *
 * Source: A. Ng, Sequence Models, week 1, the function `optimize` of the character-level language model.
 *
 * @param parameters - matrices by name, or sets of them by name or in a list
 * @param lossAndGradients - gives, for parameters, the loss (total) and the gradient of each of them
 * @param learningRate - the step's size, at least 0
 * @param maxValue - the largest absolute value that an entry of a gradient may keep, at least 0
 * @returns the loss before the step in nats, the clipped gradients, and the next parameters
 * @throws ShapeError when a gradient is missing or its shape differs; OutOfRangeError when learningRate or maxValue is
 *   negative or no number, lossAndGradients no function, or the loss, a gradient or a next parameter no finite number
 * @example
 * const square = ({ W }) => ({ total: W.get(0, 0) ** 2, gradients: { dW: W.times(2) } });
 * const step = optimizeStep({ W: Mat.from([[3]]) }, square, 0.5, 1);
 * step.loss // → 9
 * step.parameters.W.toArray() // → [[2.5]]
 */
export function optimizeStep<P extends MatricesOf<P>>(
  parameters: P,
  lossAndGradients: (parameters: P) => {
    readonly total: number;
    readonly gradients: GradientsOf<P>;
  },
  learningRate: number,
  maxValue: number,
): OptimizeStep<P> {
  requireFunction("optimizeStep", "lossAndGradients", lossAndGradients);
  const told = lossAndGradients(parameters);
  requireRecord("optimizeStep", "lossAndGradients' answer", told);
  const { total, gradients } = told;
  requireNumber("optimizeStep", "the loss (total)", total);
  requireFinite("optimizeStep", gradients); // of an infinite one clipping would make an ordinary step
  const clipped = clipByValue(gradients as object, maxValue) as GradientsOf<P>; // [−maxValue, maxValue]
  return {
    loss: total,
    gradients: clipped,
    parameters: sgd(parameters, clipped, learningRate), // W := W − α dW
  };
}
