import { Mat, Sequence, type SequenceLoss, softmax } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

type Z = Sequence<"n_y", "m">;

const boundedLog = (p: number): number => Math.max(Math.log(p), -100);

/** The wrong ways to write this loss. */
export const mutants: readonly Mutant<typeof starter.softmaxCrossEntropy>[] = [
  {
    name: "mask-ignored",
    mistake: "The mask is ignored: padding is counted as data.",
    hint: "How much may a step cost that an example does not have?",
    caughtBy: "padding",
    wrong: (right) => (z, y) => right(z, y),
  },
  {
    name: "gradient-not-masked",
    mistake: "The loss is masked, but its gradient is not.",
    hint: "A step without loss has no gradient either.",
    caughtBy: "padding",
    wrong: (right) => (z, y, mask) => ({
      ...right(z, y, mask),
      dz: right(z, y).dz,
    }),
  },
  {
    name: "sum-over-examples",
    mistake: "The losses of the examples are summed: the division by m is missing.",
    hint: "The loss of a batch is the mean over its examples.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => scaled(right(z, y, mask), z.cols),
  },
  {
    name: "mean-over-steps",
    mistake: "The total is the mean over the steps in place of their sum.",
    hint: "L = Σ_t L⟨t⟩: nothing is divided by T.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      return { ...answer, total: answer.total / z.T_y };
    },
  },
  {
    name: "divided-by-valid-steps",
    mistake: "Each step was divided by the number of its unmasked examples in place of m.",
    hint: "m counts the examples of the batch, whether they still run or not.",
    caughtBy: "padding",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      if (mask === undefined) return answer;
      const factor = (t: number): number => z.cols / mask.at(t).sum();
      const perStep = answer.perStep.map((value, _row, index) => value * factor(index + 1));
      return {
        total: perStep.sum(),
        perStep,
        dz: answer.dz.map((dz_t, t) => dz_t.times(factor(t))),
      };
    },
  },
  {
    name: "log-of-softmax",
    mistake: "The logarithm of a softmax was taken: a probability that rounds to 0 costs Infinity.",
    hint: "Put the logarithm into the formula: log(e^z / Σ) is a difference.",
    caughtBy: "scores of a thousand",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      const perStep = Mat.build<"1", "T_y">(1, z.T_y, (_row, index) => {
        const t = index + 1;
        const losses = y
          .at(t)
          .times(softmax(z.at(t)).map(Math.log))
          .sumRows();
        return -(mask === undefined ? losses : losses.times(mask.at(t))).sum() / z.cols;
      });
      return { total: perStep.sum(), perStep, dz: answer.dz };
    },
  },
  {
    name: "gradient-sign",
    mistake: "The gradient's sign is flipped: y − ŷ in place of ŷ − y.",
    hint: "Where the prediction is too large, the gradient is positive.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      return { ...answer, dz: answer.dz.map((dz_t) => dz_t.times(-1)) };
    },
  },
  {
    name: "binary-for-softmax",
    mistake: "Binary cross-entropy was used behind a softmax: (1 − y) log(1 − ŷ) was added.",
    hint: "A softmax picks one class of many: only the right class's logarithm counts.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      const perStep = answer.perStep.map((value, _row, index) => {
        const t = index + 1;
        const others = y
          .at(t)
          .map((one) => 1 - one)
          .times(softmax(z.at(t)).map((p) => Math.max(Math.log(1 - p), -100)))
          .sumRows();
        return value - (mask === undefined ? others : others.times(mask.at(t))).sum() / z.cols;
      });
      return { total: perStep.sum(), perStep, dz: answer.dz };
    },
  },
  {
    name: "gradient-not-divided",
    mistake: "The loss is a mean over the examples, but its gradient lacks the division by m.",
    hint: "Whatever the loss is divided by, its gradient is divided by too.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      return { ...answer, dz: answer.dz.map((dz_t) => dz_t.times(z.cols)) };
    },
  },
  {
    name: "softmax-over-the-examples",
    mistake: "The softmax runs over the examples in place of the classes.",
    hint: "A column is one example, and its probabilities must sum to 1.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      const masked = (mat: Mat, t: number): Mat =>
        mask === undefined ? mat : mat.times(mask.at(t));
      const yhat = z.map((z_t) => softmax(z_t.T).T);
      const perStep = answer.perStep.map((_, _row, index) => {
        const chosen = y.at(index + 1).times(yhat.at(index + 1).map(boundedLog));
        return -masked(chosen, index + 1).sum() / z.cols;
      });
      const dz = yhat.map((yhat_t, t) => masked(yhat_t.sub(y.at(t)), t).times(1 / z.cols));
      return { total: perStep.sum(), perStep, dz: dz as Z };
    },
  },
  {
    name: "largest-score-not-subtracted",
    mistake:
      "e^z was taken of the scores as they are: large ones overflow, and Infinity/Infinity is NaN.",
    hint: "A softmax does not change when the same number is taken from all scores: which number helps?",
    caughtBy: "scores of a thousand",
    wrong: () => (z, y, mask) => {
      const masked = (mat: Mat, t: number): Mat =>
        mask === undefined ? mat : mat.times(mask.at(t));
      const totals = z.map((z_t) => z_t.map(Math.exp).sumRows());
      const perStep = Mat.build<"1", "T_y">(1, z.T_y, (_row, index) => {
        const t = index + 1;
        const logTotal = totals.at(t).map(Math.log);
        const losses = y.at(t).times(z.at(t).sub(logTotal)).sumRows();
        return -masked(losses, t).sum() / z.cols;
      });
      const dz = z.map((z_t, t) => {
        const yhat = z_t.map((value, _k, i) => Math.exp(value) / totals.at(t).get(0, i));
        return masked(yhat.sub(y.at(t)), t).times(1 / z.cols);
      });
      return { total: perStep.sum(), perStep, dz: dz as Z };
    },
  },
];

function scaled(loss: SequenceLoss, factor: number): SequenceLoss {
  return {
    total: loss.total * factor,
    perStep: loss.perStep.times(factor),
    dz: loss.dz.map((dz_t) => dz_t.times(factor)),
  };
}
