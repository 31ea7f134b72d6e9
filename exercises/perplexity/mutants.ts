import type { Family, Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to make a perplexity of a loss. */
export const mutants: readonly Mutant<typeof starter.perplexity>[] = [
  {
    name: "mean-probability",
    mistake: "e^(−L) was returned: the probability that a token has on (geometric) average.",
    hint: "Should a larger loss give a larger or a smaller number?",
    caughtBy: "twenty-seven equal choices",
    wrong: (right) => (loss) => 1 / right(loss),
  },
  {
    name: "loss-itself",
    mistake: "The loss was returned as it is.",
    hint: "Twenty-seven equal choices cost 3.30 nats. Which number do you want to see?",
    caughtBy: "twenty-seven equal choices",
    wrong: (right) => (loss) => {
      right(loss);
      return loss;
    },
  },
  {
    name: "inverse-of-the-loss",
    mistake: "1/L was returned: the loss is not undone by a division.",
    hint: "L is a mean of logarithms. What undoes a logarithm?",
    caughtBy: "twenty-seven equal choices",
    wrong: (right) => (loss) => {
      right(loss);
      return 1 / loss;
    },
  },
  {
    name: "less-one",
    mistake: "e^L − 1 was returned.",
    hint: "A network that is never surprised chooses among one token.",
    caughtBy: "never surprised",
    wrong: (right) => (loss) => right(loss) - 1,
  },
  {
    name: "logarithm",
    mistake: "The logarithm was taken once more in place of undone.",
    hint: "Which function undoes the logarithm?",
    caughtBy: "twenty-seven equal choices",
    wrong: (right) => (loss) => {
      right(loss);
      return Math.log(loss);
    },
  },
  {
    name: "rounded",
    mistake: "The perplexity was rounded to a whole number.",
    hint: "It need not be a whole number of choices.",
    caughtBy: "a loss of a few nats",
    wrong: (right) => (loss) => Math.round(right(loss)),
  },
  {
    name: "square-root",
    mistake: "The square root of e^L was returned: the loss was halved.",
    hint: "What stands in the exponent?",
    caughtBy: "twenty-seven equal choices",
    wrong: (right) => (loss) => Math.sqrt(right(loss)),
  },
  {
    name: "squared",
    mistake: "e^(2L) was returned.",
    hint: "What stands in the exponent?",
    caughtBy: "twenty-seven equal choices",
    wrong: (right) => (loss) => right(loss) ** 2,
  },
  {
    name: "base-two-of-bits",
    mistake: "The loss was changed to bits, and e was raised to them: that needs base 2.",
    hint: "e belongs to nats, 2 to bits.",
    caughtBy: "twenty-seven equal choices",
    wrong: (right) => (loss) => {
      right(loss);
      return Math.exp(loss / Math.LN2);
    },
  },
  {
    name: "negative-let-through",
    mistake: "A negative loss gave a perplexity below 1 in place of an error.",
    hint: "Among how many tokens does one choose at the least?",
    caughtBy: "a negative loss",
    wrong: (right) => (loss) => (loss < 0 ? Math.exp(loss) : right(loss)),
  },
  {
    name: "nan-let-through",
    mistake: "A loss of NaN gave NaN in place of an error.",
    hint: "Is NaN below 0? What does a comparison with it say?",
    caughtBy: "a loss that is no number",
    wrong: (right) => (loss) => (Number.isNaN(loss) ? NaN : right(loss)),
  },
  {
    name: "negative-made-positive",
    mistake: "A negative loss was made positive in place of an error.",
    hint: "Who should notice that the minus was forgotten?",
    caughtBy: "a negative loss",
    wrong: (right) => (loss) => right(Math.abs(loss)),
  },
];

/** The wrong ways that are one but for a constant. */
export const families: readonly Family<typeof starter.perplexity>[] = [
  {
    name: "another-base",
    mistake: (k) => `${k} was raised to the loss in place of e.`,
    hint: "The loss is in nats. Which base belongs to them?",
    constants: () => [2, 10, 2.7, 2.71, 2.718, 3],
    wrong: (right, k) => (loss) => {
      right(loss);
      return k ** loss;
    },
  },
];
