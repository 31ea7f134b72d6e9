import { classifyTask, type ExampleLengths, type TaskType } from "../../src/index.js";
import type { Mutant } from "../exercise.js";

type Examples = readonly ExampleLengths[];

/** The wrong ways to tell the types apart. */
export const mutants: readonly Mutant[] = [
  {
    name: "first-example-only",
    mistake: "Only the first example was looked at.",
    hint: "The first example of a task can be an exception.",
    caughtBy: "only the last example differs",
    run: (examples: Examples): TaskType => classifyTask(examples.slice(0, 1)),
  },
  {
    name: "directions-swapped",
    mistake: "One-to-many and many-to-one are mixed up.",
    hint: "The input is named first: one-to-many has one input.",
    caughtBy: "one in, many out",
    run: (examples: Examples): TaskType =>
      classifyTask(examples.map(({ T_x, T_y }) => ({ T_x: T_y, T_y: T_x }))),
  },
  {
    name: "always-equal",
    mistake: "Every many-to-many task is called equal.",
    hint: "In a translation, does the output have as many words as the input?",
    caughtBy: "lengths that differ",
    run: (examples: Examples): TaskType => {
      const right = classifyTask(examples);
      return right === "many-to-many-unequal" ? "many-to-many-equal" : right;
    },
  },
  {
    name: "some-for-every",
    mistake: "A single equal pair was taken for enough: some examples are equal, but not all.",
    hint: "“Equal” must hold for every example, not for some.",
    caughtBy: "only the last example differs",
    run: (examples: Examples): TaskType => {
      const right = classifyTask(examples);
      const some = examples.some(({ T_x, T_y }) => T_x === T_y);
      return right === "many-to-many-unequal" && some ? "many-to-many-equal" : right;
    },
  },
  {
    name: "totals-compared",
    mistake: "All inputs' steps were added up and compared with all outputs' steps.",
    hint: "An example that is longer must not make up for one that is shorter.",
    caughtBy: "lengths exchanged between two examples",
    run: (examples: Examples): TaskType => {
      const right = classifyTask(examples);
      const total = (side: keyof ExampleLengths): number =>
        examples.reduce((sum, example) => sum + example[side], 0);
      if (!right.startsWith("many-to-many")) return right;
      return total("T_x") === total("T_y") ? "many-to-many-equal" : "many-to-many-unequal";
    },
  },
  {
    name: "none-is-not-one",
    mistake: "No input at all (T_x = 0) was not counted as “one”: T_x === 1 was asked for.",
    hint: "“One” is a length that is never more than 1; can a length be less?",
    caughtBy: "no input at all",
    run: (examples: Examples): TaskType =>
      classifyTask(examples.map(({ T_x, T_y }) => ({ T_x: T_x === 0 ? 2 : T_x, T_y }))),
  },
];
