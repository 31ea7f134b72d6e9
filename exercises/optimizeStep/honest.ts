import { Mat, type RnnGradients, type RnnParameters } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

const names = ["Wax", "Waa", "Wya", "ba", "by"] as const;

/** An entry moved into [−c, c]. */
function clipped(value: number, c: number): number {
  return Math.abs(value) > c ? Math.sign(value) * c : value;
}

/** Right ways to take a step that are not the library's. */
export const honest: readonly Honest<typeof starter.optimizeStep>[] = [
  {
    style: "a loop over the five names",
    write: (parameters, lossAndGradients, learningRate, maxValue) => {
      const { total, gradients } = lossAndGradients(parameters);
      const next: Record<string, Mat> = {};
      const kept: Record<string, Mat> = {};
      for (const name of names) {
        const dW: Mat = gradients[`d${name}`].map((value) => clipped(value, maxValue));
        kept[`d${name}`] = dW;
        next[name] = parameters[name].sub(dW.times(learningRate));
      }
      return {
        loss: total,
        gradients: kept as unknown as RnnGradients,
        parameters: next as unknown as RnnParameters,
      };
    },
  },
  {
    style: "entry by entry, the difference written as a sum",
    write: (parameters, lossAndGradients, learningRate, maxValue) => {
      const told = lossAndGradients(parameters);
      const clip = (dW: Mat): Mat =>
        Mat.build(dW.rows, dW.cols, (i, j) => clipped(dW.get(i, j), maxValue));
      const step = (W: Mat, dW: Mat): Mat =>
        Mat.build(W.rows, W.cols, (i, j) => -learningRate * dW.get(i, j) + W.get(i, j));
      const { dWax, dWaa, dWya, dba, dby } = told.gradients;
      const gradients = {
        dWax: clip(dWax),
        dWaa: clip(dWaa),
        dWya: clip(dWya),
        dba: clip(dba),
        dby: clip(dby),
      };
      return {
        parameters: {
          by: step(parameters.by, gradients.dby),
          ba: step(parameters.ba, gradients.dba),
          Wya: step(parameters.Wya, gradients.dWya),
          Waa: step(parameters.Waa, gradients.dWaa),
          Wax: step(parameters.Wax, gradients.dWax),
        },
        gradients,
        loss: told.total,
      };
    },
  },
  {
    style: "copies that are changed in their own memory",
    write: (parameters, lossAndGradients, learningRate, maxValue) => {
      const { total, gradients } = lossAndGradients(parameters);
      const copy = (M: Mat): Mat => new Mat(M.rows, M.cols, Array.from(M.data));
      const next = Object.fromEntries(names.map((name) => [name, copy(parameters[name])]));
      const kept = Object.fromEntries(
        names.map((name) => [`d${name}`, copy(gradients[`d${name}`])]),
      );
      for (const name of names) {
        const dW = kept[`d${name}`]!.data;
        const W = next[name]!.data;
        for (let n = 0; n < dW.length; n++) {
          dW[n] = Math.min(maxValue, Math.max(-maxValue, dW[n]!));
          W[n]! -= learningRate * dW[n]!;
        }
      }
      return {
        loss: total,
        gradients: kept as unknown as RnnGradients,
        parameters: next as unknown as RnnParameters,
      };
    },
  },
];
