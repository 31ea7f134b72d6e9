import {
  clipByNorm,
  clipByValue,
  type Mat,
  type RnnGradients,
  type RnnParameters,
} from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to take a step. */
export const mutants: readonly Mutant<typeof starter.optimizeStep>[] = [
  {
    name: "uphill",
    mistake: "The gradients were added: the step goes uphill.",
    hint: "A gradient points to where the loss grows.",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      return { ...answer, parameters: moved(parameters, answer.gradients, -learningRate) };
    },
  },
  {
    name: "not-clipped",
    mistake: "The gradients were not clipped at all.",
    hint: "What is maxValue for?",
    caughtBy: "some gradients are clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate) =>
      right(parameters, lossAndGradients, learningRate, Number.MAX_VALUE),
  },
  {
    name: "step-not-clipped",
    mistake: "The clipped gradients were returned, but the step was made with those that came.",
    hint: "Which gradients moved your parameters?",
    caughtBy: "some gradients are clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => ({
      ...right(parameters, lossAndGradients, learningRate, maxValue),
      parameters: moved(parameters, lossAndGradients(parameters).gradients, learningRate),
    }),
  },
  {
    name: "returned-not-clipped",
    mistake: "The step was made with clipped gradients, but those that came were returned.",
    hint: "Which gradients does the answer hold?",
    caughtBy: "some gradients are clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => ({
      ...right(parameters, lossAndGradients, learningRate, maxValue),
      gradients: lossAndGradients(parameters).gradients,
    }),
  },
  {
    name: "clipped-after-scaling",
    mistake: "α dW was clipped in place of dW.",
    hint: "Does the bound hold for the gradient or for the step?",
    caughtBy: "some gradients are clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const { gradients } = lossAndGradients(parameters);
      const step = clipByValue(scaled(gradients, learningRate), maxValue);
      return {
        ...right(parameters, lossAndGradients, learningRate, maxValue),
        parameters: moved(parameters, step, 1),
      };
    },
  },
  {
    name: "clipped-by-norm",
    mistake: "The gradients were clipped by norm in place of by value.",
    hint: "Here each entry is looked at by itself.",
    caughtBy: "some gradients are clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const { gradients } = clipByNorm(lossAndGradients(parameters).gradients, maxValue);
      return {
        ...right(parameters, lossAndGradients, learningRate, maxValue),
        gradients,
        parameters: moved(parameters, gradients, learningRate),
      };
    },
  },
  {
    name: "parameters-clipped",
    mistake: "The parameters were clipped in place of their gradients.",
    hint: "What explodes: the weights or the gradients?",
    caughtBy: "some gradients are clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const free = right(parameters, lossAndGradients, learningRate, Number.MAX_VALUE);
      return { ...free, parameters: clipByValue(free.parameters, maxValue) };
    },
  },
  {
    name: "learning-rate-forgotten",
    mistake: "The whole gradient was subtracted: the learning rate was not used.",
    hint: "How far does a step go?",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      return { ...answer, parameters: moved(parameters, answer.gradients, 1) };
    },
  },
  {
    name: "learning-rate-in-the-gradients",
    mistake: "The gradients were returned times the learning rate.",
    hint: "α belongs to the step, not to the gradient.",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      return { ...answer, gradients: scaled(answer.gradients, learningRate) };
    },
  },
  {
    name: "biases-not-moved",
    mistake: "The biases stayed where they were.",
    hint: "How many parameters are there, and how many did you move?",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      const { ba, by } = parameters;
      return { ...answer, parameters: { ...answer.parameters, ba, by } };
    },
  },
  {
    name: "output-not-moved",
    mistake: "The output layer's Wya and by stayed where they were.",
    hint: "How many parameters are there, and how many did you move?",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      const { Wya, by } = parameters;
      return { ...answer, parameters: { ...answer.parameters, Wya, by } };
    },
  },
  {
    name: "not-moved",
    mistake: "The parameters came back as they were.",
    hint: "`sub` returns a new matrix. What became of it?",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => ({
      ...right(parameters, lossAndGradients, learningRate, maxValue),
      parameters,
    }),
  },
  {
    name: "loss-after-the-step",
    mistake: "The loss is that of the next parameters.",
    hint: "Of which parameters are the gradients? The loss belongs to the same.",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      return { ...answer, loss: lossAndGradients(answer.parameters).total };
    },
  },
  {
    name: "gradients-after-the-step",
    mistake: "The gradients that are returned are those of the next parameters.",
    hint: "Of which parameters are the gradients that made the step?",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      const later = lossAndGradients(answer.parameters).gradients;
      return { ...answer, gradients: clipByValue(later, maxValue) };
    },
  },
  {
    name: "two-steps",
    mistake: "Two steps were taken.",
    hint: "How often is `lossAndGradients` called for one step?",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const first = right(parameters, lossAndGradients, learningRate, maxValue);
      const second = right(first.parameters, lossAndGradients, learningRate, maxValue);
      return { ...first, parameters: second.parameters };
    },
  },
  {
    name: "gradient-for-the-parameters",
    mistake: "−α dW was returned in place of W − α dW.",
    hint: "A step starts somewhere.",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      const zero = moved(parameters, parametersAsGradients(parameters), 1);
      return { ...answer, parameters: moved(zero, answer.gradients, learningRate) };
    },
  },
  {
    name: "sign-of-the-gradient",
    mistake: "Each parameter was moved by α in the direction of its gradient's sign.",
    hint: "A steep slope moves a parameter further than a gentle one.",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      const signs = changed(answer.gradients, (dW) => dW.map(Math.sign));
      return { ...answer, parameters: moved(parameters, signs, learningRate) };
    },
  },
  {
    name: "clipped-at-the-learning-rate",
    mistake: "The gradients were clipped at the learning rate in place of c.",
    hint: "Which of the two numbers is the step's size, and which the bound?",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate) =>
      right(parameters, lossAndGradients, learningRate, learningRate),
  },
  {
    name: "divided-by-the-rate",
    mistake: "The gradients were divided by α in place of multiplied.",
    hint: "Is your step shorter when α is smaller?",
    caughtBy: "no gradient is clipped",
    wrong: (right) => (parameters, lossAndGradients, learningRate, maxValue) => {
      const answer = right(parameters, lossAndGradients, learningRate, maxValue);
      return { ...answer, parameters: moved(parameters, answer.gradients, 1 / learningRate) };
    },
  },
];

function changed(gradients: RnnGradients, change: (dW: Mat) => Mat): RnnGradients {
  const { dWax, dWaa, dWya, dba, dby } = gradients;
  return {
    dWax: change(dWax),
    dWaa: change(dWaa),
    dWya: change(dWya),
    dba: change(dba),
    dby: change(dby),
  };
}

function scaled(gradients: RnnGradients, factor: number): RnnGradients {
  return changed(gradients, (dW) => dW.times(factor));
}

function parametersAsGradients({ Wax, Waa, Wya, ba, by }: RnnParameters): RnnGradients {
  return { dWax: Wax, dWaa: Waa, dWya: Wya, dba: ba, dby: by };
}

/** W − α dW for all five. */
function moved(parameters: RnnParameters, gradients: RnnGradients, alpha: number): RnnParameters {
  return {
    Wax: parameters.Wax.sub(gradients.dWax.times(alpha)),
    Waa: parameters.Waa.sub(gradients.dWaa.times(alpha)),
    Wya: parameters.Wya.sub(gradients.dWya.times(alpha)),
    ba: parameters.ba.sub(gradients.dba.times(alpha)),
    by: parameters.by.sub(gradients.dby.times(alpha)),
  };
}
