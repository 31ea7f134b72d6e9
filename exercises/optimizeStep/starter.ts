import { NotImplementedError, type RnnGradients, type RnnParameters } from "unrolled";

/**
 * One training step: loss and gradients, clipped by value, and W := W − α dW.
 *
 * @param parameters - Wax, Waa, Wya, ba, by
 * @param lossAndGradients - gives, for parameters, the loss (total) and its gradients
 * @param learningRate - the step's size α
 * @param maxValue - the largest absolute value that an entry of a gradient may keep
 * @returns the loss before the step, the clipped gradients, and the next parameters
 */
export function optimizeStep(
  parameters: RnnParameters,
  lossAndGradients: (parameters: RnnParameters) => {
    total: number;
    gradients: RnnGradients;
  },
  learningRate: number,
  maxValue: number,
): { loss: number; gradients: RnnGradients; parameters: RnnParameters } {
  throw new NotImplementedError("optimizeStep");
}
