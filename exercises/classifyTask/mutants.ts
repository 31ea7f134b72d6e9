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
    wrong: (right) => (examples) => {
      const type = right(examples);
      if (type === "one-to-many") return "many-to-one";
      return type === "many-to-one" ? "one-to-many" : type;
    },
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
    mistake: "All inputs' steps were added up, or averaged, and compared with all outputs' steps.",
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
  {
    name: "last-example-only",
    mistake: "Only the last example was looked at: each one overwrote what the others had said.",
    hint: "Does your loop remember what the earlier examples showed?",
    caughtBy: "the last example is the short one",
    wrong: (right) => (examples) => right(examples.slice(-1)),
  },
  {
    name: "one-for-some",
    mistake: "A single example of length 1 was taken for enough: “one” must hold for all.",
    hint: "“One” is a promise about every example. What does a single long one do to it?",
    caughtBy: "one short example among long ones",
    wrong: (right) => (examples) => {
      const some = (side: keyof ExampleLengths): boolean =>
        examples.some((example) => example[side] <= 1);
      if (some("T_x")) return some("T_y") ? "one-to-one" : "one-to-many";
      return some("T_y") ? "many-to-one" : right(examples);
    },
  },
  {
    name: "two-is-one",
    mistake: "A length of 2 was still called “one”.",
    hint: "At which length does “many” begin?",
    caughtBy: "two in, one out",
    wrong: (right) => (examples) => {
      const shortened = (T: number): number => (T === 2 ? 1 : T);
      return right(examples.map(({ T_x, T_y }) => ({ T_x: shortened(T_x), T_y: shortened(T_y) })));
    },
  },
  {
    name: "equal-before-one",
    mistake:
      "Equal lengths were asked for first: a task of one input and one output is called many-to-many.",
    hint: "1 equals 1, too. Which question must come first?",
    caughtBy: "one in, one out",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      return answer === "one-to-one" ? "many-to-many-equal" : answer;
    },
  },
  {
    name: "one-output-overlooked",
    mistake: "A single output was not asked for: many-to-one is called many-to-many.",
    hint: "A whole review and one verdict on it: which of your five answers does it get?",
    caughtBy: "many in, one out",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      return answer === "many-to-one" ? "many-to-many-unequal" : answer;
    },
  },
  {
    name: "one-input-overlooked",
    mistake: "A single input was not asked for: one-to-many is called many-to-many.",
    hint: "A genre and a whole tune: which of your five answers does it get?",
    caughtBy: "one in, many out",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      return answer === "one-to-many" ? "many-to-many-unequal" : answer;
    },
  },
  {
    name: "always-unequal",
    mistake: "Every many-to-many task is called unequal.",
    hint: "When each word gets a tag, how many tags are there?",
    caughtBy: "an output at every step",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      return answer === "many-to-many-equal" ? "many-to-many-unequal" : answer;
    },
  },
  {
    name: "one-length-for-all",
    mistake: "“Equal” was read as: all examples have the same length.",
    hint: "What is compared: one example with another, or an example's input with its output?",
    caughtBy: "equal lengths, the first of them 1",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      const isOneLength = examples.every(({ T_x }) => T_x === examples[0]!.T_x);
      return answer === "many-to-many-equal" && !isOneLength ? "many-to-many-unequal" : answer;
    },
  },
  {
    name: "longest-compared",
    mistake: "The longest input was compared with the longest output.",
    hint: "Two lengths belong together when they are the same example's.",
    caughtBy: "only a short example differs",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      const longest = (side: keyof ExampleLengths): number =>
        Math.max(...examples.map((example) => example[side]));
      if (!answer.startsWith("many-to-many")) return answer;
      return longest("T_x") === longest("T_y") ? "many-to-many-equal" : "many-to-many-unequal";
    },
  },
  {
    name: "shorter-output-overlooked",
    mistake: "Only an output longer than its input was taken for unequal, not a shorter one.",
    hint: "In how many ways can two lengths differ?",
    caughtBy: "outputs that are shorter",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      if (!answer.startsWith("many-to-many")) return answer;
      return examples.some(({ T_x, T_y }) => T_y > T_x)
        ? "many-to-many-unequal"
        : "many-to-many-equal";
    },
  },
  {
    name: "equal-for-unequal",
    mistake: "Equal and unequal stand in each other's place.",
    hint: "What is a task called whose lengths are the same in every example?",
    caughtBy: "an output at every step",
    wrong: (right) => (examples) => {
      const type = right(examples);
      if (type === "many-to-many-equal") return "many-to-many-unequal";
      return type === "many-to-many-unequal" ? "many-to-many-equal" : type;
    },
  },
  {
    name: "majority",
    mistake: "Most examples decided: a few that differ were outvoted.",
    hint: "A task is equal or one-to-many in every example, not in most of them.",
    caughtBy: "only the last example differs",
    wrong: () => (examples) => {
      const most = (holds: (example: ExampleLengths) => boolean): boolean =>
        examples.filter(holds).length > examples.length / 2;
      const oneInput = most(({ T_x }) => T_x <= 1);
      const oneOutput = most(({ T_y }) => T_y <= 1);
      if (oneInput) return oneOutput ? "one-to-one" : "one-to-many";
      if (oneOutput) return "many-to-one";
      return most(({ T_x, T_y }) => T_x === T_y) ? "many-to-many-equal" : "many-to-many-unequal";
    },
  },
  {
    name: "sorted-lengths-compared",
    mistake:
      "The lengths of all inputs were compared with those of all outputs, whatever their order.",
    hint: "Two lengths belong together when they are the same example's.",
    caughtBy: "lengths exchanged between two examples",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      const sorted = (side: keyof ExampleLengths): string =>
        examples
          .map((example) => example[side])
          .sort((one, other) => one - other)
          .join();
      if (!answer.startsWith("many-to-many")) return answer;
      return sorted("T_x") === sorted("T_y") ? "many-to-many-equal" : "many-to-many-unequal";
    },
  },
  {
    name: "last-example-overlooked",
    mistake: "The last example was not looked at.",
    hint: "Where does the loop over the examples end?",
    caughtBy: "only the last example differs",
    wrong: (right) => (examples) => {
      if (examples.length !== 1) return right(examples.slice(0, -1));
      right(examples); // what is no length is refused before
      return "one-to-one";
    },
  },
  {
    name: "shortest-input-counts",
    mistake:
      "One input of a single step was taken for enough: the shortest was asked for, not the longest.",
    hint: "One means: never more than 1. Which of the lengths settles that?",
    caughtBy: "one short example among long ones",
    wrong: (right) => (examples) => {
      const answer = right(examples);
      return examples.some(({ T_x }) => T_x <= 1)
        ? right(examples.map(({ T_x, T_y }) => ({ T_x: Math.min(1, T_x), T_y })))
        : answer;
    },
  },
];
