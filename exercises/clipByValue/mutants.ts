import { clipByNorm, type Mat, type RnnGradients } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to clip by value. */
export const mutants: readonly Mutant<typeof starter.clipByValue>[] = [
  {
    name: "only-from-above",
    mistake: "Only entries above c were clipped: those below −c stay.",
    hint: "A gradient can be large in two directions.",
    caughtBy: "some entries beyond the bound",
    wrong: () => (gradients, c) => each(gradients, (value) => Math.min(value, c)),
  },
  {
    name: "only-from-below",
    mistake: "Only entries below −c were clipped: those above c stay.",
    hint: "A gradient can be large in two directions.",
    caughtBy: "some entries beyond the bound",
    wrong: () => (gradients, c) => each(gradients, (value) => Math.max(value, -c)),
  },
  {
    name: "clipped-from-zero",
    mistake: "Entries were moved into [0, c]: every negative gradient is gone.",
    hint: "Which is the lower of the two bounds?",
    caughtBy: "all entries within the bound",
    wrong: () => (gradients, c) =>
      each(gradients, (value) => Math.min(Math.max(value, 0), Math.max(c, 0))),
  },
  {
    name: "sign-lost",
    mistake: "Entries beyond the bound became +c whatever their sign was.",
    hint: "What was a large step down must not become a step up.",
    caughtBy: "some entries beyond the bound",
    wrong: () => (gradients, c) => each(gradients, (value) => (Math.abs(value) > c ? c : value)),
  },
  {
    name: "set-to-zero",
    mistake: "Entries beyond the bound became 0 in place of ±c.",
    hint: "A large gradient is to be shortened, not forgotten.",
    caughtBy: "some entries beyond the bound",
    wrong: () => (gradients, c) => each(gradients, (value) => (Math.abs(value) > c ? 0 : value)),
  },
  {
    name: "bounds-swapped",
    mistake: "min and max were exchanged: every entry became c or −c.",
    hint: "What is the larger of a value and c, when the value is small?",
    caughtBy: "all entries within the bound",
    wrong: () => (gradients, c) => each(gradients, (value) => Math.max(Math.min(value, -c), c)),
  },
  {
    name: "bounds-by-sign",
    mistake: "Every entry became ±c by its sign, also those within the bound.",
    hint: "What is to become of an entry that is small already?",
    caughtBy: "all entries within the bound",
    wrong: () => (gradients, c) => each(gradients, (value) => Math.sign(value) * c),
  },
  {
    name: "absolute-values",
    mistake: "Absolute values were returned: the signs are lost.",
    hint: "A gradient says where the loss grows. What says its sign?",
    caughtBy: "all entries within the bound",
    wrong: (right) => (gradients, c) => each(right(gradients, c), Math.abs),
  },
  {
    name: "clipped-by-norm",
    mistake: "All gradients were scaled to the norm c: that is clipping by norm, of lesson 07.",
    hint: "Here each entry is looked at by itself.",
    caughtBy: "some entries beyond the bound",
    wrong: () => (gradients, c) => clipByNorm(gradients, c).gradients,
  },
  {
    name: "each-matrix-by-its-norm",
    mistake: "Each matrix was scaled to a norm of c at most, in place of its entries.",
    hint: "Here each entry is looked at by itself.",
    caughtBy: "some entries beyond the bound",
    wrong: () => (gradients, c) =>
      eachMatrix(gradients, (gradient) => {
        const norm = gradient.norm();
        return norm > c ? gradient.times(c / norm) : gradient;
      }),
  },
  {
    name: "scaled-by-the-largest",
    mistake: "Each matrix was divided so that its largest entry is c: small entries shrink too.",
    hint: "What is to become of an entry that is small already?",
    caughtBy: "some entries beyond the bound",
    wrong: () => (gradients, c) =>
      eachMatrix(gradients, (gradient) => {
        const largest = Math.max(...gradient.data.map(Math.abs));
        return largest > c ? gradient.times(c / largest) : gradient;
      }),
  },
  {
    name: "biases-forgotten",
    mistake: "The biases' gradients were not clipped.",
    hint: "How many gradients are there, and how many did you clip?",
    caughtBy: "some entries beyond the bound",
    wrong: (right) => (gradients, c) => {
      const { dba, dby } = gradients;
      return { ...right(gradients, c), dba, dby };
    },
  },
  {
    name: "output-forgotten",
    mistake: "The output layer's gradients dWya and dby were not clipped.",
    hint: "How many gradients are there, and how many did you clip?",
    caughtBy: "some entries beyond the bound",
    wrong: (right) => (gradients, c) => {
      const { dWya, dby } = gradients;
      return { ...right(gradients, c), dWya, dby };
    },
  },
  {
    name: "bound-one",
    mistake: "Entries were clipped to [−1, 1] whatever maxValue is.",
    hint: "Who says how large an entry may be?",
    caughtBy: "some entries beyond the bound",
    wrong: (right) => (gradients) => right(gradients, 1),
  },
  {
    name: "not-clipped",
    mistake: "Nothing was clipped: the gradients came back as they were.",
    hint: "`map` returns a new matrix. What became of it?",
    caughtBy: "some entries beyond the bound",
    wrong: () => (gradients) => each(gradients, Number),
  },
  {
    name: "soft-clipping",
    mistake: "c · tanh(dW/c) was returned: every entry is changed, also one within the bound.",
    hint: "What should happen to an entry that is small enough?",
    caughtBy: "some entries beyond the bound",
    wrong: () => (gradients, c) =>
      each(gradients, (value) => (c > 0 ? c * Math.tanh(value / c) : 0)),
  },
];

function eachMatrix(gradients: RnnGradients, change: (gradient: Mat) => Mat): RnnGradients {
  const { dWax, dWaa, dWya, dba, dby } = gradients;
  return {
    dWax: change(dWax),
    dWaa: change(dWaa),
    dWya: change(dWya),
    dba: change(dba),
    dby: change(dby),
  };
}

function each(gradients: RnnGradients, change: (value: number) => number): RnnGradients {
  return eachMatrix(gradients, (gradient) => gradient.map((value) => change(value)));
}
