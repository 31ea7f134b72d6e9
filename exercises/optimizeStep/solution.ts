import { Mat, type RnnGradients, type RnnParameters } from "unrolled";

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
  const { total, gradients: raw } = lossAndGradients(parameters);
  const clip = <R extends string, C extends string>(dW: Mat<R, C>): Mat<R, C> =>
    dW.map((value) => Math.min(Math.max(value, -maxValue), maxValue));
  const gradients = {
    dWax: clip(raw.dWax),
    dWaa: clip(raw.dWaa),
    dWya: clip(raw.dWya),
    dba: clip(raw.dba),
    dby: clip(raw.dby),
  };
  const { Wax, Waa, Wya, ba, by } = parameters;
  return {
    loss: total,
    gradients,
    parameters: {
      Wax: Wax.sub(gradients.dWax.times(learningRate)),
      Waa: Waa.sub(gradients.dWaa.times(learningRate)),
      Wya: Wya.sub(gradients.dWya.times(learningRate)),
      ba: ba.sub(gradients.dba.times(learningRate)),
      by: by.sub(gradients.dby.times(learningRate)),
    },
  };
}
