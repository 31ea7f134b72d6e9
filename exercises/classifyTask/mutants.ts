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
    name: "totals-compared",
    mistake: "A single equal pair was taken for enough: some examples are equal, but not all.",
    hint: "“Equal” must hold for every example, not for some.",
    caughtBy: "only the last example differs",
    run: (examples: Examples): TaskType => {
      const right = classifyTask(examples);
      const some = examples.some(({ T_x, T_y }) => T_x === T_y);
      return right === "many-to-many-unequal" && some ? "many-to-many-equal" : right;
    },
  },
];
