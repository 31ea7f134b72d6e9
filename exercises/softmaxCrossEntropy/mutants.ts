import { Mat, selectValid, Sequence, type SequenceLoss, softmax } from "../../src/index.js";
import { smallNumbers } from "../constants.js";
import type { Family, Mutant } from "../exercise.js";
import { plainFactors } from "../otherFunctions.js";
import type * as starter from "./starter.js";

type Z = Sequence<"n_y", "m">;
type Mask = Sequence<"1", "m"> | undefined;

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
      const logYhat = z.map((z_t) => softmax(z_t).map(Math.log));
      const perStep = lossOf(logYhat, y, mask);
      return { ...right(z, y, mask), total: perStep.sum(), perStep };
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
      const yhat = z.map((z_t) => softmax(z_t.T).T);
      const perStep = answer.perStep.map((_, _row, index) => {
        const chosen = y.at(index + 1).times(yhat.at(index + 1).map(boundedLog));
        return -masked(chosen, mask, index + 1).sum() / z.cols;
      });
      const dz = yhat.map((yhat_t, t) => masked(yhat_t.sub(y.at(t)), mask, t).times(1 / z.cols));
      return { total: perStep.sum(), perStep, dz };
    },
  },
  {
    name: "largest-score-not-subtracted",
    mistake:
      "e^z was taken of the scores as they are: large ones overflow, and Infinity/Infinity is NaN.",
    hint: "A softmax does not change when the same number is taken from all scores: which number helps?",
    caughtBy: "scores of a thousand",
    wrong: () => (z, y, mask) => {
      const totals = z.map((z_t) => z_t.map(Math.exp).sumRows());
      const perStep = Mat.build<"1", "T_y">(1, z.T_y, (_row, index) => {
        const t = index + 1;
        const logTotal = totals.at(t).map(Math.log);
        const losses = y.at(t).times(z.at(t).sub(logTotal)).sumRows();
        return -masked(losses, mask, t).sum() / z.cols;
      });
      const dz = z.map((z_t, t) => {
        const yhat = z_t.map((value, _k, i) => Math.exp(value) / totals.at(t).get(0, i));
        return masked(yhat.sub(y.at(t)), mask, t).times(1 / z.cols);
      });
      return { total: perStep.sum(), perStep, dz };
    },
  },
  {
    name: "one-maximum-per-step",
    mistake:
      "The largest score of all examples was subtracted: an example whose scores are all far below it gives log 0.",
    hint: "Whose largest score must not overflow: the step's, or each example's?",
    caughtBy: "examples with scores far apart",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      const e = z.map((z_t) => z_t.sub(Math.max(...z_t.data)).map(Math.exp));
      const perStep = lossOf(
        z.map((z_t, t) => z_t.sub(Math.max(...z_t.data)).sub(e.at(t).sumRows().map(Math.log))),
        y,
        mask,
      );
      const dz = e.map((e_t, t) => {
        const totals = e_t.sumRows();
        const yhat = e_t.map((value, _k, i) => value / totals.get(0, i));
        return masked(yhat.sub(y.at(t)), mask, t).times(1 / z.cols);
      });
      return { ...answer, total: perStep.sum(), perStep, dz };
    },
  },
  {
    name: "largest-of-each-class-subtracted",
    mistake: "The largest score of each row was subtracted: that changes an example's scores.",
    hint: "A softmax stays the same when all scores of one example are lowered by one number.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) =>
      right(
        z.map((z_t) => z_t.map((value, k) => value - Math.max(...z_t.toArray()[k]!))),
        y,
        mask,
      ),
  },
  {
    name: "softmax-twice",
    mistake: "A softmax was taken of the scores first, and the loss took another of it.",
    hint: "z holds scores. What do you hand to the line that takes the softmax?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => right(z.map(softmax), y, mask),
  },
  {
    name: "softmax-over-the-whole-step",
    mistake: "The exponentials were divided by the sum over all classes and all examples.",
    hint: "A column is one example, and its probabilities must sum to 1.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const logYhat = z.map((z_t) => {
        const largest = Math.max(...z_t.data);
        const total = z_t.data.reduce((sum, value) => sum + Math.exp(value - largest), 0);
        return z_t.sub(largest + Math.log(total));
      });
      const perStep = lossOf(logYhat, y, mask);
      const dz = logYhat.map((log, t) =>
        masked(log.map(Math.exp).sub(y.at(t)), mask, t).times(1 / z.cols),
      );
      return { ...right(z, y, mask), total: perStep.sum(), perStep, dz };
    },
  },
  {
    name: "labels-not-subtracted",
    mistake: "The gradient is ŷ/m: the labels are missing in it.",
    hint: "Where the prediction is right and sure, the gradient is zero. Is yours?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => ({
      ...right(z, y, mask),
      dz: z.map((z_t, t) => masked(softmax(z_t), mask, t).times(1 / z.cols)),
    }),
  },
  {
    name: "gradient-by-the-probabilities",
    mistake: "The gradient is −y/ŷ: that of the probabilities, not of the scores.",
    hint: "The loss is a function of ŷ, and ŷ one of z. How far back did you go?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => ({
      ...right(z, y, mask),
      dz: z.map((z_t, t) => {
        const yhat = softmax(z_t);
        const d = y.at(t).map((one, k, i) => -one / yhat.get(k, i));
        return masked(d, mask, t).times(1 / z.cols);
      }),
    }),
  },
  {
    name: "only-the-right-class-s-gradient",
    mistake: "The gradient is −y(1 − ŷ): the scores of the other classes have none.",
    hint: "If a wrong class's score grows, what happens to the right class's probability?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => ({
      ...right(z, y, mask),
      dz: z.map((z_t, t) => masked(y.at(t).times(softmax(z_t).sub(1)), mask, t).times(1 / z.cols)),
    }),
  },
  {
    name: "sigmoid-gradient",
    mistake: "The gradient went through a sigmoid too: (ŷ − y) ŷ (1 − ŷ).",
    hint: "ŷ − y is the whole way back already, softmax included.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      const slope = z.map((z_t) => softmax(z_t).map((p) => p * (1 - p)));
      return { ...answer, dz: answer.dz.map((dz_t, t) => dz_t.times(slope.at(t))) };
    },
  },
  {
    name: "logarithm-bounded",
    mistake: "The logarithm was bounded by −100: a loss of a thousand counts as a hundred.",
    hint: "With log softmax written as a difference nothing overflows. What is left to bound?",
    caughtBy: "scores of a thousand",
    wrong: (right) => (z, y, mask) => {
      const perStep = lossOf(
        z.map((z_t) => softmax(z_t).map(boundedLog)),
        y,
        mask,
      );
      return { ...right(z, y, mask), total: perStep.sum(), perStep };
    },
  },
  {
    name: "log-base-two",
    mistake: "The logarithm to base 2 was taken: the loss is in bits, not in nats.",
    hint: "The course's log is the natural one.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      const perStep = answer.perStep.times(1 / Math.LN2);
      return { ...answer, total: perStep.sum(), perStep };
    },
  },
  {
    name: "minus-forgotten",
    mistake: "The minus before the sum is missing: the loss is negative.",
    hint: "A logarithm of a probability is negative, a loss is not.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      return { ...answer, total: -answer.total, perStep: answer.perStep.times(-1) };
    },
  },
  {
    name: "scores-masked",
    mistake: "The mask was put on the scores: padding still costs log n_y.",
    hint: "Scores of zero are a prediction too. What do they cost?",
    caughtBy: "padding",
    wrong: (right) => (z, y, mask) =>
      mask === undefined
        ? right(z, y)
        : right(
            z.map((z_t, t) => z_t.times(mask.at(t))),
            y,
          ),
  },
  {
    name: "labels-masked",
    mistake: "The mask was put on the labels: padding costs nothing, but pushes its scores down.",
    hint: "A step without loss has no gradient either. Is yours zero there?",
    caughtBy: "padding",
    wrong: (right) => (z, y, mask) => {
      const loss = right(z, y, mask);
      const push = (z_t: Mat<"n_y", "m">, t: number): Mat<"n_y", "m"> =>
        selectValid(mask!.at(t), loss.dz.at(t), softmax(z_t).times(1 / z.cols));
      return mask === undefined ? loss : { ...loss, dz: z.map(push) };
    },
  },
  {
    name: "mask-turned-round",
    mistake: "The mask is used the wrong way round: padding is counted and data is not.",
    hint: "The mask is 1 where there is a word.",
    caughtBy: "padding",
    wrong: (right) => (z, y, mask) =>
      right(
        z,
        y,
        mask?.map((mask_t) => mask_t.map((value) => 1 - value)),
      ),
  },
  {
    name: "mean-over-all-valid-steps",
    mistake: "Everything was divided by the number of all unmasked steps in place of m.",
    hint: "Losses of steps are summed. What are they divided by, and what is not?",
    caughtBy: "padding",
    wrong: (right) => (z, y, mask) => {
      const valid =
        mask === undefined
          ? z.cols * z.T_y
          : Array.from(mask).reduce((count, mask_t) => count + mask_t.sum(), 0);
      return scaled(right(z, y, mask), z.cols / valid);
    },
  },
  {
    name: "losses-per-example",
    mistake: "perStep holds one loss for each example in place of one for each step.",
    hint: "perStep is (1, T_y). Over what did you sum, and what is left?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const perStep = Mat.build<"1", "m">(1, z.cols, (_row, i) => {
        const own = right(z.example(i + 1), y.example(i + 1), mask?.example(i + 1));
        return own.total / z.cols;
      });
      return { ...right(z, y, mask), perStep };
    },
  },
  {
    name: "losses-added-up",
    mistake: "perStep is a running total: each step's loss holds those before it.",
    hint: "L⟨t⟩ is the loss of step t alone.",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      let total = 0;
      return { ...answer, perStep: answer.perStep.map((value) => (total += value)) };
    },
  },
  {
    name: "last-step-for-the-total",
    mistake: "The total is the last step's loss alone.",
    hint: "Every step has a loss. What becomes of the earlier ones in your total?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      return { ...answer, total: answer.perStep.get(0, z.T_y - 1) };
    },
  },
  {
    name: "loss-divided-by-valid-steps",
    mistake: "Each step's loss was divided by the number of its unmasked examples in place of m.",
    hint: "m counts the examples of the batch, whether they still run or not.",
    caughtBy: "padding",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      if (mask === undefined) return answer;
      const perStep = answer.perStep.map(
        (value, _row, index) => (value * z.cols) / Math.max(1, mask.at(index + 1).sum()),
      );
      return { ...answer, total: perStep.sum(), perStep };
    },
  },
  {
    name: "loss-divided-by-classes",
    mistake: "The loss was divided by the number of classes in place of examples.",
    hint: "Over what is the mean taken?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      const perStep = answer.perStep.times(z.cols / z.at(1).rows);
      return { ...answer, total: perStep.sum(), perStep };
    },
  },
  {
    name: "gradient-reversed",
    mistake: "dz is in reverse: the last step's gradient comes first.",
    hint: "Where in the list does a step's gradient belong?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      return { ...answer, dz: answer.dz.reverse() };
    },
  },
  {
    name: "loss-without-the-largest-score",
    mistake:
      "The loss takes e^z of the scores as they are: large ones overflow, and Infinity/Infinity is NaN.",
    hint: "A softmax does not change when the same number is taken from all scores: which number helps?",
    caughtBy: "scores of a thousand",
    wrong: (right) => (z, y, mask) => {
      const logs = z.map((z_t) => {
        const powers = z_t.map(Math.exp);
        const totals = powers.sumRows();
        return powers.map((value, _k, i) => Math.log(value / totals.get(0, i)));
      });
      const perStep = lossOf(logs, y, mask);
      return { ...right(z, y, mask), total: perStep.sum(), perStep };
    },
  },
  {
    name: "last-step-not-in-the-total",
    mistake: "The total lacks the last step's loss.",
    hint: "Over which steps does the sum run?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      return { ...answer, total: answer.total - answer.perStep.get(0, z.T_y - 1) };
    },
  },
  {
    name: "first-step-not-in-the-total",
    mistake: "The total lacks step 1's loss.",
    hint: "Over which steps does the sum run?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      return { ...answer, total: answer.total - answer.perStep.get(0, 0) };
    },
  },
  {
    name: "sigmoids-in-the-gradient",
    mistake: "dz is σ(z) − y: sigmoids in place of the softmax, in the gradient alone.",
    hint: "Which function of z is ŷ, for the loss as for its gradient?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => ({
      ...right(z, y, mask),
      dz: z.map((z_t, t) =>
        masked(
          z_t.map((v, k, i) => (1 / (1 + Math.exp(-v)) - y.at(t).get(k, i)) / z.cols),
          mask,
          t,
        ),
      ),
    }),
  },
  {
    name: "maximum-not-put-back",
    mistake: "The largest score was taken out of the sum and not added to its logarithm again.",
    hint: "log Σ e^z and log Σ e^(z − max) differ: by what?",
    caughtBy: "ordinary sizes",
    wrong: () => (z, y, mask) => {
      const logs = z.map((z_t) => {
        const largest = Array.from({ length: z_t.cols }, (_, i) => Math.max(...z_t.column(i).data));
        const totals = z_t.map((score, _k, i) => Math.exp(score - largest[i]!)).sumRows();
        return z_t.map((score, _k, i) => score - Math.log(totals.get(0, i)));
      });
      const perStep = lossOf(logs, y, mask);
      const dz = logs.map((log, t) =>
        masked(log.map(Math.exp).sub(y.at(t)), mask, t).times(1 / z.cols),
      );
      return { total: perStep.sum(), perStep, dz };
    },
  },
  {
    name: "loss-not-reset",
    mistake:
      "The sum of a step's losses was not set back to 0: each step's holds those before it, and the total too.",
    hint: "Where is the sum of one step's losses set to 0?",
    caughtBy: "ordinary sizes",
    wrong: (right) => (z, y, mask) => {
      const answer = right(z, y, mask);
      let sum = 0;
      const perStep = answer.perStep.map((loss) => (sum += loss));
      return { ...answer, perStep, total: perStep.sum() };
    },
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.softmaxCrossEntropy>[] = [
  {
    name: "small-number-in-the-logarithm",
    mistake: (k) => `log(ŷ + ${k}) was taken in place of log ŷ.`,
    hint: "The logarithm of a softmax can be written without taking a logarithm of ŷ.",
    constants: smallNumbers,
    wrong: (right, k) => (z, y, mask) => {
      const answer = right(z, y, mask);
      const perStep = answer.perStep.map((_loss, _row, index) => {
        const t = index + 1;
        const logs = softmax(z.at(t)).map((p) => Math.log(p + k));
        const losses = y.at(t).times(logs).sumRows();
        return -(mask === undefined ? losses : losses.times(mask.at(t))).sum() / z.cols;
      });
      return { ...answer, perStep, total: perStep.sum() };
    },
  },
  {
    name: "clipped-prediction",
    mistake: (k) => `ŷ was bounded below by ${k} before its logarithm was taken.`,
    hint: "With log softmax written as a difference nothing overflows. What is left to bound?",
    constants: smallNumbers,
    wrong: (right, k) => (z, y, mask) => {
      const logs = z.map((z_t) => softmax(z_t).map((p) => Math.log(Math.max(k, p))));
      const perStep = lossOf(logs, y, mask);
      return { ...right(z, y, mask), perStep, total: perStep.sum() };
    },
  },
  {
    name: "scores-scaled",
    mistake: (k) => `The scores were multiplied by ${k} before the softmax.`,
    hint: "What does the softmax take, as it is?",
    constants: plainFactors,
    wrong: (right, k) => (z, y, mask) =>
      right(
        z.map((z_t) => z_t.times(k)),
        y,
        mask,
      ),
  },
];

function scaled(loss: SequenceLoss, factor: number): SequenceLoss {
  return {
    total: loss.total * factor,
    perStep: loss.perStep.times(factor),
    dz: loss.dz.map((dz_t) => dz_t.times(factor)),
  };
}

/** What the mask leaves of a step; all of it where there is no mask. */
function masked<R extends string>(step: Mat<R, "m">, mask: Mask, t: number): Mat<R, "m"> {
  return mask === undefined ? step : step.times(mask.at(t));
}

/** L⟨t⟩ of each step, from the logarithms of the probabilities. */
function lossOf(logYhat: Z, y: Z, mask: Mask): Mat<"1", "T_y"> {
  return Mat.build(1, y.T_y, (_row, index) => {
    const losses = y
      .at(index + 1)
      .times(logYhat.at(index + 1))
      .sumRows();
    return -masked(losses, mask, index + 1).sum() / y.cols;
  });
}
