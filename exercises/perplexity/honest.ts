import type { Honest } from "../exercise.js";
import type * as starter from "./starter.js";

function requireLoss(loss: number): void {
  if (!(loss >= 0)) throw new Error(`a mean loss is never ${loss}`);
}

/** Right ways to make a perplexity of a loss that are not the library's. */
export const honest: readonly Honest<typeof starter.perplexity>[] = [
  {
    style: "e to the power of the loss",
    write: (loss) => {
      requireLoss(loss);
      return Math.E ** loss;
    },
  },
  {
    style: "two to the power of the loss in bits",
    write: (loss) => {
      requireLoss(loss);
      return Math.pow(2, loss / Math.LN2);
    },
  },
  {
    style: "one over the mean probability",
    write: (loss) => {
      requireLoss(loss);
      return 1 / Math.exp(-loss);
    },
  },
];
