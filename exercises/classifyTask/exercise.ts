import { classifyTask, type Random } from "../../src/index.js";
import type { Argument, ExerciseDefinition, Settings, Size } from "../exercise.js";
import { mutants } from "./mutants.js";

/** Lengths of several examples; `settings.kind` picks how T_x and T_y are drawn. */
function draw(size: Size, random: Random, settings: Settings): readonly Argument[] {
  const many = (): number => 2 + random.integer(8);
  if (settings["kind"] === 10) {
    const [short, long] = [many(), 10 + random.integer(5)];
    return [
      [
        { T_x: short, T_y: long },
        { T_x: long, T_y: short },
      ],
    ];
  }
  if (settings["kind"] === 18) {
    const T = many();
    return [
      [
        { T_x: T, T_y: T + 1 },
        { T_x: T + 5, T_y: T + 4 },
      ],
    ];
  }
  const examples = Array.from({ length: size["examples"] ?? 4 }, (_, i) => {
    switch (settings["kind"]) {
      case 1:
        return { T_x: 1, T_y: 1 };
      case 2:
        return { T_x: 1, T_y: many() };
      case 3:
        return { T_x: many(), T_y: 1 };
      case 4: {
        const T = many();
        return { T_x: T, T_y: T };
      }
      case 5: {
        const T = many();
        return { T_x: T, T_y: T + 1 + random.integer(3) };
      }
      case 6: {
        const T = many(); // only the last example gives it away
        return { T_x: T, T_y: i === (size["examples"] ?? 4) - 1 ? T + 1 : T };
      }
      case 7:
        return { T_x: i === 0 ? 1 : many(), T_y: 1 }; // one short example among long ones
      case 9:
        return { T_x: 0, T_y: many() }; // music from nothing
      case 11:
        return { T_x: 2, T_y: 1 }; // the shortest "many"
      case 12:
        return { T_x: 1, T_y: 2 };
      case 13:
        return { T_x: i === (size["examples"] ?? 4) - 1 ? 1 : many(), T_y: 1 };
      case 14: {
        const T = i === 0 ? 12 : many(); // the longest input and output are as long as each other
        return { T_x: T, T_y: i === 1 ? T + 1 : T };
      }
      case 15: {
        const T = 1 + many();
        return { T_x: T, T_y: T - 1 };
      }
      case 16:
        return { T_x: 4, T_y: 4 };
      case 17: {
        const T = many();
        return { T_x: T, T_y: i === 1 ? T : T + 1 };
      }
      default: {
        const T = i === 0 ? 1 : many(); // equal lengths, the first of them 1
        return { T_x: T, T_y: T };
      }
    }
  });
  return [examples];
}

/** Which of the five types a task is: the exercise of lesson 00. */
export const exercise: ExerciseDefinition = {
  id: "classifyTask",
  lesson: "00",
  title: "Which type of task is it?",
  points: 2,
  cases: [
    { name: "one in, one out", size: { examples: 3 }, settings: { kind: 1 } },
    { name: "one in, many out", size: { examples: 4 }, settings: { kind: 2 } },
    { name: "many in, one out", size: { examples: 4 }, settings: { kind: 3 } },
    { name: "an output at every step", size: { examples: 5 }, settings: { kind: 4 } },
    { name: "lengths that differ", size: { examples: 5 }, settings: { kind: 5 } },
    {
      name: "only the last example differs",
      size: { examples: 4 },
      settings: { kind: 6 },
    },
    {
      name: "one short example among long ones",
      size: { examples: 4 },
      settings: { kind: 7 },
    },
    {
      name: "equal lengths, the first of them 1",
      size: { examples: 4 },
      settings: { kind: 8 },
    },
    { name: "a single example", size: { examples: 1 }, settings: { kind: 5 } },
    { name: "no input at all", size: { examples: 4 }, settings: { kind: 9 } },
    {
      name: "lengths exchanged between two examples",
      size: {},
      settings: { kind: 10 },
    },
    {
      name: "lengths that add up to the same",
      size: {},
      settings: { kind: 18 },
    },
    {
      name: "the last example is the short one",
      size: { examples: 4 },
      settings: { kind: 13 },
    },
    {
      name: "only a short example differs",
      size: { examples: 3 },
      settings: { kind: 14 },
    },
    {
      name: "outputs that are shorter",
      size: { examples: 3 },
      settings: { kind: 15 },
    },
    {
      name: "all examples of one length",
      size: { examples: 3 },
      settings: { kind: 16 },
    },
    {
      name: "only one example of equal lengths",
      size: { examples: 4 },
      settings: { kind: 17 },
    },
    { name: "two in, one out", size: { examples: 3 }, settings: { kind: 11 } },
    { name: "one in, two out", size: { examples: 3 }, settings: { kind: 12 } },
  ],
  draw,
  reference: classifyTask,
  mutants,
  hints: [
    "One example is not enough to tell: look at all of them before you decide.",
    "“One” means that a length never exceeds 1. Two “many” are equal when T_x = T_y in every example.",
    "`examples.every((example) => example.T_x <= 1)` answers one question; three such questions lead to the five answers.",
  ],
  tolerance: { atol: 0, rtol: 0, why: "the answer is a word" },
  answer: { "": { symbol: "type", rows: "row", columns: "column" } },
};
