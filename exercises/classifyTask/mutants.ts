import { type ExampleLengths } from "../../src/index.js";
import type { Mutant } from "../exercise.js";
import type * as starter from "./starter.js";

/** The wrong ways to tell the types apart. */
export const mutants: readonly Mutant<typeof starter.classifyTask>[] = [
  {
    name: "first-example-only",
    mistake: "Only the first example was looked at.",
    hint: "The first example of a task can be an exception.",
    caughtBy: "only the last example differs",
    wrong: (right) => (examples) => right(examples.slice(0, 1)),
  },
  {
    name: "directions-swapped",
    mistake: "One-to-many and many-to-one are mixed up.",
    hint: "The input is named first: one-to-many has one input.",
    caughtBy: "one in, many out",
    wrong: (right) => (examples) => right(examples.map(({ T_x, T_y }) => ({ T_x: T_y, T_y: T_x }))),
  },
  {
    name: "always-equal",
    mistake: "Every many-to-many task is called equal.",
    hint: "In a translation, does the output have as many words as the input?",
    caughtBy: "lengths that differ",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      return answer === "many-to-many-unequal" ? "many-to-many-equal" : answer;
    },
  },
  {
    name: "some-for-every",
    mistake: "A single equal pair was taken for enough: some examples are equal, but not all.",
    hint: "“Equal” must hold for every example, not for some.",
    caughtBy: "only the last example differs",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      const some = examples.some(({ T_x, T_y }) => T_x === T_y);
      return answer === "many-to-many-unequal" && some ? "many-to-many-equal" : answer;
    },
  },
  {
    name: "totals-compared",
    mistake: "All inputs' steps were added up and compared with all outputs' steps.",
    hint: "An example that is longer must not make up for one that is shorter.",
    caughtBy: "lengths exchanged between two examples",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      const total = (side: keyof ExampleLengths): number =>
        examples.reduce((sum, example) => sum + example[side], 0);
      if (!answer.startsWith("many-to-many")) return answer;
      return total("T_x") === total("T_y") ? "many-to-many-equal" : "many-to-many-unequal";
    },
  },
  {
    name: "none-is-not-one",
    mistake: "No input at all (T_x = 0) was not counted as “one”: T_x === 1 was asked for.",
    hint: "“One” is a length that is never more than 1; can a length be less?",
    caughtBy: "no input at all",
    wrong: (right) => (examples) =>
      right(examples.map(({ T_x, T_y }) => ({ T_x: T_x === 0 ? 2 : T_x, T_y }))),
  },
];
